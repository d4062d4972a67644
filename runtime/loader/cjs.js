// SPDX-License-Identifier: MIT
//
// CommonJS: `require` and the start of a program. A request becomes a file (cjs_resolve), a file that nobody has asked for
// yet a module (cjs_module), and its text runs (cjs_compile).
'use strict';

const path = require('path');
const manifests = require('runtime/loader/manifests');
const publicIds = require('runtime/loader/public');
const { getOptionValue } = require('internal/options');
const { Module, state, loadBuiltin, parentOf } = require('runtime/loader/cjs_module');
const { beginMemory, endMemory, moduleAt } = require('runtime/loader/cjs_resolve');
const { makeRequire, parseJson, preload } = require('runtime/loader/cjs_compile');

let hooks = null; // runtime/loader/hooks, while a program has registered some
let circular = null; // runtime/loader/circular, once a cycle was met

// What modules exported when they had run: that is what an import of them gives.
const loadedExports = new WeakMap();

// ---- Loading ----

Module._load = function _load(request, parent, isMain) {
  if (hooks !== null) return loadHooked(request, parent, isMain);
  if (typeof request === 'string' && request.startsWith('node:')) return loadBuiltin(request);
  const filename = Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[filename];
  if (cached !== undefined) return exportsFor(parent, cached);
  if (publicIds.has(filename)) return loadBuiltin(filename);
  return loadFile(filename, parent, isMain, null);
};

function loadHooked(request, parent, isMain) {
  const found = require('runtime/loader/cjs_hooks').resolve(request, parent, isMain);
  if (found.url.startsWith('node:') && !hooks.has('load')) return loadBuiltin(found.url);
  const cached = Module._cache[found.filename];
  return cached !== undefined ? exportsFor(parent, cached) : loadFile(found.filename, parent, isMain, found);
}

function exportsFor(parent, cached) {
  if (parent?.children && !parent.children.includes(cached)) parent.children.push(cached);
  return cached.loaded ? cached.exports : unfinished(cached);
}

function unfinished(module) {
  if (state.running.has(module)) throw require('runtime/loader/esm_require').cycleError(module.filename, parentOf(module)?.filename);
  circular ??= require('runtime/loader/circular');
  return circular.unfinished(module);
}

// `found`: what resolve hooks answered, or null.
function loadFile(filename, parent, isMain, found) {
  const module = new Module(filename, parent);
  if (isMain) {
    process.mainModule = module;
    Module._main = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  let finished = false;
  try {
    if (found === null || !hooks.has('load')) module.load(filename);
    else loadWithHooks(module, found);
    finished = true;
  } finally {
    if (!finished) forget(module, filename, parent);
    else if (circular !== null) circular.finished(module);
  }
  return module.exports;
}

function forget(module, filename, parent) {
  delete Module._cache[filename];
  const siblings = parent?.children;
  const at = Array.isArray(siblings) ? siblings.indexOf(module) : -1;
  if (at >= 0) siblings.splice(at, 1);
}

function loadWithHooks(module, found) {
  require('runtime/loader/cjs_hooks').load(module, found);
  isLoaded(module);
}

function isLoaded(module) {
  module.loaded = true;
  loadedExports.set(module, module.exports);
}

// The longest of the extensions of a name that has a handler.
function extensionOf(filename) {
  const name = path.basename(filename);
  let at = name.indexOf('.', 1);
  while (at > 0) {
    const extension = name.slice(at);
    if (Module._extensions[extension]) return extension;
    at = name.indexOf('.', at + 1);
  }
  return '.js';
}

Module.prototype.load = function load(filename) {
  this.filename = filename;
  this.paths = Module._nodeModulePaths(path.dirname(filename));
  Module._extensions[extensionOf(filename)](this, filename);
  isLoaded(this);
};

// ---- require ----

Module.prototype.require = function moduleRequire(id) {
  if (typeof id !== 'string' || id === '') refuse(id);
  const isOutermost = beginMemory();
  try {
    const tracing = require('internal/diagnostics').tracing('module.require');
    if (tracing === undefined) return Module._load(id, this, false);
    return tracing.traceSync(Module._load, { __proto__: null, parentFilename: this.filename, id }, Module, id, this, false);
  } finally {
    if (isOutermost) endMemory();
  }
};

function refuse(id) {
  const { codes } = require('internal/errors');
  if (id === '') throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  throw new codes.ERR_INVALID_ARG_TYPE('id', 'string', id);
}

// ---- The program ----

function runMain(script) {
  process.argv[1] = path.resolve(script);
  if (getOptionValue('--check')) return require('runtime/loader/cjs_esm').check(script);
  const early = getOptionValue('--require');
  if (early.length > 0) Module._preloadModules(early);
  Module.runMain(process.argv[1]);
}

Module.runMain = function runMain(main = process.argv[1]) {
  if (getOptionValue('--input-type')) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INPUT_TYPE_NOT_ALLOWED();
  }
  const file = Module._findPath(path.resolve(main), null, true);
  const isModule = file !== false && isModuleFile(file);
  const hasLoader = getOptionValue('--experimental-loader').length > 0;
  const waits = hasLoader || getOptionValue('--import').length > 0;
  if (!isModule && !waits) return Module._load(main, null, true);
  const esm = require('runtime/loader/esm');
  if (isModule || (file !== false && hasLoader)) return esm.runMain(require('runtime/loader/urls').fromPath(file), null);
  esm.runAfterImports(() => Module._load(main, null, true));
};

// Whether the main program is a module by its name.
function isModuleFile(file) {
  if (file.endsWith('.mjs') || file.endsWith('.wasm') || file.endsWith('.mts')) return true;
  if (file.endsWith('.cjs') || file.endsWith('.cts')) return false;
  return manifests.scopeOf(file)?.type === 'module';
}

module.exports = {
  Module, moduleAt, parentOf, loadBuiltin, runMain, makeRequire, parseJson, preload,
  setHooks(value) { hooks = value; },
  exportsOf(module) { return loadedExports.has(module) ? loadedExports.get(module) : module.exports; },
};
