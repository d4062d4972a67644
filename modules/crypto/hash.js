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

const kHasher = Symbol('hasher'); // of the C half, or bytes: the result of a hash that ended as a stream
const kDigest = Symbol('digest');
const kLength = Symbol('length');
const kPending = Symbol('pending');
const kOpen = Symbol('open');

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

// As the C half numbers them; the rest is made from bytes here.
const WANTED = { __proto__: null, hex: 1, base64: 2, base64url: 3 };

function resultOf(value, encoding) {
  if (typeof value === 'string') return value;
  if (value === null || Array.isArray(value)) throw openSSLError(value);
  const bytes = Buffer.from(value);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

function finish(hasher, encoding) {
  return resultOf(native.final(hasher, WANTED[encoding] || 0), encoding);
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
//
// A hash starts as a note of its digest. The commonest use is one update with a text and then digest(): that is kept
// as it is, and is one call of the C half in the end. Anything else makes a hasher.
function HashObject(hasher, index, length, options) {
  this[kHasher] = hasher;
  this[kDigest] = index;
  this[kLength] = length;
  this[kPending] = undefined;
  this[kOpen] = true;
  LazyStream.call(this, options);
}
HashObject.prototype = Hash.prototype;

function createHash(algorithm, options) {
  validateString(algorithm, 'algorithm');
  const length = lengthOption(options);
  const index = digestIndex(algorithm);
  if (index < 0) throw new Error('Digest method not supported');
  if (length >= 0) checkLength(index, length);
  else if (algorithm.length === 8) warnDefaultLength(index);
  return new HashObject(null, index, length, options);
}

function checked(hasher) {
  if (hasher === null || Array.isArray(hasher)) throw openSSLError(hasher);
  return hasher;
}

function hasherOf(self) {
  if (self[kHasher] === null) {
    self[kHasher] = checked(native.hash(self[kDigest], self[kLength]));
    if (self[kPending] !== undefined) native.update(self[kHasher], self[kPending]);
    self[kPending] = undefined;
  }
  return self[kHasher];
}

function requireOpen(self) {
  if (!self[kOpen]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
}

Hash.prototype.copy = function copy(options) {
  requireOpen(this);
  const length = lengthOption(options);
  checkLength(this[kDigest], length);
  return new HashObject(checked(native.copy(hasherOf(this), length)), this[kDigest], length, options);
};

Hash.prototype._transform = function _transform(chunk, encoding, done) {
  native.update(hasherOf(this), toInput(chunk, encoding));
  done();
};

// A stream that ended can still be asked for its digest, once.
Hash.prototype._flush = function _flush(done) {
  const bytes = finish(hasherOf(this), 'buffer');
  this[kHasher] = bytes;
  this.push(bytes);
  done();
};

Hash.prototype.update = function update(data, encoding) {
  requireOpen(this);
  const input = toInput(data, encoding);
  if (typeof input === 'string' && this[kHasher] === null && this[kPending] === undefined) this[kPending] = input;
  else if (!native.update(hasherOf(this), input)) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
};

Hash.prototype.digest = function digest(outputEncoding) {
  requireOpen(this);
  const encoding = normalEncoding(outputEncoding);
  const hasher = this[kHasher];
  this[kOpen] = false;
  if (hasher === null) {
    const value = native.once(this[kDigest], this[kPending] ?? '', this[kLength], WANTED[encoding] || 0);
    return resultOf(value, encoding);
  }
  this[kHasher] = null;
  if (ArrayBuffer.isView(hasher)) return encoding === 'buffer' ? hasher : hasher.toString(encoding);
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
  this[kHasher] = checked(hasher);
  LazyStream.call(this, options);
}
HmacObject.prototype = Hmac.prototype;

function createHmac(algorithm, key, options) {
  validateString(algorithm, 'hmac');
  const bytes = keyBytes(key, options);
  const index = digestIndex(algorithm);
  if (index < 0) throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  return new HmacObject(native.hmac(index, bytes), options);
}

Hmac.prototype.update = function update(data, encoding) {
  if (this[kHasher] === null) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  if (!native.update(this[kHasher], toInput(data, encoding))) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
};

// Unlike Hash: asked a second time, it answers with nothing.
Hmac.prototype.digest = function digest(outputEncoding) {
  const encoding = normalEncoding(outputEncoding);
  const hasher = this[kHasher];
  if (hasher === null) return encoding === 'buffer' ? Buffer.from('') : '';
  this[kHasher] = null;
  return finish(hasher, encoding);
};

Hmac.prototype._transform = function _transform(chunk, encoding, done) {
  this.update(chunk, encoding);
  done();
};

Hmac.prototype._flush = function _flush(done) {
  this.push(this.digest());
  done();
};

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
  return resultOf(native.once(index, input, length, WANTED[encoding] || 0), encoding);
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
