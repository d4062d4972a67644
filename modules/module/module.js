// SPDX-License-Identifier: MIT
//
// node:module is the Module constructor itself. Its statics that have nothing to do with `require` are added here, so that a
// program which never asks for the module does without them.
'use strict';

const { Module } = require('runtime/loader/cjs');

Module.stripTypeScriptTypes = function stripTypeScriptTypes(code, options) {
  return require('runtime/loader/typescript').stripTypeScriptTypes(...arguments);
};

// ---- The compile cache ----

const compileCacheStatus = Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 });
Module.constants = Object.freeze({ __proto__: null, compileCacheStatus });
Module.enableCompileCache = function enableCompileCache(options) {
  return require('runtime/loader/compile_cache').enableCompileCache(options);
};
Module.flushCompileCache = function flushCompileCache(...args) {
  return require('runtime/loader/compile_cache').flushCompileCache(...args);
};
Module.getCompileCacheDir = function getCompileCacheDir() {
  return require('runtime/loader/compile_cache').getCompileCacheDir();
};

// ---- Source maps ----

Module.findSourceMap = function findSourceMap(path) {
  return require('runtime/loader/source_maps').find(path);
};
Module.getSourceMapsSupport = function getSourceMapsSupport() {
  return require('runtime/loader/source_maps').getSourceMapsSupport();
};
Module.setSourceMapsSupport = function setSourceMapsSupport(enabled, options) {
  require('runtime/loader/source_maps').setSourceMapsSupport(enabled, options);
};
Module.SourceMap = require('runtime/loader/source_map').SourceMap;

module.exports = Module;
