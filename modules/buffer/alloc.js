// SPDX-License-Identifier: MIT
//
// Making Buffers: alloc(), from(), concat() and friends. Idea: small ones are slices of a pool, which costs one
// object instead of two and lets C reach the bytes without moving them. The pool is never handed out twice, so
// memory is always zero when it arrives: "unsafe" here only means pooled. Rule: poolOffset moves only after the
// bytes were claimed.
'use strict';

const native = binding('buffer');
const { FastBuffer } = require('internal/fast_buffer');
const { UTF8, encodingOf, rejectEncoding, decodeDigits, write, maxBytes } = require('buffer/encodings');
const { isUint8Array, isAnyArrayBuffer, tagOfTypedArray, rejectType, requireInteger, requireSize } =
  require('buffer/kinds');
const { untransferable } = require('web/structured_clone/protocol');

const setBytes = Uint8Array.prototype.set;

let pool = null; // a FastBuffer over the whole pool
let poolBytes = null;
let poolSize = 0;
let poolOffset = 0;

// A pool taken away would take other Buffers' bytes along.
function keepPool() {
  throw new TypeError('The pool of Buffers cannot be transferred');
}

const kept = { transfer: { value: keepPool }, transferToFixedLength: { value: keepPool } };

function renewPool() {
  poolSize = require('buffer').Buffer.poolSize;
  poolBytes = new ArrayBuffer(poolSize);
  Object.defineProperties(poolBytes, kept);
  untransferable.add(poolBytes);
  pool = new FastBuffer(poolBytes);
  poolOffset = 0;
}

// The next slice of the pool. Slices start at multiples of eight.
function claim(size) {
  const slice = new FastBuffer(poolBytes, poolOffset, size);
  poolOffset = poolOffset + size + 7 & ~7;
  return slice;
}

function poolHolds(size) {
  if (poolBytes === null) renewPool();
  if (size >= poolSize >>> 1) return false;
  if (size > poolSize - poolOffset) renewPool();
  return size < poolSize >>> 1;
}

function pooled(size) {
  if (size <= 0) return new FastBuffer(0);
  return poolHolds(size) ? claim(size) : new FastBuffer(size);
}

function allocUnsafe(size) {
  requireSize(size, 'size');
  return pooled(Math.trunc(size));
}

function allocUnsafeSlow(size) {
  requireSize(size, 'size');
  return new FastBuffer(size);
}

function alloc(size, fill, encoding) {
  requireSize(size, 'size');
  const buffer = new FastBuffer(size);
  if (fill === undefined || fill === 0 || size <= 0) return buffer;
  return require('buffer/search').fill(buffer, fill, 0, buffer.length, encoding);
}

// ---- from() ----

function fromText(text, id) {
  const length = text.length;
  if (length === 0) return new FastBuffer(0);
  const digits = decodeDigits(text, id);
  if (digits !== undefined) return new FastBuffer(digits);
  const room = maxBytes(id, length);
  if (!poolHolds(room)) return new FastBuffer(native.encode(text, id));
  const written = write(pool, text, id, poolOffset, room);
  return claim(written);
}

function fromString(text, encoding) {
  let id = UTF8;
  if (typeof encoding === 'string' && encoding.length > 0) {
    id = encodingOf(encoding);
    if (id < 0) rejectEncoding(encoding);
  }
  return fromText(text, id);
}

function fromArrayBuffer(source, byteOffset, length) {
  if (byteOffset === undefined) {
    byteOffset = 0;
  } else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }
  const { codes } = require('internal/errors');
  const most = source.byteLength - byteOffset;
  if (most < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (byteOffset < 0) throw new RangeError(`Start offset ${byteOffset} is outside the bounds of the buffer`);
  if (length !== undefined) {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > most) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  }
  return new FastBuffer(source, byteOffset, length);
}

function fromArrayLike(source) {
  const length = source.length;
  if (typeof length !== 'number' || !(length > 0)) return new FastBuffer(0);
  const buffer = pooled(Math.trunc(length));
  setBytes.call(buffer, source);
  return buffer;
}

function rejectSource(value) {
  rejectType('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
}

// Objects that stand for something else: by their valueOf(), as an array-like, or as toJSON() made them.
function fromObject(value, encodingOrOffset, length) {
  const primitive = typeof value.valueOf === 'function' ? value.valueOf() : undefined;
  if (primitive !== undefined && primitive !== null && primitive !== value &&
      (typeof primitive === 'string' || typeof primitive === 'object')) {
    return from(primitive, encodingOrOffset, length);
  }
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer(0);
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
  if (typeof value[Symbol.toPrimitive] === 'function') {
    const text = value[Symbol.toPrimitive]('string');
    if (typeof text === 'string') return fromString(text, encodingOrOffset);
  }
  return rejectSource(value);
}

function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value !== 'object' || value === null) return rejectSource(value);
  if (isUint8Array(value) || Array.isArray(value)) return fromArrayLike(value);
  if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
  return fromObject(value, encodingOrOffset, length);
}

function copyBytesFrom(view, offset, length) {
  if (!ArrayBuffer.isView(view) || tagOfTypedArray.call(view) === undefined) {
    rejectType('view', ['TypedArray'], view);
  }
  const size = view.length;
  if (size === 0) return new FastBuffer(0);
  let start = 0;
  let end = size;
  if (offset !== undefined) {
    requireInteger(offset, 'offset', 0, Number.MAX_SAFE_INTEGER);
    if (offset >= size) return new FastBuffer(0);
    start = offset;
  }
  if (length !== undefined) {
    requireInteger(length, 'length', 0, Number.MAX_SAFE_INTEGER);
    end = Math.min(start + length, size);
  }
  const width = view.BYTES_PER_ELEMENT;
  return fromArrayLike(new Uint8Array(view.buffer, view.byteOffset + start * width, (end - start) * width));
}

function of(...items) {
  return fromArrayLike(items);
}

function concat(list, length) {
  if (!Array.isArray(list)) rejectType('list', 'Array', list);
  if (list.length === 0) return new FastBuffer(0);
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) length += list[i]?.length || 0;
  } else {
    requireInteger(length, 'length', 0, Number.MAX_SAFE_INTEGER);
  }
  const joined = pooled(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const piece = list[i];
    if (!isUint8Array(piece)) rejectType(`list[${i}]`, ['Buffer', 'Uint8Array'], piece);
    const size = piece.length;
    if (size <= length - at) {
      setBytes.call(joined, piece, at);
      at += size;
    } else if (at < length) {
      setBytes.call(joined, new Uint8Array(piece.buffer, piece.byteOffset, length - at), at);
      at = length;
    }
  }
  return joined;
}

module.exports = { alloc, allocUnsafe, allocUnsafeSlow, from, fromText, copyBytesFrom, of, concat };
