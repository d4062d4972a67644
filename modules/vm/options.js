// SPDX-License-Identifier: MIT
//
// Options of node:vm, checked and with their defaults.
'use strict';

const validators = require('internal/validators');
const { codes } = require('internal/errors');
const imports = require('vm/imports');

// Of Script and what makes one; a string is the filename.
function scriptOptions(options, fallback) {
  options = named(options);
  validators.validateObject(options, 'options');
  const {
    filename = fallback, lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false, importModuleDynamically,
  } = options;
  validators.validateString(filename, 'options.filename');
  validators.validateInt32(lineOffset, 'options.lineOffset');
  validators.validateInt32(columnOffset, 'options.columnOffset');
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
  validators.validateBoolean(produceCachedData, 'options.produceCachedData');
  imports.validate(importModuleDynamically);
  return { filename, lineOffset, columnOffset, cachedData, produceCachedData, importModuleDynamically };
}

const NO_RUN_OPTIONS = { displayErrors: true, timeout: undefined, breakOnSigint: false };

// The functions of the module take a filename for options.
function named(options) { return typeof options === 'string' ? { filename: options } : options; }

// Of a script's runIn...().
function runOptions(options) {
  if (options === undefined) return NO_RUN_OPTIONS;
  validators.validateObject(options, 'options');
  const { displayErrors = true, timeout, breakOnSigint = false } = options;
  if (timeout !== undefined) validators.validateUint32(timeout, 'options.timeout', true);
  validators.validateBoolean(displayErrors, 'options.displayErrors');
  validators.validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return { displayErrors, timeout, breakOnSigint };
}

function codeGeneration(value, name) {
  if (value === undefined) return { strings: true, wasm: true };
  validators.validateObject(value, name);
  const { strings = true, wasm = true } = value;
  validators.validateBoolean(strings, `${name}.strings`);
  validators.validateBoolean(wasm, `${name}.wasm`);
  return { strings, wasm };
}

let count = 0;

// Of createContext().
function contextOptions(options) {
  validators.validateObject(options, 'options');
  const { name = `VM Context ${++count}`, origin, microtaskMode, importModuleDynamically } = options;
  validators.validateString(name, 'options.name');
  if (origin !== undefined) validators.validateString(origin, 'options.origin');
  const { strings, wasm } = codeGeneration(options.codeGeneration, 'options.codeGeneration');
  validators.validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  imports.validate(importModuleDynamically);
  return { name, strings, wasm, microtaskMode, importModuleDynamically };
}

// Of runInNewContext(): those of the context under other names.
function newContextOptions(options) {
  if (options === undefined) return {};
  validators.validateObject(options, 'options');
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode } = options;
  if (contextName !== undefined) validators.validateString(contextName, 'options.contextName');
  if (contextOrigin !== undefined) validators.validateString(contextOrigin, 'options.contextOrigin');
  codeGeneration(contextCodeGeneration, 'options.contextCodeGeneration');
  if (microtaskMode !== undefined) validators.validateString(microtaskMode, 'options.microtaskMode');
  return { name: contextName, origin: contextOrigin, codeGeneration: contextCodeGeneration, microtaskMode };
}

module.exports = { named, scriptOptions, runOptions, contextOptions, newContextOptions };
