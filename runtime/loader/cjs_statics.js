// SPDX-License-Identifier: MIT
//
// Statics of Module that few programs call: createRequire, the wrapper as a program may see and replace it, and the
// modules that --require names.
'use strict';

const path = require('path');
const { Module, state } = require('runtime/loader/cjs_module');
const { moduleAt } = require('runtime/loader/cjs_resolve');

// ---- The wrapper ----

// What programs see. While nobody replaces it the loader has one of its own (cjs_compile), which stacks know.
const wrapper = new Proxy(['(function (exports, require, module, __filename, __dirname) { ', '\n});'], {
  set(target, property, value) {
    state.patchedWrapper = true;
    target[property] = value;
    return true;
  },
});

let wrap = (script) => Module.wrapper[0] + script + Module.wrapper[1];

function setWrap(value) {
  state.patchedWrapper = true;
  wrap = value;
}

function setWrapper(value) {
  state.patchedWrapper = true;
  wrapper[0] = value[0];
  wrapper[1] = value[1];
}

// ---- createRequire ----

function fileOf(filename) {
  const isUrl = typeof filename === 'object' && filename !== null && typeof filename.href === 'string';
  if (!isUrl && (typeof filename !== 'string' || path.isAbsolute(filename))) return filename;
  try {
    return require('web/url').fileURLToPath(filename);
  } catch {
    return undefined;
  }
}

function createRequire(filename) {
  const file = fileOf(filename);
  if (typeof file !== 'string') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  }
  const name = file.endsWith('/') ? path.join(file, 'noop.js') : file;
  return require('runtime/loader/cjs_compile').makeRequire(moduleAt(name, null));
}

// ---- --require ----

function preloadModules(requests) {
  if (!Array.isArray(requests) || requests.length === 0) return;
  const parent = new Module('internal/preload', null);
  try {
    parent.paths = Module._nodeModulePaths(process.cwd());
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  state.preloading = true;
  try {
    for (const request of requests) parent.require(request);
  } finally {
    state.preloading = false;
  }
}

module.exports = { wrapper, getWrap() { return wrap; }, setWrap, setWrapper, createRequire, preloadModules };
