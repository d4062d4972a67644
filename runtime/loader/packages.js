// SPDX-License-Identifier: MIT
//
// The resolution of "exports" and "imports" as the packages chapter of Node's documentation defines it. Serves require()
// and import alike. Loaded when the first package is looked up.
'use strict';

const files = binding('loader');
const path = require('path');
const publicIds = require('runtime/loader/public');
const { read, scopeOf } = require('runtime/loader/manifests');

// ---- Conditions ----

// Who resolves, and under which conditions: passed down the whole way.
class Mode {
  constructor(kind, conditions) {
    this.kind = kind; // 'require' or 'import'
    this.conditions = conditions;
  }
}

let requireMode = null;
let importMode = null;

function usualConditions(kind) {
  const { getOptionValue } = require('internal/options');
  const list = ['node', kind];
  if (!getOptionValue('--no-addons')) list.push('node-addons');
  if (getOptionValue('--experimental-require-module')) list.push('module-sync');
  return list.concat(getOptionValue('--conditions'));
}

function modeFor(kind, conditions) {
  if (conditions !== undefined) return new Mode(kind, new Set(conditions));
  if (kind === 'import') return (importMode ??= new Mode(kind, new Set(usualConditions(kind))));
  return (requireMode ??= new Mode(kind, new Set(usualConditions(kind))));
}

// ---- Targets ----

const invalidSegment = /(^|[\\/])((\.|%2e)(\.|%2e)?|(n|%6e|%4e)(o|%6f|%4f)(d|%64|%44)(e|%65|%45)(_|%5f)(m|%6d|%4d)(o|%6f|%4f)(d|%64|%44)(u|%75|%55)(l|%6c|%4c)(e|%65|%45)(s|%73|%53))([\\/]|$)/i;
const emptySegment = /^[\\/]|[\\/]{2}|[\\/]$/;
const encodedSeparator = /%2f|%5c/i;

function invalidTarget(manifest, key, target, internal, base) {
  const { codes } = require('internal/errors');
  const shown = typeof target === 'object' && target !== null ? JSON.stringify(target, null, '') : `${target}`;
  return new codes.ERR_INVALID_PACKAGE_TARGET(manifest.folder + '/', key, shown, internal, base);
}

let warned = null; // keys of deprecations that were told

// `inTarget`: the slashes stand in the target, else in what the pattern matched.
function warnSlashes(manifest, key, target, match, pattern, internal, base, inTarget) {
  const { getOptionValue } = require('internal/options');
  if (process.noDeprecation || !getOptionValue('--pending-deprecation')) return;
  const request = pattern ? key.replace('*', () => match) : key;
  const resolved = pattern ? target.replaceAll('*', () => match) : target;
  const how = /[\\/]{2}/.test(inTarget ? target : request) ? 'double slash' : 'leading or trailing slash matching';
  process.emitWarning(`Use of deprecated ${how} resolving "${resolved}" for module request "${request}" ` +
    `${request === key ? '' : `matched to "${key}" `}in the "${internal ? 'imports' : 'exports'}" field module resolution of the ` +
    `package at ${manifest.file}${base ? ` imported from ${base}` : ''}.`, 'DeprecationWarning', 'DEP0166');
}

function warnTrailingSlash(manifest, subpath, base) {
  if (process.noDeprecation || !require('internal/options').getOptionValue('--pending-deprecation')) return;
  const id = `${manifest.file}|${subpath}`;
  warned ??= new Set();
  if (warned.has(id)) return;
  warned.add(id);
  process.emitWarning(`Use of deprecated trailing slash pattern mapping "${subpath}" in the "exports" field module resolution of the ` +
    `package at ${manifest.file}${base ? ` imported from ${base}` : ''}. Mapping specifiers ending in "/" is no longer supported.`,
                      'DeprecationWarning', 'DEP0155');
}

function refuseMatch(manifest, key, match, pattern, internal, base) {
  const { codes } = require('internal/errors');
  const request = pattern ? key.replace('*', () => match) : key + match;
  return new codes.ERR_INVALID_MODULE_SPECIFIER(request,
    `request is not a valid match in pattern "${key}" for the "${internal ? 'imports' : 'exports'}" resolution of ${manifest.file}`, base);
}

