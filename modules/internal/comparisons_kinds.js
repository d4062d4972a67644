// SPDX-License-Identifier: MIT
//
// Deep comparison of objects that are neither plain nor arrays: dates, patterns, errors, bytes, boxed values,
// collections, and the classes whose data is out of sight. See internal/comparisons for the walk.
'use strict';

const types = require('util/types');
const { compareMaps, compareSets } = require('internal/comparisons_collections');

const { hasOwn } = Object;

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

// Compares two objects of the same tag. `walk` is the rest of the comparison (internal/comparisons).
function compareKinds(a, b, tag, mode, open, walk) {
  if (ArrayBuffer.isView(a)) {
    return ArrayBuffer.isView(b) && sameViews(a, b, mode, walk) &&
      walk.guarded(walk.extraProperties, a, b, mode, open);
  }
  if (ArrayBuffer.isView(b)) return false;
  if (types.isSet(a)) {
    if (!types.isSet(b)) return false;
    return sameSizes(a, b, mode, walk) && walk.guarded(withProperties(compareSets, walk), a, b, mode, open);
  }
  if (types.isMap(a)) {
    if (!types.isMap(b)) return false;
    return sameSizes(a, b, mode, walk) && walk.guarded(withProperties(compareMaps, walk), a, b, mode, open);
  }
  if (types.isSet(b) || types.isMap(b)) return false;
  const verdict = sameValues(a, b);
  if (verdict === false) return false;
  if (verdict === undefined) {
    if (isError(a)) {
      if (!isError(b)) return false;
      return walk.guarded((x, y, m, o) => sameErrors(x, y, m, o, walk) && walk.properties(x, y, m, o),
                          a, b, mode, open);
    }
    if (isError(b)) return false;
    if (hasIdentity(a) || hasIdentity(b)) return false;
    if (tag === '[object URL]' && typeof a.href === 'string' && a.href !== b.href) return false;
    if (!sameKeyMaterial(a, b, tag, mode, open, walk)) return false;
  }
  return walk.guarded(walk.properties, a, b, mode, open);
}

function sameSizes(a, b, mode, walk) {
  return mode === walk.PARTIAL ? a.size >= b.size : a.size === b.size;
}

function withProperties(compareEntries, walk) {
  return (a, b, mode, open) => walk.properties(a, b, mode, open) && compareEntries(a, b, mode, open, walk);
}

// True or false for objects that wrap one value, undefined for all others.
function sameValues(a, b) {
  if (types.isDate(a)) {
    return types.isDate(b) && Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b));
  }
  if (types.isRegExp(a)) {
    return types.isRegExp(b) && a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
  }
  if (types.isBoxedPrimitive(a)) return types.isBoxedPrimitive(b) && sameBoxes(a, b);
  if (types.isAnyArrayBuffer(a)) return types.isAnyArrayBuffer(b) ? undefined : false;
  return types.isDate(b) || types.isRegExp(b) || types.isBoxedPrimitive(b) || types.isAnyArrayBuffer(b) ?
    false : undefined;
}

function sameBoxes(a, b) {
  if (types.isNumberObject(a)) {
    return types.isNumberObject(b) && Object.is(Number.prototype.valueOf.call(a), Number.prototype.valueOf.call(b));
  }
  if (types.isStringObject(a)) {
    return types.isStringObject(b) && String.prototype.valueOf.call(a) === String.prototype.valueOf.call(b);
  }
  if (types.isBooleanObject(a)) {
    return types.isBooleanObject(b) && Boolean.prototype.valueOf.call(a) === Boolean.prototype.valueOf.call(b);
  }
  if (types.isBigIntObject(a)) {
    return types.isBigIntObject(b) && BigInt.prototype.valueOf.call(a) === BigInt.prototype.valueOf.call(b);
  }
  return types.isSymbolObject(a) && types.isSymbolObject(b) &&
    Symbol.prototype.valueOf.call(a) === Symbol.prototype.valueOf.call(b);
}

// Their contents cannot be seen, so only the same object is equal.
function hasIdentity(value) {
  return types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value);
}

// ---- Bytes ----

function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

// The class of a typed array by its internal slot; undefined for a DataView.
const viewClass = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);

function sameViews(a, b, mode, walk) {
  const kind = viewClass(a);
  if (kind !== viewClass(b)) return false;
  const isFloat = kind === 'Float32Array' || kind === 'Float64Array' || kind === 'Float16Array';
  if (mode === walk.PARTIAL) {
    return kind !== undefined && a.BYTES_PER_ELEMENT > 1 ? isSubsequence(a, b) : isSubsequence(bytesOf(a), bytesOf(b));
  }
  if (a.byteLength !== b.byteLength) return false;
  if (isFloat && mode === walk.LOOSE) return sameNumbers(a, b);
  return sameBytes(bytesOf(a), bytesOf(b));
}

// Elements by ===, which takes both zeros for one.
function sameNumbers(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameBytes(a, b) {
  if (a.length !== b.length) return false;
  if (a.length > 256) return require('buffer').Buffer.compare(a, b) === 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isSubsequence(a, b) {
  let at = 0;
  for (let i = 0; i < b.length; i++) {
    for (;;) {
      if (a.length - at < b.length - i) return false;
      if (Object.is(a[at++], b[i])) break;
    }
  }
  return true;
}

// ---- Errors ----

function sameErrors(a, b, mode, open, walk) {
  if (a.name !== b.name) return false;
  const isPartial = mode === walk.PARTIAL;
  if (a.message !== b.message && !(isPartial && !b.message)) return false;
  return sameField(a, b, 'cause', isPartial, mode, open, walk) && sameField(a, b, 'errors', isPartial, mode, open, walk);
}

// A property that exists on both or on neither.
function sameField(a, b, field, isPartial, mode, open, walk) {
  const wanted = hasOwn(b, field);
  if (hasOwn(a, field) !== wanted) return isPartial && !wanted;
  return !wanted || walk.compare(a[field], b[field], mode, open);
}

// ---- Buffers and keys ----

function sameKeyMaterial(a, b, tag, mode, open, walk) {
  if (types.isAnyArrayBuffer(a)) {
    const x = new Uint8Array(a);
    const y = new Uint8Array(b);
    return mode === walk.PARTIAL ? isSubsequence(x, y) : sameBytes(x, y);
  }
  if (tag === '[object CryptoKey]' && types.isCryptoKey(a)) {
    const { KeyObject } = require('crypto');
    return types.isCryptoKey(b) && a.type === b.type && a.extractable === b.extractable &&
      walk.compare(a.algorithm, b.algorithm, mode, open) && walk.compare(a.usages, b.usages, mode, open) &&
      KeyObject.from(a).equals(KeyObject.from(b));
  }
  if (require.cache?.has('crypto') && types.isKeyObject(a)) return types.isKeyObject(b) && a.equals(b);
  return true;
}

module.exports = { compareKinds };
