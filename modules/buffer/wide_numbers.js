// SPDX-License-Identifier: MIT
//
// Buffer.prototype's other numbers: integers of a length given at run time, 64-bit integers, floats and doubles.
// Idea: floats go through one scratch array, whose bytes are in the machine's order (little endian; lode runs
// nowhere else). The scratch holds a value only within one call.
'use strict';

const { rejectOffset, rejectValue } = require('buffer/numbers');

const memory = new ArrayBuffer(8);
const scratch = new Uint8Array(memory);
const asFloat = new Float32Array(memory);
const asDouble = new Float64Array(memory);
const asInt64 = new BigInt64Array(memory);
const asUint64 = new BigUint64Array(memory);

function rejectByteLength(byteLength) {
  const { codes } = require('internal/errors');
  if (typeof byteLength !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('byteLength', 'number', byteLength);
  if (Math.floor(byteLength) !== byteLength) {
    throw new codes.ERR_OUT_OF_RANGE('byteLength', 'an integer', byteLength);
  }
  throw new codes.ERR_OUT_OF_RANGE('byteLength', '>= 1 and <= 6', byteLength);
}

// An offset that must be given, with `size` bytes behind it.
function checkSpan(buffer, offset, size) {
  if (size !== 1 && size !== 2 && size !== 3 && size !== 4 && size !== 5 && size !== 6) rejectByteLength(size);
  if (offset >>> 0 !== offset || !(offset + size <= buffer.length)) rejectOffset(buffer, offset, size);
}

// Up to 48 bits as high and low halves, because bitwise operators see only 32.
function readLE(buffer, offset, size) {
  let value = 0;
  let unit = 1;
  for (let i = 0; i < size; i++, unit *= 256) value += buffer[offset + i] * unit;
  return value;
}

function readBE(buffer, offset, size) {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + buffer[offset + i];
  return value;
}

function toSigned(value, size) {
  const half = 2 ** (8 * size - 1);
  return value >= half ? value - 2 * half : value;
}

function rejectWide(value, low, high, size, signed) {
  if (size < 5) rejectValue(value, low, high);
  const { codes } = require('internal/errors');
  const bits = signed ? size * 8 - 1 : size * 8;
  const floor = signed ? `-(2 ** ${bits})` : '0';
  throw new codes.ERR_OUT_OF_RANGE('value', `>= ${floor} and < 2 ** ${bits}`, value);
}

function checkWide(buffer, value, offset, size, signed) {
  if (size !== 1 && size !== 2 && size !== 3 && size !== 4 && size !== 5 && size !== 6) rejectByteLength(size);
  const span = 2 ** (8 * size);
  const low = signed ? -span / 2 : 0;
  const high = signed ? span / 2 - 1 : span - 1;
  if (value > high || value < low) rejectWide(value, low, high, size, signed);
  if (offset >>> 0 !== offset || !(offset + size <= buffer.length)) rejectOffset(buffer, offset, size);
}

function writeLE(buffer, value, offset, size, signed) {
  value = +value;
  checkWide(buffer, value, offset, size, signed);
  const upper = Math.floor(value / 2 ** 32);
  for (let i = 0; i < size; i++) buffer[offset + i] = i < 4 ? value >>> (8 * i) : upper >>> (8 * (i - 4));
  return offset + size;
}

function writeBE(buffer, value, offset, size, signed) {
  value = +value;
  checkWide(buffer, value, offset, size, signed);
  const upper = Math.floor(value / 2 ** 32);
  for (let i = 0; i < size; i++) {
    buffer[offset + size - 1 - i] = i < 4 ? value >>> (8 * i) : upper >>> (8 * (i - 4));
  }
  return offset + size;
}

// Eight bytes into the scratch, in the order that makes the number.
function loadLE(buffer, offset, size) {
  if (offset >>> 0 !== offset || !(offset + size <= buffer.length)) rejectOffset(buffer, offset, size);
  for (let i = 0; i < size; i++) scratch[i] = buffer[offset + i];
}

function loadBE(buffer, offset, size) {
  if (offset >>> 0 !== offset || !(offset + size <= buffer.length)) rejectOffset(buffer, offset, size);
  for (let i = 0; i < size; i++) scratch[i] = buffer[offset + size - 1 - i];
}

function storeLE(buffer, offset, size) {
  if (offset >>> 0 !== offset || !(offset + size <= buffer.length)) rejectOffset(buffer, offset, size);
  for (let i = 0; i < size; i++) buffer[offset + i] = scratch[i];
  return offset + size;
}

function storeBE(buffer, offset, size) {
  if (offset >>> 0 !== offset || !(offset + size <= buffer.length)) rejectOffset(buffer, offset, size);
  for (let i = 0; i < size; i++) buffer[offset + i] = scratch[size - 1 - i];
  return offset + size;
}

function rejectMixing() {
  throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
}

function putInt64(value) {
  if (typeof value !== 'bigint') rejectMixing();
  if (value > 0x7fffffffffffffffn || value < -0x8000000000000000n) rejectBig(value, '-(2n ** 63n)', '2n ** 63n');
  asInt64[0] = value;
}

function putUint64(value) {
  if (typeof value !== 'bigint') rejectMixing();
  if (value > 0xffffffffffffffffn || value < 0n) rejectBig(value, '0n', '2n ** 64n');
  asUint64[0] = value;
}

function rejectBig(value, low, high) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_OUT_OF_RANGE('value', `>= ${low} and < ${high}`, value);
}

