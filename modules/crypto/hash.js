// SPDX-License-Identifier: MIT
//
// Hash, Hmac, and crypto.hash(): digests. The C half knows a digest by its index, which is looked up once a name.
'use strict';

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateString, validateUint32, validateObject, validateEncoding } = require('internal/validators');
const { LazyStream } = require('crypto/lazy_stream');
const { keyBytes } = require('crypto/keys');
const { openSSLError } = require('crypto/errors');
const native = binding('crypto');

const kHasher = Symbol('hasher');
const kDigest = Symbol('digest');

const indexes = new Map();

// -1 where there is no such digest.
function digestIndex(name) {
  let index = indexes.get(name);
  if (index === undefined) {
    index = native.digest(name);
    if (indexes.size < 1000) indexes.set(name, index);
  }
  return index;
}

function normalEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === 'buffer') return 'buffer';
  if (encoding === 'hex') return 'hex';
  const name = `${encoding}`.toLowerCase();
  return name !== 'buffer' && Buffer.isEncoding(name) ? name : 'buffer';
}

// Text goes over as it is where it is UTF-8, which is how the C half reads it.
function toInput(data, encoding) {
  if (typeof data === 'string') {
    if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8' || encoding === 'buffer') return data;
    validateEncoding(data, encoding);
    return Buffer.from(data, encoding);
  }
  if (ArrayBuffer.isView(data)) return data;
  throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

function finish(hasher, encoding) {
  if (ArrayBuffer.isView(hasher)) return encoding === 'buffer' ? hasher : hasher.toString(encoding);
  const result = native.final(hasher, encoding === 'hex');
  if (encoding === 'hex' && typeof result === 'string') return result;
  if (result === null || Array.isArray(result)) throw openSSLError(result);
  const bytes = Buffer.from(result);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

// ---- Hash ----

let warnedLength = false;

function warnDefaultLength(index) {
  if (warnedLength || native.digestInfo(index) > 0) return;
  warnedLength = true;
  process.emitWarning(
    'Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.',
    'DeprecationWarning', 'DEP0198');
}

function lengthOption(options) {
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length === undefined) return -1;
  validateUint32(length, 'options.outputLength');
  return length;
}

function checkLength(index, length) {
  const own = native.digestInfo(index);
  if (length >= 0 && own > 0 && length !== own) {
    throw openSSLError(['error:030000B2:digital envelope routines::not XOF or invalid length',
      'digital envelope routines', 'not XOF or invalid length']);
  }
}

function setUp(self, hasher, options) {
  if (hasher === null || Array.isArray(hasher)) throw openSSLError(hasher);
  self[kHasher] = hasher;
  LazyStream.call(self, options);
}

let warnedHash = false;

function Hash(algorithm, options) {
  if (!warnedHash) {
    warnedHash = true;
    process.emitWarning('crypto.Hash constructor is deprecated.', 'DeprecationWarning', 'DEP0179');
  }
  return createHash(algorithm, options);
}
Object.setPrototypeOf(Hash.prototype, LazyStream.prototype);
Object.setPrototypeOf(Hash, LazyStream);

// What createHash makes: shares Hash.prototype, so that `instanceof crypto.Hash` holds, without the warning.
function HashObject(hasher, index, options) {
  this[kDigest] = index;
  setUp(this, hasher, options);
}
HashObject.prototype = Hash.prototype;

function createHash(algorithm, options) {
  validateString(algorithm, 'algorithm');
  const length = lengthOption(options);
  const index = digestIndex(algorithm);
  if (index < 0) throw new Error('Digest method not supported');
  if (length >= 0) checkLength(index, length);
  else if (algorithm.length === 8) warnDefaultLength(index);
  return new HashObject(native.hash(index, length), index, options);
}

function requireOpen(self) {
  if (self[kHasher] === null) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
}

Hash.prototype.copy = function copy(options) {
  requireOpen(this);
  const length = lengthOption(options);
  checkLength(this[kDigest], length);
  return new HashObject(native.copy(this[kHasher], length), this[kDigest], options);
};

Hash.prototype._transform = function _transform(chunk, encoding, done) {
  native.update(this[kHasher], toInput(chunk, encoding));
  done();
};

// A stream that ended can still be asked for its digest, once.
Hash.prototype._flush = function _flush(done) {
  const bytes = finish(this[kHasher], 'buffer');
  this[kHasher] = bytes;
  this.push(bytes);
  done();
};

Hash.prototype.update = function update(data, encoding) {
  requireOpen(this);
  if (!native.update(this[kHasher], toInput(data, encoding))) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
};

Hash.prototype.digest = function digest(outputEncoding) {
  requireOpen(this);
  const encoding = normalEncoding(outputEncoding);
  const hasher = this[kHasher];
  this[kHasher] = null;
  return finish(hasher, encoding);
};

// ---- Hmac ----

let warnedHmac = false;

function Hmac(algorithm, key, options) {
  if (!warnedHmac) {
    warnedHmac = true;
    process.emitWarning('crypto.Hmac constructor is deprecated.', 'DeprecationWarning', 'DEP0181');
  }
  return createHmac(algorithm, key, options);
}
Object.setPrototypeOf(Hmac.prototype, LazyStream.prototype);
Object.setPrototypeOf(Hmac, LazyStream);

function HmacObject(hasher, options) {
  setUp(this, hasher, options);
}
HmacObject.prototype = Hmac.prototype;

function createHmac(algorithm, key, options) {
  validateString(algorithm, 'hmac');
  const bytes = keyBytes(key, options);
  const index = digestIndex(algorithm);
  if (index < 0) throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  return new HmacObject(native.hmac(index, bytes), options);
}

Hmac.prototype.update = Hash.prototype.update;

// Unlike Hash: asked a second time, it answers with nothing.
Hmac.prototype.digest = function digest(outputEncoding) {
  const encoding = normalEncoding(outputEncoding);
  const hasher = this[kHasher];
  if (hasher === null) return encoding === 'buffer' ? Buffer.from('') : '';
  this[kHasher] = null;
  return finish(hasher, encoding);
};

Hmac.prototype._flush = Hash.prototype._flush;
Hmac.prototype._transform = Hash.prototype._transform;

// ---- In one go ----

function validOutputEncoding(encoding) {
  if (encoding === undefined) return 'hex';
  validateString(encoding, 'outputEncoding');
  if (encoding === 'hex' || encoding === 'buffer') return encoding;
  const name = encoding.toLowerCase();
  if (name === 'buffer' || Buffer.isEncoding(name)) return name;
  throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', encoding);
}

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['string', 'Buffer', 'TypedArray', 'DataView'], input);
  }
  let encoding = 'hex';
  let length = -1;
  if (options !== undefined && typeof options !== 'string') {
    validateObject(options, 'options');
    encoding = validOutputEncoding(options.outputEncoding);
    length = lengthOption(options);
  } else {
    encoding = validOutputEncoding(options);
  }
  const index = digestIndex(algorithm);
  if (index < 0) throw new Error(`Digest method ${algorithm} is not supported`);
  if (length >= 0) {
    const own = native.digestInfo(index);
    if (own > 0 && length !== own) {
      throw new Error(`Output length ${length} is invalid for ${algorithm}, which does not support XOF`);
    }
  } else if (algorithm.length === 8) {
    warnDefaultLength(index);
  }
  const result = native.once(index, input, length, encoding === 'hex');
  if (typeof result === 'string') return result;
  if (result === null || Array.isArray(result)) throw openSSLError(result);
  const bytes = Buffer.from(result);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

let hashes = null;

// OpenSSL lists some names twice, in capitals and in small letters: one of them is enough.
function getHashes() {
  if (hashes === null) {
    const byLower = new Map();
    for (const name of native.digestNames()) {
      const lower = name.toLowerCase();
      if (!byLower.has(lower) || name === lower) byLower.set(lower, name);
    }
    hashes = [...byLower.values()].sort();
  }
  return hashes.slice();
}

module.exports = { Hash, Hmac, createHash, createHmac, hash, getHashes, digestIndex };
