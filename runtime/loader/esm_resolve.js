// SPDX-License-Identifier: MIT
//
// The resolution of `import` specifiers, as the chapter "ECMAScript modules" of Node's documentation defines it: text and
// referrer in, URL out. Idea: relative specifiers between files of plain names are joined as texts; what needs the URL
// parser or a package goes the long way. Folders without symbolic links are remembered, so that a file costs one lstat.
'use strict';

const files = binding('loader');
const path = require('path');
const urls = require('runtime/loader/urls');
const publicIds = require('runtime/loader/public');

const PLAIN_RELATIVE = /^\.\.?\/[\w/.\-@+]*$/;
const ENCODED_SEPARATOR = /%2f|%5c/i;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;

let preserveSymlinks; // asked for once
const realFolders = new Map(); // folder -> the folder without symbolic links
const bare = new Map(); // folder + '\0' + specifier -> URL, of what was found in packages

function codes() {
  return require('internal/errors').codes;
}

// ---- Files ----

function realFolder(folder) {
  let known = realFolders.get(folder);
  if (known !== undefined) return known;
  const real = files.realPath(folder === '' ? '/' : folder);
  known = typeof real === 'string' ? (real === '/' ? '' : real) : folder;
  realFolders.set(folder, known);
  return known;
}

// A file's path without symbolic links; a negative number where there is no file, 1 for a folder.
function locate(file) {
  preserveSymlinks ??= require('internal/options').getOptionValue('--preserve-symlinks');
  if (preserveSymlinks) {
    const kind = files.kind(file);
    return kind === 0 ? file : kind;
  }
  const kind = files.linkKind(file);
  if (kind === 0) {
    const slash = file.lastIndexOf('/');
    const folder = file.slice(0, slash);
    const real = realFolder(folder);
    return real === folder ? file : real + file.slice(slash);
  }
  if (kind !== 2) return kind;
  const target = files.kind(file);
  if (target !== 0) return target;
  const real = files.realPath(file);
  return typeof real === 'string' ? real : file;
}

// The last step of every resolution to a file. `url` is what it was called by.
function finalize(file, suffix, url, parent) {
  const found = file.charCodeAt(file.length - 1) === 47 ? 1 : locate(file);
  if (typeof found === 'string') return suffix === '' ? urls.fromPath(found) : urls.fromPath(found) + suffix;
  if (found === 1) {
    const errors = codes();
    throw new errors.ERR_UNSUPPORTED_DIR_IMPORT(file, urls.shown(parent), url ?? urls.fromPath(file));
  }
  const errors = codes();
  throw new errors.ERR_MODULE_NOT_FOUND(file, urls.shown(parent) ?? null, url ?? urls.fromPath(file));
}

function pathOf(url, parent) {
  try {
    return urls.toPath(url);
  } catch (error) {
    throw Object.assign(error, { input: url, module: parent });
  }
}

function finalizeURL(url, parent) {
  if (!url.startsWith('file:')) return url;
  const { pathname } = new (require('web/url').URL)(url);
  if (ENCODED_SEPARATOR.test(pathname)) {
    const errors = codes();
    throw new errors.ERR_INVALID_MODULE_SPECIFIER(decodeURI(pathname), 'must not include encoded "/" or "\\" characters', urls.shown(parent));
  }
  return finalize(pathOf(url, parent), urls.suffixOf(url), url, parent);
}

// ---- Relative specifiers ----

function isRelative(specifier) {
  const first = specifier.charCodeAt(0);
  if (first === 47) return true;
  if (first !== 46) return false;
  if (specifier.length === 1) return true;
  const second = specifier.charCodeAt(1);
  return second === 47 || (second === 46 && (specifier.length === 2 || specifier.charCodeAt(2) === 47));
}

// "/a/b/" + "../c.js" -> "/a/c.js"
function join(folder, specifier) {
  let at = 2;
  if (specifier.charCodeAt(1) === 46) {
    at = 0;
    while (specifier.startsWith('../', at)) {
      at += 3;
      if (folder.length > 1) folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    }
  }
  const rest = specifier.slice(at);
  if (rest.includes('/.') || rest.charCodeAt(0) === 46) {
    const joined = path.posix.resolve(folder, rest);
    return rest.endsWith('/') && joined !== '/' ? joined + '/' : joined;
  }
  return folder + rest;
}

function parse(specifier, base) {
  const { URL } = require('web/url');
  return URL.canParse(specifier, base) ? new URL(specifier, base) : null;
}