function resolveString(manifest, target, match, key, pattern, internal, base, mode) {
  if (match !== '' && !pattern && !target.endsWith('/')) throw invalidTarget(manifest, key, target, internal, base);
  if (!target.startsWith('./')) {
    if (internal && !target.startsWith('../') && !target.startsWith('/') && !require('web/url').URL.canParse(target)) {
      const name = pattern ? target.replaceAll('*', () => match) : target + match;
      return resolveBare(name, manifest, mode);
    }
    throw invalidTarget(manifest, key, target, internal, base);
  }
  if (invalidSegment.test(target.slice(2))) throw invalidTarget(manifest, key, target, internal, base);
  if (match !== '' && invalidSegment.test(match)) throw refuseMatch(manifest, key, match, pattern, internal, base);
  if (/[\\/]{2}/.test(target)) {
    warnSlashes(manifest, key, target, match, pattern, internal, base, true);
  } else if (match !== '' && !match.endsWith('/') && emptySegment.test(match)) {
    warnSlashes(manifest, key, target, match, pattern, internal, base, false);
  }
  return place(manifest, pattern ? target.replaceAll('*', () => match) : target + match, base);
}

// Targets are URLs: what only a URL can say comes back as one, everything else as a path.
function place(manifest, relative, base) {
  if (!/[%?#\\]/.test(relative)) return path.join(manifest.folder, relative);
  if (encodedSeparator.test(relative)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(relative, 'must not include encoded "/" or "\\" characters', base);
  }
  const { URL } = require('web/url');
  return new URL(relative, require('runtime/loader/urls').fromPath(manifest.file)).href;
}

function isArrayIndex(key) {
  const number = +key;
  return `${number}` === key && number >= 0 && number < 0xFFFFFFFF;
}

// undefined: nothing matched; null: explicitly not available.
function resolveTarget(manifest, target, match, key, pattern, internal, base, mode) {
  if (typeof target === 'string') return resolveString(manifest, target, match, key, pattern, internal, base, mode);
  if (Array.isArray(target)) return resolveList(manifest, target, match, key, pattern, internal, base, mode);
  if (typeof target === 'object' && target !== null) {
    const { conditions } = mode;
    for (const condition of Object.keys(target)) {
      if (isArrayIndex(condition)) {
        const { codes } = require('internal/errors');
        throw new codes.ERR_INVALID_PACKAGE_CONFIG(manifest.file, base, '"exports" cannot contain numeric property keys.');
      }
      if (condition !== 'default' && !conditions.has(condition)) continue;
      const found = resolveTarget(manifest, target[condition], match, key, pattern, internal, base, mode);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target === null) return null;
  throw invalidTarget(manifest, key, target, internal, base);
}

function resolveList(manifest, list, match, key, pattern, internal, base, mode) {
  if (list.length === 0) return null;
  let lastError;
  for (const item of list) {
    let found;
    try {
      found = resolveTarget(manifest, item, match, key, pattern, internal, base, mode);
    } catch (error) {
      lastError = error;
      if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
      continue;
    }
    if (found === undefined) continue;
    if (found === null) {
      lastError = null;
      continue;
    }
    return found;
  }
  if (lastError) throw lastError;
  return lastError;
}

// Longest pattern first, as the specification's PATTERN_KEY_COMPARE.
function moreSpecific(a, b) {
  const starA = a.indexOf('*');
  const starB = b.indexOf('*');
  const baseA = starA < 0 ? a.length : starA + 1;
  const baseB = starB < 0 ? b.length : starB + 1;
  if (baseA !== baseB) return baseA > baseB;
  if (starA < 0) return false;
  if (starB < 0) return true;
  return a.length > b.length;
}

// Finds the entry of a map for a request: { key, match } or null.
function matchEntry(map, request) {
  if (Object.hasOwn(map, request) && !request.includes('*') && !request.endsWith('/')) return { key: request, match: '', pattern: false };
  let best = null;
  let match = '';
  for (const key of Object.keys(map)) {
    const star = key.indexOf('*');
    if (star < 0 || key.lastIndexOf('*') !== star) continue;
    const tail = key.slice(star + 1);
    if (!request.startsWith(key.slice(0, star)) || request.length < key.length || !request.endsWith(tail)) continue;
    if (best !== null && !moreSpecific(key, best)) continue;
    best = key;
    match = request.slice(star, request.length - tail.length);
  }
  return best === null ? null : { key: best, match, pattern: true };
}

// "exports" may be the target of "." itself.
function normalizeExports(manifest, base) {
  const { exports } = manifest;
  if (typeof exports === 'string' || Array.isArray(exports)) return { '.': exports };
  if (typeof exports !== 'object' || exports === null) return {};
  const keys = Object.keys(exports);
  const dotted = keys.filter((key) => key === '' || key[0] === '.').length;
  if (dotted !== 0 && dotted !== keys.length) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_PACKAGE_CONFIG(manifest.file, base,
      '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an object of package subpath keys or an object of main entry condition name keys only.');
  }
  return dotted > 0 ? exports : { '.': exports };
}

function resolveSubpath(manifest, subpath, base, kind, conditions) {
  const mode = modeFor(kind, conditions);
  const map = normalizeExports(manifest, base);
  const entry = matchEntry(map, subpath);
  const found = entry === null ? undefined :
    resolveTarget(manifest, map[entry.key], entry.match, entry.key, entry.pattern, false, base, mode);
  if (found !== undefined && found !== null) {
    if (entry.pattern && subpath.endsWith('/')) warnTrailingSlash(manifest, subpath, base);
    return found;
  }
  const { codes } = require('internal/errors');
  throw new codes.ERR_PACKAGE_PATH_NOT_EXPORTED(manifest.folder + '/', subpath, base);
}

// "name/sub" -> { name, subpath: "./sub" } or null.
function splitName(request) {
  let slash = request.indexOf('/');
  if (request[0] === '@') {
    if (slash < 0) return null;
    slash = request.indexOf('/', slash + 1);
  }
  const name = slash < 0 ? request : request.slice(0, slash);
  if (name === '' || name[0] === '.' || name.includes('\\') || name.includes('%')) return null;
  return { name, subpath: slash < 0 ? '.' : `.${request.slice(slash)}` };
}

// require('name/sub') against one node_modules folder: a file where the package has "exports", else undefined.
function resolveExports(folder, request, kind = 'require') {
  const parts = splitName(request);
  if (parts === null) return undefined;
  const manifest = read(`${folder}/${parts.name}`);
  if (manifest === null || manifest.exports == null) return undefined;
  return resolveSubpath(manifest, parts.subpath, undefined, kind);
}

// A package that requires itself by name.
function resolveSelf(from, request, kind = 'require') {
  if (!from) return undefined;
  const parts = splitName(request);
  if (parts === null) return undefined;
  const manifest = scopeOf(from);
  if (manifest === null || manifest.exports == null || manifest.name !== parts.name) return undefined;
  return resolveSubpath(manifest, parts.subpath, from, kind);
}

function resolveBare(name, manifest, mode) {
  if (publicIds.has(name)) return name;
  const from = manifest.file;
  if (mode.kind === 'import') {
    return require('runtime/loader/esm_resolve').resolvePackage(name, require('runtime/loader/urls').fromPath(from),
                                                              mode === importMode ? undefined : mode.conditions);
  }
  const { Module, moduleAt } = require('runtime/loader/cjs');
  return Module._resolveFilename(name, moduleAt(from, null), false);
}

function resolveImports(request, manifest, base, kind = 'require', conditions = undefined) {
  const { codes } = require('internal/errors');
  if (request === '#' || request.endsWith('/')) throw new codes.ERR_INVALID_MODULE_SPECIFIER(request, 'is not a valid internal imports specifier name', base);
  const mode = modeFor(kind, conditions);
  const entry = matchEntry(manifest.imports, request);
  const found = entry === null ? undefined :
    resolveTarget(manifest, manifest.imports[entry.key], entry.match, entry.key, entry.pattern, true, base, mode);
  if (found !== undefined && found !== null) return found;
  throw new codes.ERR_PACKAGE_IMPORT_NOT_DEFINED(request, manifest.folder + '/', base);
}

function findPackageJSON(specifier, base) {
  const { codes } = require('internal/errors');
  if (specifier === undefined) throw new codes.ERR_MISSING_ARGS('specifier');
  const toPath = require('runtime/loader/urls').toPathIfURL;
  const from = base === undefined ? process.cwd() + '/' : toPath(base);
  const text = typeof specifier === 'object' ? toPath(specifier) : `${specifier}`;
  if (text.startsWith('file:') || text[0] === '.' || text[0] === '/') {
    const file = text.startsWith('file:') ? toPath(text) : path.resolve(path.dirname(from), text);
    return scopeOf(files.kind(file) === 1 ? file + '/x' : file)?.file;
  }
  const parts = splitName(text);
  if (parts === null) return undefined;
  for (let at = path.dirname(from); ; at = path.dirname(at)) {
    const manifest = read(path.join(at, 'node_modules', parts.name));
    if (manifest !== null) return manifest.file;
    if (at === '/') return undefined;
  }
}

module.exports = {
  resolveExports, resolveSelf, resolveImports, resolveSubpath, splitName, findPackageJSON, modeFor,
};
