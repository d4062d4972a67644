// SPDX-License-Identifier: MIT
//
// Deep comparison: assert.deepEqual (loose), deepStrictEqual and util.isDeepStrictEqual (strict),
// partialDeepStrictEqual (every part of the second value is found in the first).
// Idea: one walk for all modes. Plain objects and arrays, the common case, are compared without asking what they
// are; only other objects are classified, by internal slots, so that no prototype or tag can deceive. Cycles are
// equal where both sides close them at the same depth: `open` holds the pairs that are being compared.
'use strict';

const LOOSE = 0;
const STRICT = 1;
const SHAPE = 2; // strict, without prototypes
const PARTIAL = 3;

const tagOf = Function.prototype.call.bind(Object.prototype.toString);
const hasEnumerable = Function.prototype.call.bind(Object.prototype.propertyIsEnumerable);
const { hasOwn, getPrototypeOf } = Object;

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

function compare(a, b, mode, open) {
  if (a === b) return a !== 0 || mode === LOOSE || Object.is(a, b);
  if (mode === LOOSE) {
    if (!isObject(a)) {
      // eslint-disable-next-line eqeqeq
      return !isObject(b) && (a == b || (a !== a && b !== b));
    }
    if (!isObject(b)) return false;
  } else {
    if (!isObject(a)) return typeof a === 'number' && a !== a && b !== b;
    if (!isObject(b)) return false;
    if (mode === STRICT && !sameFamily(a, b)) return false;
  }
  return compareObjects(a, b, mode, open);
}

// The same class: an inherited constructor decides where there is one, else the prototype itself.
function sameFamily(a, b) {
  const proto = getPrototypeOf(a);
  if (proto === getPrototypeOf(b)) return true;
  const { constructor } = a;
  return constructor !== undefined && !hasOwn(a, 'constructor') && constructor === b.constructor;
}

function compareObjects(a, b, mode, open) {
  const tag = tagOf(a);
  if (tag !== tagOf(b)) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b)) return false;
    if (mode === PARTIAL ? a.length < b.length : a.length !== b.length) return false;
    return guarded(arrays, a, b, mode, open);
  }
  if (Array.isArray(b)) return false;
  if (tag === '[object Object]' && isPlain(a) && isPlain(b)) return guarded(properties, a, b, mode, open);
  return require('internal/comparisons_kinds').compareKinds(a, b, tag, mode, open, walk);
}

function isPlain(object) {
  const proto = getPrototypeOf(object);
  return proto === Object.prototype || proto === null;
}

// ---- Cycles ----

class Open {
  constructor() {
    this.a = [];
    this.b = [];
  }
}

// Calls fn(a, b, mode, open) unless the pair is already being compared further out.
function guarded(fn, a, b, mode, open) {
  open ??= new Open();
  const depthA = open.a.lastIndexOf(a);
  const depthB = open.b.lastIndexOf(b);
  if (depthA !== -1 || depthB !== -1) return depthA === depthB;
  open.a.push(a);
  open.b.push(b);
  const equal = fn(a, b, mode, open);
  open.a.pop();
  open.b.pop();
  return equal;
}

// ---- Properties ----

// Enumerable own string keys (all of them, or those beside the indices) and, but for loose comparison, symbols.
function properties(a, b, mode, open) {
  return sameKeys(a, b, Object.keys(a), Object.keys(b), mode, open);
}

function sameKeys(a, b, keysA, keysB, mode, open) {
  if (mode === PARTIAL ? keysA.length < keysB.length : keysA.length !== keysB.length) return false;
  for (let i = 0; i < keysB.length; i++) if (!hasEnumerable(a, keysB[i])) return false;
  if (mode !== LOOSE && !sameSymbols(a, b, mode, open)) return false;
  for (let i = 0; i < keysB.length; i++) {
    const key = keysB[i];
    if (!compare(a[key], b[key], mode, open)) return false;
  }
  return true;
}

function sameSymbols(a, b, mode, open) {
  const symbolsB = Object.getOwnPropertySymbols(b);
  let count = 0;
  for (const symbol of symbolsB) {
    if (!hasEnumerable(b, symbol)) continue;
    if (!hasEnumerable(a, symbol) || !compare(a[symbol], b[symbol], mode, open)) return false;
    count++;
  }
  if (mode === PARTIAL) return true;
  for (const symbol of Object.getOwnPropertySymbols(a)) if (hasEnumerable(a, symbol)) count--;
  return count === 0;
}

