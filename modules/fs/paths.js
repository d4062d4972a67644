// SPDX-License-Identifier: MIT
//
// Arguments of `fs`: paths, descriptors, flags, modes, encodings, options, times. Everything here either
// returns what the C half takes or throws the coded error; nothing touches the disk.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } =
  require('internal/errors');
const { Buffer } = require('buffer');
const { constants } = binding('fs');
const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants;

const MAX_FD = 2147483647;
const EMPTY = Object.freeze({ __proto__: null });

// ---- Paths ----

function badNul(path, name) {
  const what = typeof path === 'string' || path instanceof Uint8Array ? path : String(path);
  return new ERR_INVALID_ARG_VALUE(name, what, 'must be a string, Uint8Array, or URL without null bytes');
}

function isUrl(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.protocol === 'string' && value.auth === undefined && value.path === undefined;
}

// A string or Uint8Array that the C half takes as it is.
function toPath(path, name = 'path') {
  if (typeof path === 'string') {
    if (path.includes('\0')) throw badNul(path, name);
    return path;
  }
  if (path instanceof Uint8Array) {
    if (path.includes(0)) throw badNul(path, name);
    return path;
  }
  if (isUrl(path)) {
    const text = require('web/url').fileURLToPath(path);
    if (text.includes('\0')) throw badNul(text, name);
    return text;
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
}

function pathText(path) {
  return typeof path === 'string' ? path : Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString();
}

// ---- Descriptors and numbers ----

function badFd(fd) {
  if (typeof fd !== 'number') return new ERR_INVALID_ARG_TYPE('fd', 'number', fd);
  if (!Number.isInteger(fd)) return new ERR_OUT_OF_RANGE('fd', 'an integer', fd);
  return new ERR_OUT_OF_RANGE('fd', `>= 0 && <= ${MAX_FD}`, fd);
}

function toFd(fd) {
  if (typeof fd === 'number' && (fd | 0) === fd && fd >= 0) return fd | 0; // -0 becomes 0
  throw badFd(fd);
}

function isFd(value) {
  return typeof value === 'number' && (value | 0) === value && value >= 0;
}

const OCTAL = /^[0-7]+$/;

function toMode(mode, name, otherwise) {
  if (mode === undefined || mode === null) {
    if (otherwise !== undefined) return otherwise;
  } else if (typeof mode === 'string') {
    const number = OCTAL.test(mode) ? Number.parseInt(mode, 8) : NaN;
    if (!(number <= 0xffffffff)) {
      throw new ERR_INVALID_ARG_VALUE(name, mode, 'must be a 32-bit unsigned integer or an octal string');
    }
    return number;
  }
  require('internal/validators').validateUint32(mode, name);
  return mode;
}

const FLAGS = {
  '__proto__': null,
  'r': O_RDONLY,
  'rs': O_RDONLY | O_SYNC,
  'sr': O_RDONLY | O_SYNC,
  'r+': O_RDWR,
  'rs+': O_RDWR | O_SYNC,
  'sr+': O_RDWR | O_SYNC,
  'w': O_TRUNC | O_CREAT | O_WRONLY,
  'wx': O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'xw': O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR,
  'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'xw+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'a': O_APPEND | O_CREAT | O_WRONLY,
  'ax': O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  'xa': O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  'as': O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  'sa': O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'xa+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
  'sa+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};

function toFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    require('internal/validators').validateInt32(flags, name);
    return flags;
  }
  if (flags === undefined || flags === null) return O_RDONLY;
  const number = typeof flags === 'string' ? FLAGS[flags] : undefined;
  if (number === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  return number;
}

// ---- Options ----

function checkEncoding(encoding) {
  if (encoding && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

// Options given as an encoding, an object, or (a callback's place) nothing. The result is not to be changed.
function toOptions(options, otherwise = EMPTY) {
  if (options === undefined || options === null || typeof options === 'function') return otherwise;
  if (typeof options === 'string') {
    checkEncoding(options);
    return otherwise === EMPTY ? { encoding: options } : { ...otherwise, encoding: options };
  }
  if (typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  checkEncoding(options.encoding);
  if (options.signal !== undefined) {
    require('internal/validators').validateAbortSignal(options.signal, 'options.signal');
  }
  return otherwise === EMPTY ? options : withDefaults(otherwise, options);
}

// Inherited options count too: a prototype's `flag` is an option.
function withDefaults(otherwise, options) {
  const merged = { ...otherwise };
  for (const key in options) if (options[key] !== undefined || !(key in otherwise)) merged[key] = options[key];
  return merged;
}

// Whether paths are to be returned as bytes, and what becomes of the bytes.
function wantsBytes(encoding) {
  return !!encoding && encoding !== 'utf8' && encoding !== 'utf-8';
}

function asBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodePath(value, encoding) {
  if (typeof value === 'string') return value;
  const buffer = asBuffer(value);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

// Seconds, from a number, a numeric string or a Date.
function toSeconds(time, name = 'time') {
  if (typeof time === 'string' && +time == time) return +time; // eslint-disable-line eqeqeq
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date || Object.prototype.toString.call(time) === '[object Date]') {
    return Date.prototype.getTime.call(time) / 1000;
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

// Bytes of anything that writeFile accepts as finished data; strings stay strings.
function toData(data, name = 'data') {
  if (typeof data === 'string' || ArrayBuffer.isView(data)) return data;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

function checkPosition(position, name, length) {
  if (typeof position === 'number') {
    require('internal/validators').validateInteger(position, name, -1);
  } else if (typeof position === 'bigint') {
    const most = 2n ** 63n - 1n - BigInt(length);
    if (!(position >= -1n && position <= most)) throw new ERR_OUT_OF_RANGE(name, `>= -1 && <= ${most}`, position);
  } else {
    throw new ERR_INVALID_ARG_TYPE(name, ['integer', 'bigint'], position);
  }
}

// The slice of a read must lie within the buffer, the one of a write too; the messages differ.
function checkReadSlice(offset, length, size) {
  if (offset < 0) throw new ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (offset + length > size) throw new ERR_OUT_OF_RANGE('length', `<= ${size - offset}`, length);
}

function checkWriteSlice(offset, length, size) {
  if (offset > size) throw new ERR_OUT_OF_RANGE('offset', `<= ${size}`, offset);
  if (length > size - offset) throw new ERR_OUT_OF_RANGE('length', `<= ${size - offset}`, length);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  require('internal/validators').validateInt32(length, 'length', 0);
}

function checkVector(buffers) {
  if (!Array.isArray(buffers)) throw new ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  for (let i = 0; i < buffers.length; i++) {
    if (!ArrayBuffer.isView(buffers[i])) throw new ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  }
  return buffers;
}

// The mode of access and copyFile: three bits, or nothing.
function toBits(mode) {
  if (mode === undefined || mode === null) return 0;
  if (typeof mode !== 'number') {
    throw Object.assign(new TypeError('mode must be int32 or null/undefined'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (!(mode >= 0 && mode < 8)) {
    throw Object.assign(new RangeError('mode is out of range: >= 0 && <= 7'), { code: 'ERR_OUT_OF_RANGE' });
  }
  return mode | 0;
}

function toOwner(id, name) {
  require('internal/validators').validateInteger(id, name, -1, 0xffffffff);
  return id;
}

function toCallback(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'cb');
  return callback;
}

module.exports = {
  EMPTY,
  asBuffer,
  badNul,
  checkEncoding,
  checkPosition,
  checkReadSlice,
  checkVector,
  checkWriteSlice,
  decodePath,
  isFd,
  isUrl,
  pathText,
  toBits,
  toCallback,
  toData,
  toFd,
  toFlags,
  toMode,
  toOptions,
  toOwner,
  toPath,
  toSeconds,
  wantsBytes,
};
