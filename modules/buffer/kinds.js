// SPDX-License-Identifier: MIT
//
// What kind of bytes a value is, across realms, and the argument checks that Buffer's parts share. Idea: the
// `instanceof` answer serves nearly always; the brand check behind it also knows other realms' objects and is
// not fooled by a prototype. No state.
'use strict';

const tagOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const sizeOfArrayBuffer = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get;
const isView = ArrayBuffer.isView;
const MAX_LENGTH = 2 ** 32; // the engine's largest ArrayBuffer

function isUint8Array(value) {
  return isView(value) && (value instanceof Uint8Array || tagOfTypedArray.call(value) === 'Uint8Array');
}

function hasBrand(getter, value) {
  try {
    getter.call(value);
    return true;
  } catch {
    return false;
  }
}

function isAnyArrayBuffer(value) {
  if (typeof value !== 'object' || value === null || isView(value)) return false;
  if (value instanceof ArrayBuffer) return hasBrand(sizeOfArrayBuffer, value);
  if (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer) return true;
  const tag = value[Symbol.toStringTag];
  if (tag === 'ArrayBuffer') return hasBrand(sizeOfArrayBuffer, value);
  if (tag !== 'SharedArrayBuffer' || typeof SharedArrayBuffer !== 'function') return false;
  return hasBrand(Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, 'byteLength').get, value);
}

function rejectType(name, expected, value) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
}

// An integer argument between low and high, with the ranges worded as Node does for Buffer.
function requireInteger(value, name, low, high) {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  if (typeof value !== 'number') rejectType(name, 'number', value);
  const { codes } = require('internal/errors');
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  throw new codes.ERR_OUT_OF_RANGE(name, `>= ${low} && <= ${high}`, value);
}

// A size: fractions pass, NaN does not.
function requireSize(value, name) {
  if (value >= 0 && value <= MAX_LENGTH && typeof value === 'number') return;
  if (typeof value !== 'number') rejectType(name, 'number', value);
  const { codes } = require('internal/errors');
  throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${MAX_LENGTH}`, value);
}

module.exports = { MAX_LENGTH, isUint8Array, isAnyArrayBuffer, tagOfTypedArray, rejectType, requireInteger, requireSize };
