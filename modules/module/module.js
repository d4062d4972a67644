// SPDX-License-Identifier: MIT
//
// node:module is the Module constructor itself. Its statics that have nothing to do with `require` are added here, so that a
// program which never asks for the module does without them.
'use strict';

const { Module } = require('runtime/loader/cjs');

Module.stripTypeScriptTypes = function stripTypeScriptTypes(code, options) {
  return require('runtime/loader/typescript').stripTypeScriptTypes(...arguments);
};

module.exports = Module;
