// SPDX-License-Identifier: MIT
//
// Random bytes, numbers and identifiers.
'use strict';

const buffer = require('buffer');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { openSSLError } = require('crypto/errors');
const native = binding('crypto');

const { Buffer } = buffer;
const MAX_SIZE = Math.min(buffer.kMaxLength, 2 ** 31 - 1);

function checkSize(size, name, offset, length) {
  validateNumber(size, name);
  if (Number.isNaN(size) || size > MAX_SIZE || size < 0) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${MAX_SIZE}`, size);
  }
  if (offset + size > length) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  return Math.trunc(size);
}

function checkOffset(offset, length) {
  validateNumber(offset, 'offset');
  if (Number.isNaN(offset) || offset > length || offset < 0) {
    throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${length}`, offset);
  }
  return Math.trunc(offset);
}

function fillNow(target, offset, size) {
  if (native.randomFill(target, offset, size, undefined) === null) throw openSSLError(null);
}

function fillLater(target, offset, size, callback) {
  native.randomFill(target, offset, size, require('internal/async').bindCallback((ok) => {
    if (ok) callback(null, target);
    else callback(openSSLError(null));
  }, 'RANDOMBYTESREQUEST'));
}

function randomBytes(size, callback) {
  size = checkSize(size, 'size', 0, Infinity);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = Buffer.from(new ArrayBuffer(size));
  if (callback === undefined) {
    fillNow(bytes, 0, size);
    return bytes;
  }
  fillLater(bytes, 0, size, callback);
}

function checkTarget(target) {
  if (ArrayBuffer.isView(target) || require('util/types').isAnyArrayBuffer(target)) return;
  throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], target);
}

// Offsets and sizes are counted in elements.
function randomFillSync(target, offset = 0, size) {
  checkTarget(target);
  const width = target.BYTES_PER_ELEMENT || 1;
  offset = checkOffset(scaled(offset, width), target.byteLength);
  size = size === undefined ? target.byteLength - offset :
    checkSize(scaled(size, width), 'size', offset, target.byteLength);
  if (size > 0) fillNow(target, offset, size);
  return target;
}

function scaled(value, width) {
  return typeof value === 'number' ? value * width : value;
}

function randomFill(target, offset, size, callback) {
  checkTarget(target);
  const width = target.BYTES_PER_ELEMENT || 1;
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  offset = checkOffset(scaled(offset, width), target.byteLength);
  size = size === undefined ? target.byteLength - offset :
    checkSize(scaled(size, width), 'size', offset, target.byteLength);
  if (size === 0) {
    process.nextTick(callback, null, target);
    return;
  }
  fillLater(target, offset, size, callback);
}

// ---- Numbers ----

const SPAN = 2 ** 48; // six random bytes
const RAW_BYTES = 6 * 512;
let raw = null;
let rawAt = RAW_BYTES;

function random48() {
  if (rawAt === RAW_BYTES) {
    if (raw === null) raw = Buffer.from(new ArrayBuffer(RAW_BYTES));
    fillNow(raw, 0, RAW_BYTES);
    rawAt = 0;
  }
  const at = rawAt;
  rawAt += 6;
  const low = (raw[at] << 24 | raw[at + 1] << 16 | raw[at + 2] << 8 | raw[at + 3]) >>> 0;
  return (raw[at + 4] << 8 | raw[at + 5]) * 2 ** 32 + low;
}

// Every value of the range is equally likely: values above the last whole multiple of it are drawn again.
function drawBelow(range) {
  const limit = Math.floor(SPAN / range) * range;
  let value;
  do value = random48(); while (value >= limit);
  return value - Math.floor(value / range) * range; // exact below 2^53, and faster than % on such numbers
}

function randomInt(min, max, callback) {
  const onlyMax = max === undefined || typeof max === 'function';
  if (onlyMax) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (range > SPAN - 1) {
    throw new codes.ERR_OUT_OF_RANGE(onlyMax ? 'max' : 'max - min', `<= ${SPAN - 1}`, range);
  }
  const value = drawBelow(range) + min;
  if (callback === undefined) return value;
  process.nextTick(callback, undefined, value);
}

// ---- Identifiers ----

function randomUUID(options) {
  let fresh = false;
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) {
      validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
      fresh = options.disableEntropyCache;
    }
  }
  const uuid = native.uuid(fresh);
  if (uuid === null) throw openSSLError(null);
  return uuid;
}

module.exports = { randomBytes, randomFill, randomFillSync, randomInt, randomUUID };