function resolveRelative(specifier, parent) {
  if (specifier.charCodeAt(0) === 46 && PLAIN_RELATIVE.test(specifier) && parent.startsWith('file:///')) {
    const from = parent.slice(7);
    if (urls.isPlain(from)) return finalize(join(from.slice(0, from.lastIndexOf('/') + 1), specifier), '', undefined, parent);
  }
  const url = parse(specifier, parent);
  if (url === null) {
    const errors = codes();
    const error = new errors.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, parent);
    error.input = specifier;
    error.base = parent;
    throw error;
  }
  return finalizeURL(url.href, parent);
}

// ---- Packages ----

const INDEXES = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];

// A package without "exports": the file that its "main" names, or an index.
function legacyMain(manifest, parent) {
  const { folder, main } = manifest;
  if (main) {
    for (const tail of INDEXES) {
      const file = path.resolve(folder, `${main}${tail}`);
      if (files.kind(file) !== 0) continue;
      warnLookup(manifest, file, parent);
      return file;
    }
  }
  for (const tail of ['index.js', 'index.json', 'index.node']) {
    const file = `${folder}/${tail}`;
    if (files.kind(file) !== 0) continue;
    warnLookup(manifest, file, parent);
    return file;
  }
  const errors = codes();
  throw new errors.ERR_MODULE_NOT_FOUND(folder + '/', urls.shown(parent), undefined);
}

const warned = new Set();

function warnLookup(manifest, file, parent) {
  if (warned.has(file) || process.noDeprecation || !formatIsModule(file)) return;
  const { folder, main } = manifest;
  if (main && path.resolve(folder, main) === file) return;
  warned.add(file);
  const from = `imported from ${urls.shown(parent)}.`;
  const shown = path.relative(folder, file);
  const text = main ?
    `Package ${folder}/ has a "main" field set to "${main}", excluding the full filename and extension to the resolved file at ` +
      `"${shown}", ${from}\n Automatic extension resolution of the "main" field is deprecated for ES modules.` :
    `No "main" or "exports" field defined in the package.json for ${folder}/ resolving the main entry point "${shown}", ${from}\n` +
      'Default "index" lookups for the main are deprecated for ES modules.';
  process.emitWarning(text, 'DeprecationWarning', 'DEP0151');
}

function formatIsModule(file) {
  return require('runtime/loader/manifests').scopeOf(file)?.type === 'module';
}

function resolvePackage(specifier, parent, conditions) {
  const folder = parent.slice(0, parent.lastIndexOf('/') + 1);
  const key = conditions === undefined ? `${folder}\0${specifier}` : undefined;
  if (key !== undefined) {
    const known = bare.get(key);
    if (known !== undefined) return known;
  }
  const url = lookUpPackage(specifier, parent, conditions);
  if (key !== undefined) bare.set(key, url);
  return url;
}

function invalidName(specifier, parent) {
  const errors = codes();
  return new errors.ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', urls.shown(parent));
}

// Packages are looked for from files.
function parentFile(parent) {
  if (parent.startsWith('file:')) return parent;
  const errors = codes();
  throw new errors.ERR_INVALID_URL(parent);
}

function lookUpPackage(specifier, parent, conditions) {
  const packages = require('runtime/loader/packages');
  const manifests = require('runtime/loader/manifests');
  const parts = specifier === '' ? { name: '', subpath: '.' } : packages.splitName(specifier);
  if (parts === null) throw invalidName(specifier, parent);
  const from = urls.toPath(parentFile(parent));
  const own = manifests.scopeOf(from);
  if (own !== null && own.exports != null && own.name === parts.name) {
    return finish(packages.resolveSubpath(own, parts.subpath, from, 'import', conditions), parent);
  }
  for (let at = from.endsWith('/') ? from.slice(0, -1) || '/' : path.dirname(from); ; at = path.dirname(at)) {
    if (!at.endsWith('/node_modules')) {
      const folder = `${at === '/' ? '' : at}/node_modules/${parts.name}`;
      const found = parts.name === '' ? undefined : inFolder(folder, parts, from, parent, conditions);
      if (found !== undefined) return found;
    }
    if (at === '/') break;
  }
  const errors = codes();
  throw new errors.ERR_MODULE_NOT_FOUND(parts.name, from, null);
}

function readManifest(folder, parts, from) {
  try {
    return require('runtime/loader/manifests').read(folder);
  } catch (error) {
    if (error.code !== 'ERR_INVALID_PACKAGE_CONFIG') throw error;
    const errors = codes();
    const reason = error.message.slice(error.message.indexOf('package.json') + 'package.json. '.length);
    throw new errors.ERR_INVALID_PACKAGE_CONFIG(`${folder}/package.json`, `"${parts.name}${parts.subpath.slice(1)}" from ${from}`, reason);
  }
}

