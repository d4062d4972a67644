// SPDX-License-Identifier: MIT
//
// node:vm for the current context: Script, runInThisContext, compileFunction. Other contexts come later and throw.
'use strict';

const { evaluate, checkSyntax } = binding('env');
const { codes } = require('internal/errors');
const validators = require('internal/validators');
const imports = require('vm/imports');

function placeOf(options, fallback) {
  if (typeof options === 'string') return { filename: options, lineOffset: 0, importModuleDynamically: undefined };
  validators.validateObject(options, 'options');
  const { filename = fallback, lineOffset = 0, columnOffset = 0, importModuleDynamically } = options;
  validators.validateString(filename, 'options.filename');
  validators.validateInt32(lineOffset, 'options.lineOffset');
  validators.validateInt32(columnOffset, 'options.columnOffset');
  imports.validate(importModuleDynamically);
  return { filename, lineOffset, importModuleDynamically };
}

class Script {
  #code;
  #place;
  constructor(code, options = {}) {
    code = `${code}`;
    this.#place = placeOf(options, 'evalmachine.<anonymous>');
    checkSyntax(code, this.#place.filename, this.#place.lineOffset + 1);
    this.#code = imports.prepare(code, this.#place.filename, this.#place.importModuleDynamically, new WeakRef(this));
    this.sourceURL = undefined;
    this.sourceMapURL = code.includes('sourceMappingURL=') ? require('runtime/loader/source_maps').addressIn(code, 'script', false) : undefined;
  }
  runInThisContext(options) {
    if (options !== undefined) {
      validators.validateObject(options, 'options');
      if (options.timeout !== undefined) validators.validateUint32(options.timeout, 'options.timeout', true);
    }
    return evaluate(this.#code, this.#place.filename, this.#place.lineOffset + 1);
  }
  runInContext(object) {
    validators.validateObject(object, 'contextifiedObject');
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('vm.Script#runInContext()');
  }
  runInNewContext() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('vm.Script#runInNewContext()'); }
  createCachedData() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('vm.Script#createCachedData()'); }
}

function runInThisContext(code, options = {}) {
  return new Script(code, options).runInThisContext(typeof options === 'string' ? undefined : options);
}

function compileFunction(code, params = [], options = {}) {
  validators.validateString(code, 'code');
  validators.validateStringArray(params, 'params');
  if (options.parsingContext !== undefined) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('vm.compileFunction() with parsingContext');
  const place = placeOf(options, '');
  const text = `(function (${params.join(', ')}) {${code}\n})`;
  let fn; // known to import() only when it runs
  const owner = { deref: () => fn };
  fn = evaluate(imports.prepare(text, place.filename, place.importModuleDynamically, owner), place.filename, place.lineOffset + 1);
  return fn;
}

function notHere(name) {
  return { [name]() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`vm.${name}()`); } }[name];
}

module.exports = {
  Script,
  createContext: notHere('createContext'),
  createScript(code, options) { return new Script(code, options); },
  runInContext: notHere('runInContext'),
  runInNewContext: notHere('runInNewContext'),
  runInThisContext,
  isContext(object) {
    validators.validateObject(object, 'object', { allowArray: true, allowFunction: true });
    return false;
  },
  compileFunction,
  measureMemory: notHere('measureMemory'),
  constants: Object.freeze({
    __proto__: null,
    USE_MAIN_CONTEXT_DEFAULT_LOADER: imports.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
  }),
};