const wideNumbers = {
  readUIntLE(offset, byteLength) {
    checkSpan(this, offset, byteLength);
    return readLE(this, offset, byteLength);
  },
  readUIntBE(offset, byteLength) {
    checkSpan(this, offset, byteLength);
    return readBE(this, offset, byteLength);
  },
  readIntLE(offset, byteLength) {
    checkSpan(this, offset, byteLength);
    return toSigned(readLE(this, offset, byteLength), byteLength);
  },
  readIntBE(offset, byteLength) {
    checkSpan(this, offset, byteLength);
    return toSigned(readBE(this, offset, byteLength), byteLength);
  },
  writeUIntLE(value, offset, byteLength) { return writeLE(this, value, offset, byteLength, false); },
  writeUIntBE(value, offset, byteLength) { return writeBE(this, value, offset, byteLength, false); },
  writeIntLE(value, offset, byteLength) { return writeLE(this, value, offset, byteLength, true); },
  writeIntBE(value, offset, byteLength) { return writeBE(this, value, offset, byteLength, true); },

  readBigUInt64LE(offset = 0) { loadLE(this, offset, 8); return asUint64[0]; },
  readBigUInt64BE(offset = 0) { loadBE(this, offset, 8); return asUint64[0]; },
  readBigInt64LE(offset = 0) { loadLE(this, offset, 8); return asInt64[0]; },
  readBigInt64BE(offset = 0) { loadBE(this, offset, 8); return asInt64[0]; },
  writeBigUInt64LE(value, offset = 0) { putUint64(value); return storeLE(this, offset, 8); },
  writeBigUInt64BE(value, offset = 0) { putUint64(value); return storeBE(this, offset, 8); },
  writeBigInt64LE(value, offset = 0) { putInt64(value); return storeLE(this, offset, 8); },
  writeBigInt64BE(value, offset = 0) { putInt64(value); return storeBE(this, offset, 8); },

  readFloatLE(offset = 0) { loadLE(this, offset, 4); return asFloat[0]; },
  readFloatBE(offset = 0) { loadBE(this, offset, 4); return asFloat[0]; },
  readDoubleLE(offset = 0) { loadLE(this, offset, 8); return asDouble[0]; },
  readDoubleBE(offset = 0) { loadBE(this, offset, 8); return asDouble[0]; },
  writeFloatLE(value, offset = 0) { asFloat[0] = value; return storeLE(this, offset, 4); },
  writeFloatBE(value, offset = 0) { asFloat[0] = value; return storeBE(this, offset, 4); },
  writeDoubleLE(value, offset = 0) { asDouble[0] = value; return storeLE(this, offset, 8); },
  writeDoubleBE(value, offset = 0) { asDouble[0] = value; return storeBE(this, offset, 8); },
};

module.exports = { wideNumbers };
