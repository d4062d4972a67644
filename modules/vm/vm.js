// SPDX-License-Identifier: MIT
//
// node:vm for the current context: Script, runInThisContext, compileFunction. Other contexts come later and throw.
'use strict';

const { evaluate, checkSyntax } = binding('env');
const { codes } = require('internal/errors');
const validators = require('internal/validators');

function placeOf(options, fallback) {
  if (typeof options === 'string') return { filename: options, lineOffset: 0 };
  validators.validateObject(options, 'options');
  const { filename = fallback, lineOffset = 0, columnOffset = 0 } = options;
  validators.validateString(filename, 'options.filename');
  validators.validateInt32(lineOffset, 'options.lineOffset');
  validators.validateInt32(columnOffset, 'options.columnOffset');
  return { filename, lineOffset };
}

class Script {
  #code;
  #place;
  constructor(code, options = {}) {
    code = `${code}`;
    this.#place = placeOf(options, 'evalmachine.<anonymous>');
    this.#code = code;
    checkSyntax(code, this.#place.filename, this.#place.lineOffset + 1);
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
  return evaluate(`(function (${params.join(', ')}) {${code}\n})`, place.filename, place.lineOffset + 1);
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
    USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
    DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
  }),
};
