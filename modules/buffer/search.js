// SPDX-License-Identifier: MIT
//
// Bytes among bytes: compare, search, fill, copy, swap. Idea: as for text, short work stays here and long work
// crosses to C or into the engine's own methods. No state.
'use strict';

const native = binding('buffer');
const { UTF8, UTF16LE, LATIN1, encodingOf, rejectEncoding } = require('buffer/encodings');
const { isUint8Array, rejectType, requireInteger } = require('buffer/kinds');

const SHORT = 64;
const typedArray = Uint8Array.prototype;

// ---- Order ----

// Compares [aStart, aEnd) of a with [bStart, bEnd) of b.
function compareRanges(a, aStart, aEnd, b, bStart, bEnd) {
  const aSize = aEnd - aStart;
  const bSize = bEnd - bStart;
  const shared = aSize < bSize ? aSize : bSize;
  if (shared > SHORT) return native.compare(a, aStart, aEnd, b, bStart, bEnd);
  for (let i = 0; i < shared; i++) {
    const difference = a[aStart + i] - b[bStart + i];
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return aSize < bSize ? -1 : aSize > bSize ? 1 : 0;
}

function compareBuffers(a, b) {
  if (!isUint8Array(a)) rejectType('buf1', ['Buffer', 'Uint8Array'], a);
  if (!isUint8Array(b)) rejectType('buf2', ['Buffer', 'Uint8Array'], b);
  return a === b ? 0 : compareRanges(a, 0, a.length, b, 0, b.length);
}

// buffer.compare() with ranges, of which each may be missing.
function compare(source, target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (!isUint8Array(target)) rejectType('target', ['Buffer', 'Uint8Array'], target);
  if (targetStart === undefined) targetStart = 0;
  else requireInteger(targetStart, 'targetStart', 0, Number.MAX_SAFE_INTEGER);
  if (targetEnd === undefined) targetEnd = target.length;
  else requireInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else requireInteger(sourceStart, 'sourceStart', 0, Number.MAX_SAFE_INTEGER);
  if (sourceEnd === undefined) sourceEnd = source.length;
  else requireInteger(sourceEnd, 'sourceEnd', 0, source.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return compareRanges(source, sourceStart, sourceEnd, target, targetStart, targetEnd);
}

function equals(a, b) {
  if (!isUint8Array(b)) rejectType('otherBuffer', ['Buffer', 'Uint8Array'], b);
  const size = a.byteLength;
  if (a === b) return true;
  return size === b.byteLength && compareRanges(a, 0, size, b, 0, size) === 0;
}

// ---- Search ----

function indexOfByte(buffer, value, offset, forward) {
  if (offset < 0) offset += buffer.length;
  if (forward) return typedArray.indexOf.call(buffer, value, offset < 0 ? 0 : offset);
  return offset < 0 ? -1 : typedArray.lastIndexOf.call(buffer, value, offset);
}

function indexOfBytes(buffer, needle, offset, forward, wide) {
  const size = buffer.length;
  if (offset < 0) offset += size;
  if (offset < 0) {
    if (!forward) return needle.length === 0 ? 0 : -1;
    offset = 0;
  }
  if (needle.length === 0) return Math.min(offset, size);
  if (forward && offset >= size) return -1;
  if (wide && (needle.length < 2 || size < 2)) return -1;
  return native.indexOf(buffer, needle, Math.min(offset, size), forward, wide ? 2 : 1);
}

// indexOf() and lastIndexOf(): the offset may be left out, be anything convertible, or be the encoding.
function search(buffer, value, byteOffset, encoding, forward) {
  if (!ArrayBuffer.isView(buffer)) rejectType('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  const size = buffer.length;
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  }
  let offset = byteOffset === undefined && !forward ? size : +byteOffset;
  if (Number.isNaN(offset)) offset = forward ? 0 : size;
  offset = Math.trunc(offset);

  if (typeof value === 'number') return indexOfByte(buffer, value >>> 0 & 255, offset, forward);
  let id = UTF8;
  if (encoding !== undefined) {
    id = encodingOf(encoding);
    if (id < 0 && typeof value === 'string') rejectEncoding(encoding);
  }
  if (typeof value === 'string') value = require('buffer/alloc').fromText(value, id);
  else if (!isUint8Array(value)) rejectType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  return indexOfBytes(buffer, value, offset, forward, id === UTF16LE);
}

// ---- Fill ----

// The bytes to repeat, or a number where one byte will do.
function fillPattern(value, encoding) {
  if (typeof value === 'boolean') return +value;
  if (typeof value !== 'string') return isUint8Array(value) ? value : value & 255;
  let id = UTF8;
  if (encoding !== undefined) {
    if (typeof encoding !== 'string') rejectType('encoding', 'string', encoding);
    id = encodingOf(encoding);
    if (id < 0) rejectEncoding(encoding);
  }
  if (value.length === 0) return 0;
  if (value.length === 1) {
    const code = value.charCodeAt(0);
    if (code < 128 && id === UTF8 || id === LATIN1) return code & 255;
  }
  return require('buffer/alloc').fromText(value, id);
}

function repeat(buffer, pattern, start, end) {
  const size = end - start;
  let done = Math.min(pattern.length, size);
  typedArray.set.call(buffer, done < pattern.length ? pattern.subarray(0, done) : pattern, start);
  for (; done < size; done *= 2) {
    typedArray.copyWithin.call(buffer, start + done, start, start + Math.min(done, size - done));
  }
}

function fill(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = undefined;
    } else if (offset !== undefined && typeof offset !== 'number') {
      rejectType('encoding', 'string', offset);
    }
  }
  const pattern = fillPattern(value, encoding);
  const { codes } = require('internal/errors');
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    requireInteger(offset, 'offset', 0, Number.MAX_SAFE_INTEGER);
    if (end === undefined) end = buffer.length;
    else requireInteger(end, 'end', 0, buffer.length);
    if (offset >= end) return buffer;
  }
  if (end > buffer.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  if (typeof pattern === 'number') typedArray.fill.call(buffer, pattern, offset, end);
  else if (pattern.length > 0) repeat(buffer, pattern, offset, end);
  else throw new codes.ERR_INVALID_ARG_VALUE('value', value);
  return buffer;
}