function inFolder(folder, parts, from, parent, conditions) {
  if (files.kind(folder) !== 1) return undefined;
  const manifest = readManifest(folder, parts, from);
  if (manifest !== null && manifest.exports != null) {
    const packages = require('runtime/loader/packages');
    return finish(packages.resolveSubpath(manifest, parts.subpath, from, 'import', conditions), parent);
  }
  if (parts.subpath === '.') {
    return finalize(legacyMain(manifest ?? { folder, main: undefined }, parent), '', undefined, parent);
  }
  const { subpath } = parts;
  if (/^[\w/.\-@+]*$/.test(subpath)) return finish(path.resolve(folder, subpath) + (subpath.endsWith('/') ? '/' : ''), parent);
  return finalizeURL(parse(subpath, urls.fromPath(folder + '/x')).href, parent);
}

// What packages.js answers: a path, a URL where the target holds what only a URL can say, or a built-in module.
function finish(target, parent) {
  if (target.startsWith('node:')) return target;
  return target.startsWith('file:') ? finalizeURL(target, parent) : finalize(target, '', undefined, parent);
}

function resolveInternal(specifier, parent, conditions) {
  const packages = require('runtime/loader/packages');
  const errors = codes();
  if (specifier === '#' || specifier.endsWith('/')) {
    throw new errors.ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid internal imports specifier name', urls.shown(parent));
  }
  const from = parent.startsWith('file:') ? urls.toPath(parent) : undefined;
  const scope = from === undefined ? null : require('runtime/loader/manifests').scopeOf(from);
  if (scope === null || scope.imports === undefined) {
    throw new errors.ERR_PACKAGE_IMPORT_NOT_DEFINED(specifier, scope === null ? undefined : scope.folder + '/', urls.shown(parent));
  }
  const target = packages.resolveImports(specifier, scope, from, 'import', conditions);
  if (publicIds.has(target)) return target.startsWith('node:') ? target : `node:${target}`;
  return finish(target, parent);
}

// ---- The whole ----

// What a require() of the same name would find, as an import of it would have to be written; for the message.
function hint(specifier, parent) {
  if (!parent.startsWith('file:')) return '';
  try {
    const { Module, moduleAt } = require('runtime/loader/cjs');
    const from = urls.toPath(parent);
    const found = Module._findPath(specifier, Module._resolveLookupPaths(specifier, moduleAt(from, null)), false);
    if (found === false) return '';
    if (!path.isAbsolute(found)) return '';
    return `\nDid you mean to import ${JSON.stringify(written(specifier, found, from))}?`;
  } catch {
    return '';
  }
}

function written(specifier, found, from) {
  if (isRelative(specifier)) {
    const text = path.relative(path.dirname(from), found);
    return (text.startsWith('../') ? text : `./${text}`).split('/').map(encodeURIComponent).join('/');
  }
  const inside = found.slice(found.lastIndexOf('/node_modules/') + '/node_modules/'.length);
  return inside.includes('/') ? encodeURI(inside).replace(/[?#]/g, encodeURIComponent) : urls.fromPath(found);
}

function addHint(error, specifier, parent) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' && error?.code !== 'ERR_UNSUPPORTED_DIR_IMPORT') return error;
  const text = hint(specifier, parent);
  if (text === '') return error;
  const { message, stack } = error;
  error.message = message + text;
  error.stack = stack.replace(message, () => message + text);
  return error;
}

// => URL of a module. `parent` is the URL of the referrer; `conditions` those of hooks, else the usual ones.
function resolve(specifier, parent, conditions) {
  try {
    return resolveAny(specifier, parent, conditions);
  } catch (error) {
    throw addHint(error, specifier, parent);
  }
}

function resolveAny(specifier, parent, conditions) {
  if (isRelative(specifier)) return resolveRelative(specifier, parent);
  if (publicIds.has(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (specifier.charCodeAt(0) === 35) return resolveInternal(specifier, parent, conditions);
  if (SCHEME.test(specifier)) {
    const url = parse(specifier);
    if (url !== null) return resolveAbsolute(url, parent);
  }
  if (parent.startsWith('data:')) return resolveRelative(specifier, parent);
  return resolvePackage(specifier, parent, conditions);
}

function resolveAbsolute(url, parent) {
  if (url.protocol === 'node:' && !publicIds.has(url.href)) {
    const errors = codes();
    throw new errors.ERR_UNKNOWN_BUILTIN_MODULE(url.href);
  }
  return finalizeURL(url.href, parent);
}

function forget() {
  realFolders.clear();
  bare.clear();
}

module.exports = { resolve, resolvePackage, locate, isRelative, parse, forget };
