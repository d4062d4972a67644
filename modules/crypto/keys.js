// SPDX-License-Identifier: MIT
//
// Secret keys as objects, and keys as bytes. Public and private keys are not here yet, and say so.
'use strict';

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateEncoding, validateOneOf, validateObject } = require('internal/validators');
const { notSupported } = require('crypto/errors');

const kBytes = Symbol('bytes');

class KeyObject {
  constructor(type, bytes) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') {
      throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    }
    if (type !== 'secret') throw notSupported(`A KeyObject of type '${type}'`);
    Object.defineProperty(this, kBytes, { __proto__: null, value: bytes });
  }

  get type() {
    return 'secret';
  }

  get symmetricKeySize() {
    return this[kBytes].byteLength;
  }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: this[kBytes].toString('base64url') };
    }
    return Buffer.from(this[kBytes]);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    const a = this[kBytes];
    const b = other[kBytes];
    return a.byteLength === b.byteLength && binding('crypto').equal(a, b);
  }

  toCryptoKey() {
    throw notSupported('KeyObject.prototype.toCryptoKey()');
  }

  static from() {
    throw notSupported('KeyObject.from()');
  }

  get [Symbol.toStringTag]() {
    return 'KeyObject';
  }
}

class SecretKeyObject extends KeyObject {
  constructor(bytes) {
    super('secret', bytes);
  }
}

function isBytes(value) {
  return ArrayBuffer.isView(value) || require('util/types').isAnyArrayBuffer(value);
}

// A view of bytes whatever they come in: nothing is copied.
function viewOf(value) {
  return ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.from(value);
}

function createSecretKey(key, encoding) {
  if (typeof key === 'string') {
    validateEncoding(key, encoding);
    return new SecretKeyObject(Buffer.from(key, encoding));
  }
  if (!isBytes(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  }
  return new SecretKeyObject(Buffer.from(viewOf(key)));
}

// The bytes of a secret given as text, bytes or key object.
function keyBytes(key, options) {
  if (key instanceof KeyObject) return key[kBytes];
  if (typeof key === 'string') {
    const encoding = options && options.encoding;
    return encoding && encoding !== 'buffer' ? Buffer.from(key, encoding) : key;
  }
  if (isBytes(key)) return key;
  throw new codes.ERR_INVALID_ARG_TYPE(
    'key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
}

module.exports = { KeyObject, createSecretKey, keyBytes, isBytes };
