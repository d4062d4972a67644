// SPDX-License-Identifier: MIT
//
// The global `crypto`: random values and identifiers. SubtleCrypto's methods are not here yet, and say so.
'use strict';

const { codes } = require('internal/errors');
const { randomFillSync, randomUUID: makeUUID } = require('crypto/random');
const { notSupported } = require('crypto/errors');

const kAllowed = Symbol('allowed');

function integerArray(value) {
  const types = require('util/types');
  return types.isTypedArray(value) && !types.isFloat32Array(value) && !types.isFloat64Array(value) &&
    Object.prototype.toString.call(value) !== '[object Float16Array]';
}

function domException(message, name) {
  const { DOMException } = require('web/domexception');
  return new DOMException(message, name);
}

function getRandomValues(array) {
  if (!integerArray(array)) {
    throw domException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) {
    throw domException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  }
  randomFillSync(array, 0);
  return array;
}

class SubtleCrypto {
  constructor(allowed) {
    if (allowed !== kAllowed) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}

for (const name of ['encrypt', 'decrypt', 'sign', 'verify', 'digest', 'generateKey', 'deriveKey', 'deriveBits',
  'importKey', 'exportKey', 'wrapKey', 'unwrapKey']) {
  Object.defineProperty(SubtleCrypto.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, writable: true,
    value: { async [name]() { throw notSupported(`SubtleCrypto.${name}()`); } }[name],
  });
}

let subtle = null;

class Crypto {
  constructor(allowed) {
    if (allowed !== kAllowed) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    requireCrypto(this);
    if (subtle === null) subtle = new SubtleCrypto(kAllowed);
    return subtle;
  }

  getRandomValues(array) {
    requireCrypto(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('typedArray');
    return getRandomValues(array);
  }

  randomUUID(options) {
    requireCrypto(this);
    return makeUUID(options);
  }
}

function requireCrypto(self) {
  if (!(self instanceof Crypto)) throw new codes.ERR_INVALID_THIS('Crypto');
}

for (const name of ['subtle', 'getRandomValues', 'randomUUID']) {
  const descriptor = Object.getOwnPropertyDescriptor(Crypto.prototype, name);
  descriptor.enumerable = true;
  Object.defineProperty(Crypto.prototype, name, descriptor);
}
for (const [Class, name] of [[Crypto, 'Crypto'], [SubtleCrypto, 'SubtleCrypto']]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}

// Keys of the Web Crypto API cannot be made yet: the class is there for `instanceof`.
class CryptoKey {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}

module.exports = { crypto: new Crypto(kAllowed), getRandomValues, Crypto, SubtleCrypto, CryptoKey };