// ---- Arrays ----

// The keys of an array (or view) that are no indices. Indices come first in Object.keys.
function otherKeys(list) {
  const keys = Object.keys(list);
  let first = keys.length;
  while (first > 0 && !isIndex(keys[first - 1])) first--;
  return first === 0 ? keys : keys.slice(first);
}

function isIndex(key) {
  const number = key >>> 0;
  return number !== 4294967295 && `${number}` === key;
}

function extraProperties(a, b, mode, open) {
  if (isBare(a) && isBare(b)) return true;
  return sameKeys(a, b, otherKeys(a), otherKeys(b), mode, open);
}

// Whether a list has the shape of those without properties of their own: listing the keys of a long list is slow.
// False may also mean that nobody knows.
let bareShapes;
let shapeOf;
function isBare(list) {
  if (bareShapes === undefined) {
    ({ shapeOf } = require('util/peek'));
    bareShapes = knownShapes();
  }
  return bareShapes.has(shapeOf(list));
}

function knownShapes() {
  const { Buffer } = require('buffer');
  const samples = [Buffer.alloc(1), Buffer.from('x')];
  const makers = [() => [], () => [1], () => [1.5], () => [{}], () => ['x'], () => new Array(2), () => new Array(1e5)];
  for (const make of makers) {
    // Literals share their elements until they are written to, and have a shape of their own while they do.
    const written = make();
    written.push(written[0]);
    samples.push(make(), written);
  }
  for (const View of [Uint8Array, Int8Array, Uint8ClampedArray, Uint16Array, Int16Array, Uint32Array, Int32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array]) samples.push(new View(1), new View(new ArrayBuffer(8)));
  const shapes = new Set(samples.map((sample) => shapeOf(sample)));
  shapes.delete(0);
  return shapes;
}

function arrays(a, b, mode, open) {
  if (!extraProperties(a, b, mode, open)) return false;
  if (mode === PARTIAL) return isSubsequence(a, b, open);
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (x === y && x !== undefined && x !== 0) continue;
    if (x === undefined || y === undefined) {
      const isHole = !hasOwn(a, i);
      if (isHole !== !hasOwn(b, i)) return false;
      if (isHole) return sparse(a, b, i, mode, open);
    }
    if (!compare(x, y, mode, open)) return false;
  }
  return true;
}

// From the first hole on only what is there is looked at: arrays may be long and empty.
function sparse(a, b, from, mode, open) {
  const keysA = Object.keys(a).filter(isIndex);
  const keysB = Object.keys(b).filter(isIndex);
  if (keysA.length !== keysB.length) return false;
  for (const key of keysB) {
    if (+key < from) continue;
    if (!hasOwn(a, key) || !compare(a[key], b[key], mode, open)) return false;
  }
  return true;
}

// Whether the elements of b are found in a, in this order. Holes count for nothing.
function isSubsequence(a, b, open) {
  const keysA = elementKeys(a);
  const keysB = elementKeys(b);
  const countA = keysA === undefined ? a.length : keysA.length;
  const countB = keysB === undefined ? b.length : keysB.length;
  let at = 0;
  for (let i = 0; i < countB; i++) {
    const wanted = b[keysB === undefined ? i : keysB[i]];
    for (;;) {
      if (countA - at < countB - i) return false;
      const found = compare(a[keysA === undefined ? at : keysA[at]], wanted, PARTIAL, open);
      at++;
      if (found) break;
    }
  }
  return true;
}

// Undefined for an array without holes, else the indices that are there.
function elementKeys(list) {
  for (let i = 0; i < list.length; i++) {
    if (list[i] === undefined && !hasOwn(list, i)) return Object.keys(list).filter(isIndex);
  }
  return undefined;
}

// What comparisons_kinds needs of this file.
const walk = { compare, guarded, properties, extraProperties, LOOSE, STRICT, SHAPE, PARTIAL };

module.exports = {
  isDeepEqual: (a, b) => compare(a, b, LOOSE, undefined),
  isDeepStrictEqual: (a, b, skipPrototype = false) => compare(a, b, skipPrototype ? SHAPE : STRICT, undefined),
  isPartialStrictEqual: (a, b) => compare(a, b, PARTIAL, undefined),
};
