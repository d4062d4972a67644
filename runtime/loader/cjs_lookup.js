// SPDX-License-Identifier: MIT
//
// What requests for more than a file beside the one that asks lead to (cjs_resolve): the folders of NODE_PATH and of the user,
// the `paths` of require.resolve, names of a package's own, folders that are packages, and the errors of a miss.
'use strict';

const files = binding('loader');
const path = require('path');
const manifests = require('runtime/loader/manifests');
const publicIds = require('runtime/loader/public');
const { Module, parentOf } = require('runtime/loader/cjs_module');
const { isRelative, toReal, probe } = require('runtime/loader/cjs_resolve');

// ---- Errors ----

function codedError(message, code, extra) {
  const error = new Error(message);
  error.code = code;
  return Object.assign(error, extra);
}

// For an id that is no public one, or one of a module that is yet to be written.
function noBuiltin(request, id) {
  if (publicIds.has(request)) return codedError(`The built-in module '${id}' is not implemented by lode yet`, 'ERR_FEATURE_UNAVAILABLE');
  const { codes } = require('internal/errors');
  return new codes.ERR_UNKNOWN_BUILTIN_MODULE(request);
}

function requireStackOf(parent) {
  const list = [];
  const seen = new Set();
  for (let at = parent; at && !seen.has(at); at = parentOf(at)) {
    seen.add(at);
    list.push(at.filename || at.id);
  }
  return list;
}

function missing(request, requireStack, extra) {
  let message = `Cannot find module '${request}'`;
  if (requireStack.length > 0) message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  return codedError(message, 'MODULE_NOT_FOUND', { ...extra, requireStack });
}

function notFound(request, parent) {
  return missing(request, requireStackOf(parent), undefined);
}

// ---- The folders of all programs ----

let commonFolders = null; // computed when first asked for

function initPaths() {
  const home = process.env.HOME;
  const paths = [];
  if (home) paths.push(path.resolve(home, '.node_modules'), path.resolve(home, '.node_libraries'));
  paths.push(path.resolve(process.execPath, '..', '..', 'lib', 'node'));
  const extra = process.env.NODE_PATH;
  if (extra) paths.unshift(...extra.split(':').filter(Boolean));
  commonFolders = paths;
}

function globalPaths() {
  if (commonFolders === null) Module._initPaths();
  return commonFolders;
}

// ---- The `paths` of require.resolve ----

function wrongPath(start) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('options.paths[]', 'string', start);
}

function pathsOfOptions(request, starts) {
  if (!Array.isArray(starts)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('options.paths', starts);
  }
  for (const start of starts) if (typeof start !== 'string') wrongPath(start);
  if (isRelative(request)) return starts;
  const result = [];
  for (const start of starts) {
    const fake = new Module('', null);
    fake.paths = Module._nodeModulePaths(start);
    for (const folder of Module._resolveLookupPaths(request, fake) ?? []) if (!result.includes(folder)) result.push(folder);
  }
  return result;
}

// ---- Packages ----

// Like probe, but `base` alone does not count.
function tryExtensions(base, extensions, isMain) {
  for (const extension of extensions.split('|')) {
    const file = base + extension;
    if (files.kind(file) === 0) return toReal(file, isMain);
  }
  return undefined;
}

// The file that a folder stands for.
function tryPackage(folder, extensions, isMain, request) {
  const main = manifests.read(folder)?.main;
  const index = path.resolve(folder, 'index');
  if (!main) return tryExtensions(index, extensions, isMain);
  const file = path.resolve(folder, main);
  const named = probe(file, extensions, isMain) || tryExtensions(path.resolve(file, 'index'), extensions, isMain);
  if (named) return named;
  const found = tryExtensions(index, extensions, isMain);
  const manifest = path.resolve(folder, 'package.json');
  if (!found) {
    throw codedError(`Cannot find module '${file}'. Please verify that the package.json has a valid "main" entry`,
                     'MODULE_NOT_FOUND', { path: manifest, requestPath: request });
  }
  process.emitWarning(`Invalid 'main' field in '${manifest}' of '${main}'. Please either fix that or report it to the module author`,
                      'DeprecationWarning', 'DEP0128');
  return found;
}

// The packages' maps answer with a URL where the target holds escapes.
function requireTarget(target, isMain, from) {
  const file = target.startsWith('file:') ? require('runtime/loader/urls').toPath(target) : target;
  if (files.kind(file) === 0) return toReal(file, isMain);
  throw missing(file, from === undefined ? [] : [from], { path: file });
}

function resolveImport(request, from) {
  const scope = manifests.scopeOf(from);
  if (scope?.imports == null) return undefined;
  const target = require('runtime/loader/packages').resolveImports(request, scope, from);
  return publicIds.has(target) ? target : requireTarget(target, false, from);
}

// What the package of the file that asks says of a name: its "imports", and its "exports" under its own name.
function resolveInPackage(request, parent) {
  const isPreload = parent?.id === 'internal/preload';
  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>' || isPreload)) {
    const file = resolveImport(request, parent.filename ?? process.cwd() + '/');
    if (file !== undefined) return file;
  }
  const from = parent?.filename ?? (isPreload ? `${require('runtime/loader/urls').workingFolder()}/x` : undefined);
  const own = from ? require('runtime/loader/packages').resolveSelf(from, request) : undefined;
  return own ? requireTarget(own, false, parent.filename ?? undefined) : undefined;
}

module.exports = { noBuiltin, notFound, initPaths, globalPaths, pathsOfOptions, tryPackage, requireTarget, resolveInPackage };
