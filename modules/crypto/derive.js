// SPDX-License-Identifier: MIT
//
// pbkdf2, scrypt and hkdf: arguments and results; the work is the C half's.
'use strict';

const buffer = require('buffer');
const { codes } = require('internal/errors');
const { validateFunction, validateInt32, validateInteger, validateObject, validateString, validateUint32 } =
  require('internal/validators');
const { openSSLError } = require('crypto/errors');
const { KeyObject, keyBytes, isBytes } = require('crypto/keys');
const { digestIndex } = require('crypto/hash');
const { bindCallback } = require('internal/async');
const native = binding('crypto');

const { Buffer } = buffer;

function bytesOf(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isBytes(value)) return value;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function requireDigest(name) {
  const index = digestIndex(name);
  if (index < 0) throw new codes.ERR_CRYPTO_INVALID_DIGEST(name);
  return index;
}

function answer(callback, wrap, type) {
  return bindCallback((ok, result) => {
    if (ok) callback(null, wrap(result));
    else callback(openSSLError(null));
  }, type);
}

function orThrow(result) {
  if (result === null || Array.isArray(result)) throw openSSLError(result);
  return result;
}

const asBuffer = (result) => Buffer.from(result);
const asIs = (result) => result;

// ---- PBKDF2 ----

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = bytesOf(password, 'password');
  salt = bytesOf(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return [password, salt, iterations, keylen, requireDigest(digest)];
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  native.pbkdf2(...args, answer(callback, asBuffer, 'PBKDF2REQUEST'));
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return Buffer.from(orThrow(native.pbkdf2(...pbkdf2Arguments(password, salt, iterations, keylen, digest), undefined)));
}

// ---- scrypt ----

// [long name, short name, default]
const SCRYPT_OPTIONS = [['cost', 'N', 16384], ['blockSize', 'r', 8], ['parallelization', 'p', 1]];

// Each option is read once only: what is checked is what is used.
function scryptNumber(options, long, short, otherwise) {
  const byShort = options[short];
  const byLong = options[long];
  if (byShort !== undefined) validateUint32(byShort, short);
  if (byLong !== undefined) {
    if (byShort !== undefined) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
    validateUint32(byLong, long);
  }
  return byShort || byLong || otherwise;
}

function scryptOptions(options) {
  const settings = { numbers: SCRYPT_OPTIONS.map((option) => option[2]), memory: 32 * 1024 * 1024 };
  if (options === undefined) return settings;
  validateObject(options, 'options');
  settings.numbers = SCRYPT_OPTIONS.map(([long, short, otherwise]) => scryptNumber(options, long, short, otherwise));
  const memory = options.maxmem;
  if (memory !== undefined) {
    validateInteger(memory, 'maxmem', 0);
    settings.memory = memory || settings.memory;
  }
  return settings;
}

function scryptArguments(password, salt, keylen, options) {
  password = bytesOf(password, 'password');
  salt = bytesOf(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const { numbers, memory } = scryptOptions(options);
  const refused = native.scryptCheck(...numbers, memory);
  if (refused !== undefined) {
    throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS(
      `Invalid scrypt params${refused === null ? '' : `: ${refused[0]}`}`);
  }
  return [password, salt, keylen, ...numbers, memory];
}

function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) {
    callback = options;
    options = undefined;
  }
  const args = scryptArguments(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  native.scrypt(...args, answer(callback, asBuffer, 'SCRYPTREQUEST'));
}

function scryptSync(password, salt, keylen, options) {
  return Buffer.from(orThrow(native.scrypt(...scryptArguments(password, salt, keylen, options), undefined)));
}

// ---- HKDF ----

function hkdfKey(key) {
  if (key instanceof KeyObject) return keyBytes(key);
  if (typeof key === 'string') return Buffer.from(key);
  if (isBytes(key)) return key;
  throw new codes.ERR_INVALID_ARG_TYPE(
    'ikm', ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], key);
}

function hkdfArguments(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  key = hkdfKey(key);
  salt = bytesOf(salt, 'salt');
  info = bytesOf(info, 'info');
  validateInteger(length, 'length', 0, buffer.kMaxLength);
  if (info.byteLength > 1024) {
    throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', info.byteLength);
  }
  const index = requireDigest(digest);
  if (length > 255 * Math.abs(native.digestInfo(index))) throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
  return [index, key, salt, info, length];
}

function hkdf(digest, key, salt, info, length, callback) {
  const args = hkdfArguments(digest, key, salt, info, length);
  validateFunction(callback, 'callback');
  native.hkdf(...args, answer(callback, asIs, 'HKDFREQUEST'));
}

function hkdfSync(digest, key, salt, info, length) {
  return orThrow(native.hkdf(...hkdfArguments(digest, key, salt, info, length), undefined));
}

module.exports = { pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync };
