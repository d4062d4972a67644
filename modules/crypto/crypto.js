// SPDX-License-Identifier: MIT
//
// `crypto`: the public surface. Parts are loaded when first used. What is not implemented is present under its
// name, and throws an error that says so when it is called.
'use strict';

const { codes } = require('internal/errors');
const { notSupported } = require('crypto/errors');
const native = binding('crypto');

function timingSafeEqual(buf1, buf2) {
  requireBytes(buf1, 'buf1');
  requireBytes(buf2, 'buf2');
  if (buf1.byteLength !== buf2.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return native.equal(buf1, buf2);
}

function requireBytes(value, name) {
  if (ArrayBuffer.isView(value) || require('util/types').isAnyArrayBuffer(value)) return;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function getFips() {
  return 0;
}

function setFips(value) {
  if (value) throw notSupported('FIPS mode');
}

function secureHeapUsed() {
  return undefined; // there is no secure heap
}

// name -> the file it lives in
const parts = {
  createHash: 'crypto/hash', createHmac: 'crypto/hash', getHashes: 'crypto/hash', hash: 'crypto/hash',
  Hash: 'crypto/hash', Hmac: 'crypto/hash',
  createSecretKey: 'crypto/keys', KeyObject: 'crypto/keys',
  hkdf: 'crypto/derive', hkdfSync: 'crypto/derive', pbkdf2: 'crypto/derive', pbkdf2Sync: 'crypto/derive',
  scrypt: 'crypto/derive', scryptSync: 'crypto/derive',
  randomBytes: 'crypto/random', randomFill: 'crypto/random', randomFillSync: 'crypto/random',
  randomInt: 'crypto/random', randomUUID: 'crypto/random',
};

const missing = [
  'argon2', 'argon2Sync', 'checkPrime', 'checkPrimeSync', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman',
  'createDiffieHellmanGroup', 'createECDH', 'createPrivateKey', 'createPublicKey', 'createSign', 'createVerify',
  'diffieHellman', 'generatePrime', 'generatePrimeSync', 'getCiphers', 'getCipherInfo', 'getCurves', 'getDiffieHellman',
  'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync', 'privateDecrypt', 'privateEncrypt',
  'publicDecrypt', 'publicEncrypt', 'sign', 'setEngine', 'verify', 'encapsulate', 'decapsulate', 'Certificate',
  'Cipheriv', 'Decipheriv', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign', 'Verify', 'X509Certificate',
];

function lazily(name, get, enumerable = true) {
  Object.defineProperty(exports, name, {
    __proto__: null, configurable: true, enumerable,
    get() {
      const value = get();
      Object.defineProperty(exports, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
      return value;
    },
    set(value) {
      Object.defineProperty(exports, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
    },
  });
}

for (const name of Object.keys(parts)) lazily(name, () => require(parts[name])[name]);
for (const name of missing) {
  exports[name] = { [name]: function() { throw notSupported(`crypto.${name}()`); } }[name];
}
exports.timingSafeEqual = timingSafeEqual;
exports.getFips = getFips;
exports.setFips = setFips;
exports.secureHeapUsed = secureHeapUsed;

// ---- Constants ----

const CORE_CIPHERS = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384',
  'DHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA256', 'DHE-RSA-AES256-SHA256', 'HIGH', '!aNULL', '!eNULL', '!EXPORT',
  '!DES', '!RC4', '!MD5', '!PSK', '!SRP', '!CAMELLIA',
].join(':');

lazily('constants', () => {
  const constants = { __proto__: null, ...native.constants, defaultCoreCipherList: CORE_CIPHERS };
  for (const name of Object.keys(constants)) {
    Object.defineProperty(constants, name, { __proto__: null, enumerable: true, value: constants[name] });
  }
  constants.defaultCipherList = CORE_CIPHERS;
  return constants;
});

// ---- The Web Crypto API's object, and old names ----

lazily('webcrypto', () => require('crypto/webcrypto').crypto);
lazily('subtle', () => require('crypto/webcrypto').crypto.subtle);
lazily('getRandomValues', () => require('crypto/webcrypto').getRandomValues);

Object.defineProperty(exports, 'fips', {
  __proto__: null, configurable: true, enumerable: false, get: getFips, set: setFips,
});

for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  lazily(name, () => {
    const { deprecate } = require('internal/util');
    return deprecate(exports.randomBytes, `crypto.${name} is deprecated.`, 'DEP0115');
  }, false);
}
