// SPDX-License-Identifier: MIT
//
// node:vm. The parts, each loaded when first used: contexts (contexts.js, global.js, realm.js), running (script.js), functions
// (function.js), modules (module.js), measurements (measure.js).
'use strict';

const imports = require('vm/imports');
const options = require('vm/options');
const { Unit, run, contextIn } = require('vm/script');
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

// A text that is checked once and runs in any context.
class Script {
  #unit;
  constructor(code, given = {}) {
    code = `${code}`;
    const checked = options.scriptOptions(given, 'evalmachine.<anonymous>');
    this.#unit = new Unit(code, checked, checked.importModuleDynamically === undefined ? undefined : new WeakRef(this));
    this.#unit.preparePlain();
    if (checked.cachedData !== undefined || checked.produceCachedData) require('vm/cached_data').apply(this, checked, 'script', code);
    this.sourceURL = undefined;
    this.sourceMapURL = code.includes('sourceMappingURL=') ? require('runtime/loader/source_maps').addressIn(code, 'script', false) : undefined;
  }

  runInThisContext(given) { return run(this.#unit, null, options.runOptions(given)); }

  runInContext(contextifiedObject, given) {
    const context = contextIn(contextifiedObject);
    return run(this.#unit, context, options.runOptions(given));
  }

  runInNewContext(contextObject, given) {
    const object = createContext(contextObject, options.newContextOptions(given));
    if (typeof this.runInContext !== 'function') throw new TypeError('this.runInContext is not a function');
    return this.runInContext(object, given);
  }

  createCachedData() { return require('vm/cached_data').certificate('script', this.#unit.text); }
}

function createScript(code, given) { return new Script(code, given); }

function runInContext(code, contextifiedObject, given) {
  return runText(code, contextIn(contextifiedObject), options.named(given));
}

function runInNewContext(code, contextObject, given) {
  given = options.named(given);
  const object = createContext(contextObject, options.newContextOptions(given));
  return runText(code, contextOf(object), given);
}

// As a script that nobody else has: the parser looks at it once. A function for import() is told the script.
function runText(code, context, given) {
  if (typeof given?.importModuleDynamically === 'function') return new Script(code, given).runInContext(context.object, given);
  const checked = options.scriptOptions(given ?? {}, 'evalmachine.<anonymous>');
  return run(new Unit(`${code}`, checked, undefined), context, options.runOptions(given));
}

function runInThisContext(code, given) {
  given = options.named(given);
  return new Script(code, given).runInThisContext(given);
}

function measureMemory(given) { return require('vm/measure').measureMemory(given); }

// Experimental: there with their flag only.
function modules() {
  if (!require('internal/options').getOptionValue('--experimental-vm-modules')) return undefined;
  const { Module, SourceTextModule, SyntheticModule } = require('vm/module');
  return { Module, SourceTextModule, SyntheticModule };
}

module.exports = {
  ...modules(),
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
