// SPDX-License-Identifier: MIT
//
// Buffer.prototype: the methods, on top of encodings.js, search.js and the numbers. Each checks its arguments in
// Node's order and words. No state.
'use strict';

const {
  UTF8, UTF16LE, LATIN1, ASCII, BASE64, BASE64URL, HEX, requireEncoding, decode, write: writeText,
} = require('buffer/encodings');
const { FastBuffer } = require('internal/fast_buffer');
const search = require('buffer/search');
const { numbers } = require('buffer/numbers');
const { wideNumbers } = require('buffer/wide_numbers');
const { isUint8Array, requireInteger } = require('buffer/kinds');

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const getLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get;

// ---- Text ----

// toString()'s offsets: anything is accepted and clamped.
function clampOffset(value, length) {
  if (value <= 0) return 0;
  if (value >= length) return length;
  return Math.trunc(value) || 0;
}

function toString(encoding, start, end) {
  const length = this.length;
  if (arguments.length === 0) return decode(this, UTF8, 0, length);
  start = start === undefined ? 0 : clampOffset(start, length);
  end = end === undefined ? length : clampOffset(end, length);
  if (end <= start) return '';
  return decode(this, encoding === undefined ? UTF8 : requireEncoding(encoding), start, end);
}

function write(string, offset, length, encoding) {
  if (typeof string !== 'string') {
    const { codes } = require('internal/errors');
    const error = new codes.ERR_INVALID_ARG_TYPE('argument', 'string', string);
    error.message = 'argument must be a string';
    throw error;
  }
  const size = this.length;
  if (offset === undefined) return writeText(this, string, UTF8, 0, size);
  if (length === undefined && typeof offset === 'string') {
    return writeText(this, string, requireEncoding(offset), 0, size);
  }
  requireInteger(offset, 'offset', 0, size);
  let room = size - offset;
  if (typeof length === 'string') {
    encoding = length;
  } else if (length !== undefined) {
    requireInteger(length, 'length', 0, size);
    if (length < room) room = length;
  }
  return writeText(this, string, encoding ? requireEncoding(encoding) : UTF8, offset, room);
}

function rejectIndex() {
  const { codes } = require('internal/errors');
  const error = new codes.ERR_OUT_OF_RANGE('index', '>= 0', -1);
  error.message = 'Index out of range';
  throw error;
}

// utf8Slice() and the like: strict bounds, no names.
function sliceOf(id) {
  return function(start, end) {
    const length = getLength.call(this);
    start = start === undefined ? 0 : Math.trunc(+start) || 0;
    end = end === undefined ? length : Math.trunc(+end) || 0;
    if (start < 0 || end < 0) rejectIndex();
    if (end < start) end = start;
    if (end > length) rejectIndex();
    return decode(this, id, start, end);
  };
}

function writerOf(id) {
  return function(string, offset, length) {
    const { codes } = require('internal/errors');
    const size = getLength.call(this);
    if (offset === undefined) offset = 0;
    if (length === undefined) length = size - offset;
    if (typeof string !== 'string') {
      const error = new codes.ERR_INVALID_ARG_TYPE('argument', 'string', string);
      error.message = 'argument must be a string';
      throw error;
    }
    if (offset < 0 || offset > size) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
    if (length < 0 || length > size - offset) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
    return writeText(this, string, id, offset, length);
  };
}

// ---- Slices ----

function relativeOffset(value, length) {
  value = Math.trunc(+value);
  if (Number.isNaN(value) || value === 0) return 0;
  if (value < 0) return value + length > 0 ? value + length : 0;
  return value < length ? value : length;
}

function subarray(start, end) {
  const length = this.length;
  start = relativeOffset(start, length);
  end = end === undefined ? length : relativeOffset(end, length);
  return new FastBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
}

function slice(start, end) {
  return this.subarray(start, end);
}

// ---- Inspection ----

