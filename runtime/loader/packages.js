// SPDX-License-Identifier: MIT
//
// The resolution of "exports" and "imports" as the packages chapter of Node's documentation defines it. Serves require()
// and import alike. Loaded when the first package is looked up.
'use strict';

const files = binding('loader');
const path = require('path');
const { read, scopeOf } = require('runtime/loader/manifests');

// ---- Conditions ----

let requireConditions = null;
let importConditions = null;

// 'module-sync' joins when require() of ES modules does.
function conditionsFor(kind) {
  const extra = require('internal/options').getOptionValue('--conditions');
  if (kind === 'import') return (importConditions ??= new Set(['node', 'import', 'node-addons', ...extra]));
  // 'module-sync' joins these when require() can load ES modules.
  return (requireConditions ??= new Set(['node', 'require', 'node-addons', ...extra]));
}

// ---- Targets ----

const invalidSegment = /(^|[\\/])((\.|%2e)(\.|%2e)?|(n|%6e|%4e)(o|%6f|%4f)(d|%64|%44)(e|%65|%45)(_|%5f)(m|%6d|%4d)(o|%6f|%4f)(d|%64|%44)(u|%75|%55)(l|%6c|%4c)(e|%65|%45)(s|%73|%53))?([\\/]|$)/i;

function invalidTarget(manifest, key, target, internal, base) {
  const { codes } = require('internal/errors');
  const shown = typeof target === 'object' && target !== null ? JSON.stringify(target) : `${target}`;
  return new codes.ERR_INVALID_PACKAGE_TARGET(manifest.folder + '/', key, shown, internal, base);
}

function resolveString(manifest, target, match, key, pattern, internal, base, kind) {
  if (match !== '' && !pattern && !target.endsWith('/')) throw invalidTarget(manifest, key, target, internal, base);
  if (!target.startsWith('./')) {
    if (internal && !target.startsWith('../') && !target.startsWith('/') && !URL_LIKE.test(target)) {
      const name = pattern ? target.replaceAll('*', () => match) : target + match;
      return resolveBare(name, manifest.folder + '/', kind);
    }
    throw invalidTarget(manifest, key, target, internal, base);
  }
  if (invalidSegment.test(target.slice(2))) throw invalidTarget(manifest, key, target, internal, base);
  if (match !== '' && invalidSegment.test(match)) {
    const { codes } = require('internal/errors');
    const request = pattern ? key.replace('*', () => match) : key + match;
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(request,
      `request is not a valid match in pattern "${key}" for the "${internal ? 'imports' : 'exports'}" resolution of ${manifest.file}`, base);
  }
  const resolved = path.join(manifest.folder, target);
  if (match === '') return resolved;
  return pattern ? resolved.replaceAll('*', () => match) : path.join(resolved, match);
}
const URL_LIKE = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

function isArrayIndex(key) {
  const number = +key;
  return `${number}` === key && number >= 0 && number < 0xFFFFFFFF;
}

// undefined: nothing matched; null: explicitly not available.
function resolveTarget(manifest, target, match, key, pattern, internal, base, kind) {
  if (typeof target === 'string') return resolveString(manifest, target, match, key, pattern, internal, base, kind);
  if (Array.isArray(target)) return resolveList(manifest, target, match, key, pattern, internal, base, kind);
  if (typeof target === 'object' && target !== null) {
    const conditions = conditionsFor(kind);
    for (const condition of Object.keys(target)) {
      if (isArrayIndex(condition)) {
        const { codes } = require('internal/errors');
        throw new codes.ERR_INVALID_PACKAGE_CONFIG(manifest.file, base, '"exports" cannot contain numeric property keys.');
      }
      if (condition !== 'default' && !conditions.has(condition)) continue;
      const found = resolveTarget(manifest, target[condition], match, key, pattern, internal, base, kind);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target === null) return null;
  throw invalidTarget(manifest, key, target, internal, base);
}

function resolveList(manifest, list, match, key, pattern, internal, base, kind) {
  if (list.length === 0) return null;
  let lastError;
  for (const item of list) {
    let found;
    try {
      found = resolveTarget(manifest, item, match, key, pattern, internal, base, kind);
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

function resolveSubpath(manifest, subpath, base, kind) {
  const map = normalizeExports(manifest, base);
  const entry = matchEntry(map, subpath);
  const found = entry === null ? undefined :
    resolveTarget(manifest, map[entry.key], entry.match, entry.key, entry.pattern, false, base, kind);
  if (found !== undefined && found !== null) return found;
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

function resolveBare(name, from, kind) {
  const publicIds = require('runtime/loader/public');
  if (publicIds.has(name)) return name;
  if (kind === 'import') return require('runtime/loader/esm').resolvePackage(name, from);
  const { Module } = require('runtime/loader/cjs');
  const parent = new Module(from, null);
  parent.filename = path.join(from, 'noop.js');
  parent.paths = Module._nodeModulePaths(from);
  return Module._resolveFilename(name, parent, false);
}

function resolveImports(request, manifest, base, kind = 'require') {
  const { codes } = require('internal/errors');
  if (request === '#') throw new codes.ERR_INVALID_MODULE_SPECIFIER(request, 'is not a valid internal imports specifier name', base);
  const entry = matchEntry(manifest.imports, request);
  const found = entry === null ? undefined :
    resolveTarget(manifest, manifest.imports[entry.key], entry.match, entry.key, entry.pattern, true, base, kind);
  if (found !== undefined && found !== null) return found;
  throw new codes.ERR_PACKAGE_IMPORT_NOT_DEFINED(request, manifest.folder + '/', base);
}

function findPackageJSON(specifier, base) {
  const { codes } = require('internal/errors');
  if (specifier === undefined) throw new codes.ERR_MISSING_ARGS('specifier');
  const toPath = (value) => typeof value === 'string' && !value.startsWith('file:') ? value : require('web/url').fileURLToPath(value);
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
  resolveExports, resolveSelf, resolveImports, resolveSubpath, splitName, findPackageJSON, conditionsFor,
};
