// SPDX-License-Identifier: MIT
//
// What structuredClone and messages have in common: how a value is refused, and how memory is taken out of a buffer. Every
// worker loads this file; the walk of structuredClone only who calls it.

'use strict';

const { kindOf, kinds } = require('util/peek');

const ERROR_NAMES = new Map([Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  .map((Class) => [Class.name, Class]));

function dataCloneError(message) {
  const { DOMException } = require('web/domexception');
  return new DOMException(message, 'DataCloneError');
}

function nameForMessage(value) {
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  if (typeof value === 'symbol') return value.toString();
  const kind = kindOf(value);
  if (kind === kinds.Proxy || kind === kinds.Arguments) return '#<Object>';
  const tag = value[Symbol.toStringTag];
  if (kind === kinds.Symbol) return '[object Symbol]';
  if (kind === kinds.MapIterator || kind === kinds.SetIterator || kind === kinds.Generator ||
      kind === kinds.AsyncGenerator) {
    return `[object ${tag}]`;
  }
  return `#<${require('util/inspect_kinds').shortName(value)}>`;
}

function refuse(value) {
  return dataCloneError(`${nameForMessage(value)} could not be cloned.`);
}

// What a buffer leaves behind while C may still work in its memory: that lives as long as the old buffer.
const leftBehind = new WeakMap();

// Takes the memory out of an ArrayBuffer, which is detached then. With forKeeps the result may be used at will; else it
// is read at once.
function takeBuffer(buffer, forKeeps) {
  const wasLocked = binding('ports').unlock(buffer);
  const taken = buffer.resizable ? buffer.transfer() : buffer.transferToFixedLength();
  if (!wasLocked) return taken;
  leftBehind.set(buffer, taken);
  if (!forKeeps) return taken;
  if (!taken.resizable) return taken.slice(0);
  const copy = new ArrayBuffer(taken.byteLength, { maxByteLength: taken.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(taken));
  return copy;
}

module.exports = { dataCloneError, refuse, takeBuffer, ERROR_NAMES };
