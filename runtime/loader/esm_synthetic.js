// SPDX-License-Identifier: MIT
//
// Modules that are no source texts of modules: built-in ones, JSON, and values that are there already.
'use strict';

const { syntheticRecord, EVALUATED } = require('runtime/loader/esm_record');

// ---- Built-in modules ----

const builtins = []; // records, for syncBuiltinESMExports

function lazyValue(bindings, name, exports) {
  Object.defineProperty(bindings, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = valueOf(exports, name);
      Object.defineProperty(bindings, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
      return value;
    },
  });
}

function valueOf(exports, name) {
  try {
    return exports[name];
  } catch {
    return undefined;
  }
}

// Getters are asked when the name is first used: many load what few programs need.
function fillBuiltin(record, exports) {
  const { bindings } = record;
  for (const name of record.names) {
    if (name === 'default') continue;
    const slot = Object.getOwnPropertyDescriptor(exports, name);
    if (slot !== undefined && slot.get !== undefined) lazyValue(bindings, name, exports);
    else Object.defineProperty(bindings, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value: slot === undefined ? valueOf(exports, name) : slot.value });
  }
  bindings.default = exports;
}

function builtinNames(exports) {
  const names = Object.keys(exports);
  if (!names.includes('default')) names.push('default');
  return names;
}

// Its values are there from the start, whoever imports it.
function builtinRecord(url) {
  const exports = require('runtime/loader/cjs').loadBuiltin(url);
  const record = syntheticRecord(url, 'builtin', builtinNames(exports), () => {});
  fillBuiltin(record, exports);
  builtins.push(record);
  return record;
}

function syncBuiltins() {
  for (const record of builtins) fillBuiltin(record, record.bindings.default);
}

// ---- JSON ----

// A JSON file that was required gives the same value, and the other way round.
function jsonRecord(url, text) {
  const urls = require('runtime/loader/urls');
  const isFile = url.startsWith('file:');
  const file = isFile ? urls.toPath(url) : undefined;
  const { Module, parseJson } = require('runtime/loader/cjs');
  const shared = isFile && urls.suffixOf(url) === '';
  const cached = shared ? Module._cache[file] : undefined;
  const value = cached !== undefined && cached.loaded ? cached.exports : parseJson(text, file ?? url);
  if (shared && cached === undefined) {
    const module = new Module(file, null);
    module.filename = file;
    module.exports = value;
    module.loaded = true;
    Module._cache[file] = module;
  }
  return valueRecord(url, 'json', value);
}

// A module whose default export is a value that exists.
function valueRecord(url, format, value) {
  const record = syntheticRecord(url, format, ['default'], () => {});
  record.bindings.default = value;
  record.status = EVALUATED;
  return record;
}

module.exports = { builtinRecord, syncBuiltins, jsonRecord, valueRecord };