function inspect(depth, context) {
  const max = require('buffer').INSPECT_MAX_BYTES;
  const shown = Math.min(max, this.length);
  const rest = this.length - shown;
  let text = decode(this, HEX, 0, shown).replace(/(.{2})/g, '$1 ').trim();
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  if (context) {
    const extras = extraProperties(this, context);
    if (extras !== '') text += (this.length !== 0 ? ', ' : '') + extras;
  }
  let name = 'Buffer';
  try {
    if (this.constructor.name) name = this.constructor.name;
  } catch {
    // A constructor that throws when looked at has no name.
  }
  return `<${name} ${text}>`;
}

// Own properties that are no bytes, as inspect() shows an object's.
function extraProperties(buffer, context) {
  const extras = {};
  let any = false;
  for (const key of Reflect.ownKeys(buffer)) {
    if (typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key)) continue;
    if (!context.showHidden && !Object.prototype.propertyIsEnumerable.call(buffer, key)) continue;
    extras[key] = buffer[key];
    any = true;
  }
  if (!any) return '';
  const { inspect } = require('util/inspect');
  return inspect(extras, { ...context, breakLength: Infinity, compact: true }).slice(2, -2);
}

function toJSON() {
  const data = [];
  for (let i = 0; i < this.length; i++) data.push(this[i]);
  return { type: 'Buffer', data };
}

// ---- Assembly ----

const methods = {
  asciiSlice: sliceOf(ASCII),
  base64Slice: sliceOf(BASE64),
  base64urlSlice: sliceOf(BASE64URL),
  latin1Slice: sliceOf(LATIN1),
  hexSlice: sliceOf(HEX),
  ucs2Slice: sliceOf(UTF16LE),
  utf8Slice: sliceOf(UTF8),
  asciiWrite: writerOf(ASCII),
  base64Write: writerOf(BASE64),
  base64urlWrite: writerOf(BASE64URL),
  latin1Write: writerOf(LATIN1),
  hexWrite: writerOf(HEX),
  ucs2Write: writerOf(UTF16LE),
  utf8Write: writerOf(UTF8),
  copy(target, targetStart, sourceStart, sourceEnd) {
    return search.copy(this, target, targetStart, sourceStart, sourceEnd);
  },
  toString,
  equals(otherBuffer) { return search.equals(this, otherBuffer); },
  inspect,
  compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
    return search.compare(this, target, targetStart, targetEnd, sourceStart, sourceEnd);
  },
  indexOf: function indexOf(value, byteOffset, encoding) {
    return search.search(this, value, byteOffset, encoding, true);
  },
  lastIndexOf: function lastIndexOf(value, byteOffset, encoding) {
    return search.search(this, value, byteOffset, encoding, false);
  },
  includes(value, byteOffset, encoding) {
    return search.search(this, value, byteOffset, encoding, true) !== -1;
  },
  fill(value, offset, end, encoding) { return search.fill(this, value, offset, end, encoding); },
  write,
  toJSON,
  subarray,
  slice,
  swap16() { return search.swap(this, 2); },
  swap32() { return search.swap(this, 4); },
  swap64() { return search.swap(this, 8); },
  toLocaleString: toString,
  [customInspectSymbol]: inspect,
};

// Node's older spelling 'UInt' and the newer 'Uint' are the same functions.
function defineNumbers(target, table) {
  for (const name of Object.keys(table)) {
    target[name] = table[name];
    if (name.includes('UInt')) target[name.replace('UInt', 'Uint')] = table[name];
  }
}

function defineOn(prototype) {
  defineNumbers(prototype, wideNumbers);
  defineNumbers(prototype, numbers);
  Object.defineProperty(prototype, 'parent', {
    enumerable: true,
    get() { return isUint8Array(this) ? this.buffer : undefined; },
  });
  Object.defineProperty(prototype, 'offset', {
    enumerable: true,
    get() { return isUint8Array(this) ? this.byteOffset : undefined; },
  });
  for (const key of Reflect.ownKeys(methods)) prototype[key] = methods[key];
}

module.exports = { defineOn };
