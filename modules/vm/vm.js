// SPDX-License-Identifier: MIT
//
// node:vm. The parts, each loaded when first used: contexts (contexts.js, global.js, realm.js), scripts (script.js), functions
// (function.js), modules (module.js), measurements (measure.js).
'use strict';

const imports = require('vm/imports');
const options = require('vm/options');
const { Script, contextIn } = require('vm/script');
const { contextify, contextOf, makeVanilla } = require('vm/contexts');
const { compileFunction } = require('vm/function');
const validators = require('internal/validators');

const DONT_CONTEXTIFY = Symbol('vm_context_no_contextify');

function isContext(object) {
  validators.validateObject(object, 'object', { allowArray: true, allowFunction: true });
  return contextOf(object) !== undefined;
}

function createContext(contextObject = {}, given = {}) {
  if (contextObject === DONT_CONTEXTIFY) return makeVanilla(options.contextOptions(given)).object;
  if (isContext(contextObject)) return contextObject;
  contextify(contextObject, options.contextOptions(given));
  return contextObject;
}

function createScript(code, given) { return new Script(code, given); }

function runInContext(code, contextifiedObject, given) {
  contextIn(contextifiedObject);
  return new Script(code, given).runInContext(contextifiedObject, given);
}

function runInNewContext(code, contextObject, given) {
  const object = createContext(contextObject, options.newContextOptions(given));
  return new Script(code, given).runInContext(object, given);
}

function runInThisContext(code, given) { return new Script(code, given).runInThisContext(given); }

function measureMemory(given) { return require('vm/measure').measureMemory(given); }

module.exports = {
  Script,
  createContext,
  createScript,
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory,
  constants: Object.freeze({
    __proto__: null,
    USE_MAIN_CONTEXT_DEFAULT_LOADER: imports.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    DONT_CONTEXTIFY,
  }),
};
