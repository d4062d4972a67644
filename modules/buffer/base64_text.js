// SPDX-License-Identifier: MIT
//
// atob() and btoa(): base64 of "binary strings", as the web platform defines them. The engine's own strict base64
// decoder implements the standard's forgiving rules. No state.
'use strict';

const { LATIN1, decode } = require('buffer/encodings');

function reject(message) {
  const { DOMException } = require('web/domexception');
  throw new DOMException(message, 'InvalidCharacterError');
}

function requireArgument(given) {
  if (given > 0) return;
  const { codes } = require('internal/errors');
  throw new codes.ERR_MISSING_ARGS('input');
}

function btoa(input, given) {
  requireArgument(given);
  const text = `${input}`;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) reject('Invalid character');
    bytes[i] = code;
  }
  return bytes.toBase64();
}

function atob(input, given) {
  requireArgument(given);
  let bytes;
  try {
    bytes = Uint8Array.fromBase64(`${input}`);
  } catch (error) {
    if (error?.name !== 'SyntaxError') throw error;
    reject('The string to be decoded is not correctly encoded.');
  }
  return decode(bytes, LATIN1, 0, bytes.length);
}

module.exports = { atob, btoa };
