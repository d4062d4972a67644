// SPDX-License-Identifier: MIT
//
// Errors of the crypto module that do not come from the common table: those that OpenSSL reports, and those for
// what is not supported.
'use strict';

// OpenSSL's library names, as they appear in codes.
const prefixes = {
  'digital envelope routines': 'EVP_',
  'rsa routines': 'RSA_',
  'PEM routines': 'PEM_',
  'elliptic curve routines': 'EC_',
  'bignum routines': 'BN_',
  'asn1 encoding routines': 'ASN1_',
};

// From [text, library, reason], as the C half hands it out; null where OpenSSL gave no reason.
function openSSLError(parts) {
  if (!Array.isArray(parts)) {
    const error = new Error('The operation failed in OpenSSL');
    error.code = 'ERR_CRYPTO_OPERATION_FAILED';
    return error;
  }
  const [text, library, reason] = parts;
  const error = new Error(text);
  error.library = library;
  error.reason = reason;
  error.code = `ERR_OSSL_${prefixes[library] || ''}${reason.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
  return error;
}

function notSupported(what) {
  const error = new Error(`${what} is not supported by lode yet`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  return error;
}

module.exports = { openSSLError, notSupported };
