// SPDX-License-Identifier: MIT
//
// The Module class: what a module is, the tables that all share, and the statics that have a file of their own. How a
// request becomes a file is in cjs_resolve, how a text becomes a function in cjs_compile, and cjs puts them together.
//
// The public statics (Module._load, _resolveFilename, _extensions, _cache, prototype.require, ...) are the real road, not
// a copy beside it: tracing and mocking libraries replace them and expect to be called. So the files of this loader, too,
// call each other through them. What few programs ask for is in cjs_statics, and that is parsed when first called.
'use strict';

const path = require('path');
const publicIds = require('runtime/loader/public');

// Whatever a program has put on Object.prototype.
function defineOwn(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
}

// What several files of the loader look at.
const state = {
  preloading: false, // modules of --require run
  patchedWrapper: false, // Module.wrap or Module.wrapper is a program's
  running: new Set(), // ES modules that are being required
};

const parents = new WeakMap();

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  defineOwn(this, 'exports', {});
  parents.set(this, parent);
  if (parent?.children) parent.children.push(this);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

Object.defineProperty(Module.prototype, 'parent', {
  __proto__: null,
  configurable: true,
  get() {
    warnOfParent();
    return parents.get(this);
  },
  set(value) {
    warnOfParent();
    parents.set(this, value);
  },
});

function warnOfParent() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1') require('runtime/loader/circular').warnOfParent();
}

Object.defineProperty(Module.prototype, 'isPreloading', {
  __proto__: null,
  configurable: true,
  get() { return state.preloading; },
});

// ---- Tables ----

Module._cache = { __proto__: null };
Module._pathCache = { __proto__: null };
Module._extensions = { __proto__: null };
Module.Module = Module;

// ---- Built-in modules ----

Module.builtinModules = Object.freeze(publicIds.list.slice());

Module.isBuiltin = function isBuiltin(request) {
  return typeof request === 'string' && publicIds.has(request);
};

function loadBuiltin(request) {
  const id = request.startsWith('node:') ? request.slice(5) : request;
  if (!publicIds.has(request) || !require.exists(id)) throw require('runtime/loader/cjs_lookup').noBuiltin(request, id);
  if (id === 'process') return process;
  return require(id);
}

// ---- Statics that are elsewhere ----

const statics = () => require('runtime/loader/cjs_statics');

Object.defineProperty(Module, 'wrap', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return statics().getWrap(); },
  set(value) { statics().setWrap(value); },
});
Object.defineProperty(Module, 'wrapper', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return statics().wrapper; },
  set(value) { statics().setWrapper(value); },
});
Module.createRequire = function createRequire(filename) {
  return statics().createRequire(filename);
};
Module._preloadModules = function _preloadModules(requests) {
  statics().preloadModules(requests);
};
Module.findPackageJSON = function findPackageJSON(specifier, base) {
  return require('runtime/loader/packages').findPackageJSON(...arguments);
};
Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('runtime/loader/esm').syncBuiltins();
};
Module.registerHooks = function registerHooks(given) {
  return require('runtime/loader/hooks').registerHooks(given);
};
Module.register = function register(specifier, parentURL, options) {
  return require('runtime/loader/hooks_async').register(specifier, parentURL, options);
};
Module._debug = function() {};

module.exports = { Module, state, defineOwn, loadBuiltin, parentOf(module) { return parents.get(module); } };
