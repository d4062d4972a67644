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

// Whether a text that is no base64 holds a character that base64 never has, a misplaced '=' included.
function hasStranger(text) {
  text = text.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  return /[^A-Za-z0-9+/]/.test(text);
}

function atob(input, given) {
  requireArgument(given);
  let bytes;
  try {
    bytes = Uint8Array.fromBase64(`${input}`);
  } catch (error) {
    if (error?.name !== 'SyntaxError') throw error;
    reject(hasStranger(`${input}`) ? 'Invalid character' : 'The string to be decoded is not correctly encoded.');
  }
  return decode(bytes, LATIN1, 0, bytes.length);
}

module.exports = { atob, btoa };