// ---- Copy and swap ----

function toOffset(value, name, fallback, high) {
  if (value === undefined) return fallback;
  const number = Number.isInteger(value) ? value : Math.trunc(+value) || 0;
  if (number >= 0 && number <= high) return number;
  const { codes } = require('internal/errors');
  const range = high === Infinity ? '>= 0' : `>= 0 && <= ${high}`;
  throw new codes.ERR_OUT_OF_RANGE(name, range, value);
}

// The bytes of another kind of view.
function bytesOf(view, name) {
  if (!ArrayBuffer.isView(view)) rejectType(name, ['Buffer', 'Uint8Array'], view);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function copy(source, target, targetStart, sourceStart, sourceEnd) {
  if (!isUint8Array(source)) source = bytesOf(source, 'source');
  if (!isUint8Array(target)) target = bytesOf(target, 'target');
  const to = toOffset(targetStart, 'targetStart', 0, Infinity);
  const from = toOffset(sourceStart, 'sourceStart', 0, source.length);
  const end = toOffset(sourceEnd, 'sourceEnd', source.length, Infinity);
  const room = target.length - to;
  let count = Math.min(end, source.length) - from;
  if (count <= 0 || room <= 0) return 0;
  if (count > room) count = room;
  if (count === source.length) typedArray.set.call(target, source, to);
  else typedArray.set.call(target, new Uint8Array(source.buffer, source.byteOffset + from, count), to);
  return count;
}

function swap(buffer, width) {
  const size = buffer.length;
  if (size % width !== 0) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_BUFFER_SIZE(`${width * 8}-bits`);
  }
  if (size > SHORT * 2) {
    native.swap(buffer, width);
    return buffer;
  }
  for (let at = 0; at < size; at += width) {
    for (let low = at, high = at + width - 1; low < high; low++, high--) {
      const byte = buffer[low];
      buffer[low] = buffer[high];
      buffer[high] = byte;
    }
  }
  return buffer;
}

module.exports = { compareBuffers, compare, equals, search, fill, copy, swap };
