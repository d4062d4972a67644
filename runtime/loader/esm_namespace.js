// SPDX-License-Identifier: MIT
//
// Module namespace objects (ECMA-262, 10.4.6), made when a program asks for one. A proxy over a target that already has
// the names, sorted, as writable properties which cannot be configured, and no extensibility: so the engine itself answers
// what is about names, and keeps the invariants; the traps only bring the values and refuse to change them.
'use strict';

const { namesOf, SOURCE } = require('runtime/loader/esm_record');

const records = new WeakMap(); // namespace object -> record

// A variable before its declaration: in the words that programs know.
function read(bindings, key) {
  try {
    return bindings[key];
  } catch (error) {
    if (error instanceof ReferenceError && error.message === 'Cannot access uninitialized variable.') {
      error.message = `Cannot access '${key}' before initialization`;
    }
    throw error;
  }
}

class Handler {
  constructor(bindings) {
    this.bindings = bindings;
  }

  get(target, key) {
    // The bindings object inherits what any object does.
    return typeof key === 'string' && Object.hasOwn(target, key) ? read(this.bindings, key) : target[key];
  }

  getOwnPropertyDescriptor(target, key) {
    const own = Reflect.getOwnPropertyDescriptor(target, key);
    if (own !== undefined && typeof key === 'string') own.value = read(this.bindings, key);
    return own;
  }

  set() {
    return false;
  }

  // Allowed where it asks for what is so already.
  defineProperty(target, key, wanted) {
    const own = Reflect.getOwnPropertyDescriptor(target, key);
    if (own === undefined) return false;
    if (typeof key !== 'string') return Reflect.defineProperty(target, key, wanted);
    const value = read(this.bindings, key);
    if (wanted.configurable === true || wanted.enumerable === false || 'get' in wanted || 'set' in wanted || wanted.writable === false) {
      return false;
    }
    return 'value' in wanted ? Object.is(wanted.value, value) : true;
  }

  // A frozen namespace would need properties that cannot be written.
  deleteProperty(target, key) {
    return !Object.hasOwn(target, key);
  }
}

const TAG = { __proto__: null, value: 'Module', writable: false, enumerable: false, configurable: false };

function makeNamespace(names, bindings) {
  const target = { __proto__: null };
  const slot = { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false };
  for (const name of names) Object.defineProperty(target, name, slot);
  Object.defineProperty(target, Symbol.toStringTag, TAG);
  return new Proxy(Object.preventExtensions(target), new Handler(bindings));
}

// The namespace object of a linked record.
function namespaceOf(record) {
  if (record.namespace !== null) return record.namespace;
  const names = record.kind === SOURCE ? Object.keys(record.bindings) : namesOf(record).slice();
  const made = makeNamespace(names.sort(), record.bindings);
  records.set(made, record);
  return (record.namespace = made);
}

// What require() gives for a module with a default export: the namespace with `__esModule` added.
function interopNamespace(record) {
  const bindings = { __proto__: null };
  for (const name of Object.keys(record.bindings)) {
    Object.defineProperty(bindings, name, { __proto__: null, enumerable: true, get() { return record.bindings[name]; } });
  }
  bindings.__esModule = true;
  const made = makeNamespace(Object.keys(bindings).sort(), bindings);
  records.set(made, record);
  return made;
}

function isNamespace(value) {
  return records.has(value);
}

module.exports = { namespaceOf, interopNamespace, isNamespace, recordOf(value) { return records.get(value); } };
