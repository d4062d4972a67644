// SPDX-License-Identifier: MIT
//
// From a request to a file, as far as files beside the one that asks need it, and the loop over candidate folders for all.
// Packages, folders, the rarer places to look in and what is said of a miss are in cjs_lookup, which loads with the first of them.
//
// Statics call each other as Module._x: programs replace them (cjs_module).
'use strict';

const files = binding('loader');
const path = require('path');
const manifests = require('runtime/loader/manifests');
const publicIds = require('runtime/loader/public');
const { Module } = require('runtime/loader/cjs_module');

const lookup = () => require('runtime/loader/cjs_lookup');

Module._stat = (file) => files.kind(file);
Module._readPackage = manifests.read;

// ---- Where to look ----

Module._nodeModulePaths = function _nodeModulePaths(from) {
  from = path.resolve(from);
  const paths = [];
  for (let at = from; ; at = path.dirname(at)) {
    if (path.basename(at) !== 'node_modules') paths.push(at === '/' ? '/node_modules' : `${at}/node_modules`);
    if (at === '/') return paths;
  }
};

Module._initPaths = function _initPaths() {
  lookup().initPaths();
};

Object.defineProperty(Module, 'globalPaths', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return lookup().globalPaths().slice(); },
  // Also of a class that extends Module: jest copies all properties to one.
  set(value) { Object.defineProperty(this, 'globalPaths', { __proto__: null, configurable: true, enumerable: true, writable: true, value }); },
});

function isRelative(request) {
  return request === '.' || request === '..' || request.startsWith('./') || request.startsWith('../');
}

// Such a request may name something although the folder it starts from is gone.
function leavesFolder(request) {
  return request.startsWith('../') || request.startsWith('./../') || request === '..';
}

function _resolveLookupPaths(request, parent) {
  if (publicIds.has(request)) return null;
  if (!isRelative(request)) {
    const common = lookup().globalPaths();
    const paths = parent?.paths?.length ? parent.paths.concat(common) : common;
    return paths.length > 0 ? paths : null;
  }
  if (!parent?.id || !parent.filename) return ['.'].concat(Module._nodeModulePaths('.'), lookup().globalPaths());
  return [path.dirname(parent.filename)];
}
Module._resolveLookupPaths = _resolveLookupPaths;

// An absolute request needs no folders. Only a program that has put a function of its own in the place is asked.
function pathsFor(request, parent) {
  return request[0] === '/' && Module._resolveLookupPaths === _resolveLookupPaths ? null : Module._resolveLookupPaths(request, parent);
}

// ---- What is there ----

const preserve = () => require('internal/options').getOptionValue('--preserve-symlinks');
const preserveMain = () => require('internal/options').getOptionValue('--preserve-symlinks-main');

function toReal(file, isMain) {
  if (isMain ? preserveMain() : preserve()) return path.resolve(file);
  const real = files.realPath(file);
  return typeof real === 'string' ? real : path.resolve(file);
}

// Kinds of folders, remembered while one outermost `require` runs.
let folderKinds = null;

function folderKind(folder) {
  if (folderKinds === null) return files.kind(folder);
  let kind = folderKinds.get(folder);
  if (kind === undefined) {
    kind = files.kind(folder);
    folderKinds.set(folder, kind);
  }
  return kind;
}

// Whether this is the outermost require, whose end is the end of the memory.
function beginMemory() {
  if (folderKinds !== null) return false;
  folderKinds = new Map();
  manifests.forgetMissing();
  return true;
}

function endMemory() {
  folderKinds = null;
}

// The file that `base`, or `base` with one of the extensions, names; null for a folder, undefined for nothing.
function probe(base, extensions, isMain) {
  const found = files.probe(base, extensions);
  if (found === 0) return toReal(base, isMain);
  if (found > 0) return toReal(base + extensions.split('|')[found - 1], isMain);
  return found === -1 ? null : undefined;
}

function tryPath(base, trailingSlash, extensions, isMain, request) {
  if (trailingSlash) return folderKind(base) === 1 ? lookup().tryPackage(base, extensions, isMain, request) : undefined;
  const found = probe(base, extensions, isMain);
  return found === null ? lookup().tryPackage(base, extensions, isMain, request) : found;
}

// ---- From a request to a file ----

Module._findPath = function _findPath(request, paths, isMain) {
  const absolute = path.isAbsolute(request);
  if (absolute) paths = [''];
  else if (!paths || paths.length === 0) return false;
  const key = request + '\x00' + (paths.length === 1 ? paths[0] : paths.join('\x00'));
  const known = Module._pathCache[key];
  if (known) return known;
  const last = request.charCodeAt(request.length - 1);
  const trailingSlash = last === 47 || request === '.' || request === '..' || request.endsWith('/.') || request.endsWith('/..');
  const extensions = Object.keys(Module._extensions).join('|');
  for (let i = 0; i < paths.length; i++) {
    const folder = paths[i];
    if (folder && !leavesFolder(request) && folderKind(folder) < 1) continue;
    if (!absolute && !isRelative(request)) {
      const target = require('runtime/loader/packages').resolveExports(folder, request);
      if (target) return lookup().requireTarget(target, isMain);
    }
    const base = path.resolve(folder, request);
    const found = tryPath(base, trailingSlash, extensions, isMain, request);
    if (found) {
      Module._pathCache[key] = found;
      return found;
    }
  }
  return false;
};

Module._resolveFilename = function _resolveFilename(request, parent, isMain, options) {
  if (publicIds.has(request)) return request;
  const paths = typeof options === 'object' && options !== null && options.paths !== undefined ?
    lookup().pathsOfOptions(request, options.paths) : pathsFor(request, parent);
  if (!isRelative(request) && request[0] !== '/') {
    const own = lookup().resolveInPackage(request, parent);
    if (own !== undefined) return own;
  }
  const found = Module._findPath(request, paths, isMain);
  if (found) return found;
  throw lookup().notFound(request, parent);
};

// A module that is not loaded as others are: to resolve from, or with a text of its own.
function moduleAt(filename, parent) {
  const module = new Module(filename, parent);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(path.dirname(filename));
  return module;
}

module.exports = { moduleAt, isRelative, toReal, probe, beginMemory, endMemory };
