// SPDX-License-Identifier: MIT
//
// Options of zlib's classes and functions: checked once, and turned into what the C half takes: a list of numbers,
// a dictionary, flush kinds and limits.
'use strict';

const { codes } = require('internal/errors');
const { checkRangesOrGetDefault, validateFiniteNumber } = require('internal/validators');
const { constants: k } = require('zlib/constants');
const buffer = require('buffer');

const kMaxLength = buffer.kMaxLength; // read once: the limit for outputs of this module

const DEFAULT_CHUNK = 16 * 1024;
const NO_PAIRS = new Int32Array(0);

// What differs between the three families of codecs.
const families = {
  zlib: { flush: k.Z_NO_FLUSH, finish: k.Z_FINISH, full: k.Z_FULL_FLUSH, last: k.Z_BLOCK },
  brotli: {
    flush: k.BROTLI_OPERATION_PROCESS, finish: k.BROTLI_OPERATION_FINISH, full: k.BROTLI_OPERATION_FLUSH,
    last: k.BROTLI_OPERATION_EMIT_METADATA, error: 'ERR_BROTLI_INVALID_PARAM',
  },
  zstd: {
    flush: k.ZSTD_e_continue, finish: k.ZSTD_e_end, full: k.ZSTD_e_flush, last: k.ZSTD_e_end,
    error: 'ERR_ZSTD_INVALID_PARAM',
  },
};

function highestWith(prefix) {
  let highest = 0;
  for (const name of Object.keys(k)) {
    if (name.startsWith(prefix) && k[name] > highest) highest = k[name];
  }
  return highest;
}

function dictionaryOf(value) {
  if (value === undefined) return undefined;
  if (ArrayBuffer.isView(value) || require('util/types').isAnyArrayBuffer(value)) return value;
  throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], value);
}

// Decoders take 0 (or nothing): the size in the stream's header. Gzip has no window of 8 bits, and the encoder of
// the raw format silently takes 9 for 8, as zlib does.
function windowBitsOf(value, mode) {
  const decodes = mode === k.INFLATE || mode === k.GUNZIP || mode === k.UNZIP;
  if (decodes && (value === undefined || value === null || value === 0)) return 0;
  const lowest = mode === k.GZIP ? 9 : k.Z_MIN_WINDOWBITS;
  const bits = checkRangesOrGetDefault(value, 'options.windowBits', lowest, k.Z_MAX_WINDOWBITS, k.Z_DEFAULT_WINDOWBITS);
  return bits === 8 && mode === k.DEFLATERAW ? 9 : bits;
}

function zlibPairs(opts, mode) {
  return Int32Array.of(
    windowBitsOf(opts.windowBits, mode),
    checkRangesOrGetDefault(opts.level, 'options.level', k.Z_MIN_LEVEL, k.Z_MAX_LEVEL, k.Z_DEFAULT_COMPRESSION),
    checkRangesOrGetDefault(opts.memLevel, 'options.memLevel', k.Z_MIN_MEMLEVEL, k.Z_MAX_MEMLEVEL, k.Z_DEFAULT_MEMLEVEL),
    checkRangesOrGetDefault(opts.strategy, 'options.strategy', k.Z_DEFAULT_STRATEGY, k.Z_FIXED, k.Z_DEFAULT_STRATEGY));
}

// { [parameter]: value } as a flat list. The same parameter under two spellings is a mistake.
function parameterPairs(params, family, prefix) {
  if (params === undefined || params === null) return NO_PAIRS;
  const names = Object.keys(params);
  if (names.length === 0) return NO_PAIRS;
  const highest = highestWith(prefix);
  const pairs = [];
  const seen = new Set();
  for (const name of names) {
    const parameter = +name;
    if (!(parameter >= 0 && parameter <= highest) || seen.has(parameter)) throw new codes[family.error](name);
    const value = params[name];
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    seen.add(parameter);
    pairs.push(parameter, +value);
  }
  return Int32Array.from(pairs);
}

const prefixes = {
  [k.BROTLI_ENCODE]: 'BROTLI_PARAM_',
  [k.BROTLI_DECODE]: 'BROTLI_DECODER_PARAM_',
  [k.ZSTD_COMPRESS]: 'ZSTD_c_',
  [k.ZSTD_DECOMPRESS]: 'ZSTD_d_',
};

function familyOf(mode) {
  if (mode === k.BROTLI_ENCODE || mode === k.BROTLI_DECODE) return families.brotli;
  return mode === k.ZSTD_COMPRESS || mode === k.ZSTD_DECOMPRESS ? families.zstd : families.zlib;
}

function refuseBrotliDictionary(dictionary) {
  if (dictionary === undefined) return;
  const error = new Error('Dictionaries for Brotli are not supported: they need version 1.1 of the Brotli library');
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  throw error;
}

function chunkSizeOf(value) {
  if (!validateFiniteNumber(value, 'options.chunkSize')) return DEFAULT_CHUNK;
  if (value < k.Z_MIN_CHUNK) throw new codes.ERR_OUT_OF_RANGE('options.chunkSize', `>= ${k.Z_MIN_CHUNK}`, value);
  return value;
}

const NO_OPTIONS = {};

// Everything that opening a codec of this mode takes.
function settle(opts, mode) {
  opts = opts === undefined || opts === null ? NO_OPTIONS : opts;
  const family = familyOf(mode);
  const settings = {
    mode,
    family,
    chunkSize: chunkSizeOf(opts.chunkSize),
    flush: checkRangesOrGetDefault(opts.flush, 'options.flush', 0, family.last, family.flush),
    finishFlush: checkRangesOrGetDefault(opts.finishFlush, 'options.finishFlush', 0, family.last, family.finish),
    maxOutputLength: checkRangesOrGetDefault(opts.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength),
    pairs: NO_PAIRS,
    dictionary: undefined,
    pledged: -1,
    info: opts.info,
  };
  if (family === families.zlib) settings.pairs = zlibPairs(opts, mode);
  else settings.pairs = parameterPairs(opts.params, family, prefixes[mode]);
  settings.dictionary = dictionaryOf(opts.dictionary);
  if (family === families.brotli) refuseBrotliDictionary(settings.dictionary);
  if (mode === k.ZSTD_COMPRESS && opts.pledgedSrcSize !== undefined) {
    settings.pledged = checkRangesOrGetDefault(
      opts.pledgedSrcSize, 'options.pledgedSrcSize', 0, Number.MAX_SAFE_INTEGER, -1);
  }
  return settings;
}

module.exports = { settle };
