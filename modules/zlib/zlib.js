// SPDX-License-Identifier: MIT
//
// `zlib`: the public classes and functions. The functions on whole buffers never make a stream: the C half does them
// in one go, on the thread pool where there is a callback. The classes are loaded when first asked for.
'use strict';

const buffer = require('buffer');
const { codes: errors } = require('internal/errors');
const { bindCallback } = require('internal/async');
const { validateFunction } = require('internal/validators');
const { constants, codes } = require('zlib/constants');
const { settle } = require('zlib/options');
const codecs = binding('zlib');

const { Buffer } = buffer;

// Public name -> [mode, name of the function on whole buffers, whether it is of the zlib family].
const kinds = {
  Deflate: [constants.DEFLATE, 'deflate', true],
  Inflate: [constants.INFLATE, 'inflate', true],
  Gzip: [constants.GZIP, 'gzip', true],
  Gunzip: [constants.GUNZIP, 'gunzip', true],
  DeflateRaw: [constants.DEFLATERAW, 'deflateRaw', true],
  InflateRaw: [constants.INFLATERAW, 'inflateRaw', true],
  Unzip: [constants.UNZIP, 'unzip', true],
  BrotliCompress: [constants.BROTLI_ENCODE, 'brotliCompress', false],
  BrotliDecompress: [constants.BROTLI_DECODE, 'brotliDecompress', false],
  ZstdCompress: [constants.ZSTD_COMPRESS, 'zstdCompress', false],
  ZstdDecompress: [constants.ZSTD_DECOMPRESS, 'zstdDecompress', false],
};

// ---- Classes ----

const warned = new Set();

function warnWithoutNew(name) {
  if (warned.has(name)) return;
  warned.add(name);
  process.emitWarning(
    `Instantiating ${name} without the 'new' keyword has been deprecated.`, 'DeprecationWarning', 'DEP0184');
}

// Functions rather than classes: they can be called without `new`, and old code inherits from them by `call`.
function makeClass(name) {
  const [mode, , isZlib] = kinds[name];
  const streams = require('zlib/stream');
  const Base = isZlib ? streams.Zlib : streams.ZlibBase;
  const Class = {
    [name]: function(opts) {
      if (!(this instanceof Class)) {
        warnWithoutNew(name);
        return new Class(opts);
      }
      Base.call(this, opts, mode);
    },
  }[name];
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  return Class;
}

const classes = new Map();

function classOf(name) {
  let Class = classes.get(name);
  if (Class === undefined) {
    Class = makeClass(name);
    classes.set(name, Class);
  }
  return Class;
}

// ---- Whole buffers ----

function bytesOf(value, name, kindsAllowed) {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value) || require('util/types').isAnyArrayBuffer(value)) return value;
  throw new errors.ERR_INVALID_ARG_TYPE(name, kindsAllowed, value);
}

function wholeError(fault, settings) {
  if (fault[2] === 'ERR_BUFFER_TOO_LARGE') return new errors.ERR_BUFFER_TOO_LARGE(settings.maxOutputLength);
  return require('zlib/stream').faultError(fault);
}

function withEngine(name, opts, input, result) {
  const engine = new (classOf(name))(opts);
  engine.bytesWritten = input.byteLength;
  engine.close();
  return { buffer: result, engine };
}

function makeSync(name) {
  const [mode, method] = kinds[name];
  return {
    [`${method}Sync`]: function(buffer, opts) {
      const input = bytesOf(buffer, 'buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer']);
      const s = settle(opts, mode);
      const result = codecs.whole(
        mode, s.pairs, s.dictionary, s.pledged, input, s.finishFlush, s.maxOutputLength);
      if (Array.isArray(result)) throw wholeError(result, s);
      const out = Buffer.from(result);
      return s.info ? withEngine(name, opts, input, out) : out;
    },
  }[`${method}Sync`];
}

function makeAsync(name) {
  const [mode, method] = kinds[name];
  return {
    [method]: function(buffer, opts, callback) {
      if (typeof opts === 'function') {
        callback = opts;
        opts = {};
      }
      validateFunction(callback, 'callback');
      const s = settle(opts, mode);
      const input = buffer === undefined || buffer === null ? Buffer.alloc(0) :
        bytesOf(buffer, 'chunk', ['string', 'Buffer', 'TypedArray', 'DataView']);
      const refused = codecs.wholeLater(
        mode, s.pairs, s.dictionary, s.pledged, input, s.finishFlush, s.maxOutputLength,
        bindCallback((result) => {
          if (Array.isArray(result)) return callback(wholeError(result, s));
          const out = Buffer.from(result);
          callback(null, s.info ? withEngine(name, opts, input, out) : out);
        }, 'ZLIB'));
      if (refused !== undefined) throw wholeError(refused, s);
    },
  }[method];
}

// ---- Checksums ----

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new errors.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  require('internal/validators').validateUint32(value, 'value');
  return codecs.crc32(typeof data === 'string' ? Buffer.from(data) : data, value);
}

// ---- Exports ----

function defineLazily(name, make) {
  Object.defineProperty(exports, name, {
    __proto__: null, configurable: true, enumerable: true,
    get() {
      const value = make(name);
      Object.defineProperty(exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
      return value;
    },
    set(value) {
      Object.defineProperty(exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
    },
  });
}

exports.crc32 = crc32;
for (const name of Object.keys(kinds)) defineLazily(name, classOf);
for (const name of Object.keys(kinds)) {
  const method = kinds[name][1];
  exports[method] = makeAsync(name);
  exports[`${method}Sync`] = makeSync(name);
}
for (const name of Object.keys(kinds)) {
  Object.defineProperty(exports, `create${name}`, {
    __proto__: null, configurable: true, enumerable: true,
    value: { [`create${name}`](opts) { return new (classOf(name))(opts); } }[`create${name}`],
  });
}
Object.defineProperty(exports, 'constants', { __proto__: null, enumerable: true, value: constants });
Object.defineProperty(exports, 'codes', { __proto__: null, enumerable: true, value: codes });

// zlib.Z_NO_FLUSH and so on: deprecated in documentation only, and still used everywhere.
for (const name of Object.keys(constants)) {
  if (name.startsWith('BROTLI')) continue;
  Object.defineProperty(exports, name, { __proto__: null, enumerable: false, value: constants[name] });
}
