// SPDX-License-Identifier: MIT
//
// Errors that cross threads: the class by its name, the own properties that can be cloned, the stack as text. What is
// no error is cloned, and what cannot be cloned is shown as inspect shows it.
'use strict';

const { ERROR_NAMES } = require('web/structured_clone/common');

function isCloneable(value) {
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  if (typeof value !== 'object' || value === null) return true;
  try {
    require('web/structured_clone').structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

function classOf(error) {
  for (let proto = Object.getPrototypeOf(error); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const own = Object.getOwnPropertyDescriptor(proto, 'constructor')?.value;
    if (typeof own === 'function' && ERROR_NAMES.has(own.name)) return own.name;
  }
  return 'Error';
}

function ownValues(error, depth) {
  const values = [];
  for (const key of Object.getOwnPropertyNames(error)) {
    if (key === 'stack') continue;
    let value;
    try {
      value = error[key];
    } catch {
      continue;
    }
    if (isNativeError(value)) {
      if (depth < 8) values.push([key, describeError(value, depth + 1), true, isEnumerable(error, key)]);
    } else if (isCloneable(value)) {
      values.push([key, value, false, isEnumerable(error, key)]);
    }
  }
  return values;
}

function isEnumerable(object, key) {
  return Object.prototype.propertyIsEnumerable.call(object, key);
}

function isNativeError(value) {
  return typeof value === 'object' && value !== null && require('util/types').isNativeError(value);
}

function stackOf(error) {
  try {
    return `${error.stack}`;
  } catch {
    return undefined;
  }
}

function describeError(error, depth) {
  require('internal/stack').fix(error);
  return { kind: 'error', name: classOf(error), stack: stackOf(error), values: ownValues(error, depth) };
}

function describe(error) {
  try {
    if (isNativeError(error) && error.constructor?.name !== 'DOMException') return describeError(error, 0);
    if (isCloneable(error)) return { kind: 'value', value: error };
  } catch {
    // shown below
  }
  return { kind: 'text', text: shown(error) };
}

function shown(error) {
  try {
    return require('util').inspect(error);
  } catch {
    return '';
  }
}

function rebuildError({ name, stack, values }) {
  const real = new (ERROR_NAMES.get(name))();
  for (const [key, value, isError, enumerable] of values) {
    Object.defineProperty(real, key, {
      __proto__: null, configurable: true, enumerable, writable: true, value: isError ? rebuildError(value) : value,
    });
  }
  Object.defineProperty(real, 'stack', { __proto__: null, configurable: true, enumerable: false, writable: true, value: stack });
  return real;
}

function rebuild(described) {
  if (described.kind === 'error') return rebuildError(described);
  if (described.kind === 'value') return described.value;
  const { codes } = require('internal/errors');
  if (described.text === '') return new codes.ERR_WORKER_UNSERIALIZABLE_ERROR();
  return described.text;
}

module.exports = { describe, rebuild };
