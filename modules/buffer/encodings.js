// SPDX-License-Identifier: MIT
//
// Encodings: their names, and text to bytes and back. Idea: crossing into C costs about as much as a loop over
// a few dozen characters, and making a string there more, so short texts stay in JavaScript, hexadecimal and
// base64 use the engine's own methods, and C serves the rest. Offsets reaching here are integers inside the
// view. The numbers equal modules/buffer/codec.h's.
'use strict';

const native = binding('buffer');

const UTF8 = 0;
const UTF16LE = 1;
const LATIN1 = 2;
const ASCII = 3;
const BASE64 = 4;
const BASE64URL = 5;
const HEX = 6;

const MAX_STRING = 536870888;
const SHORT_WRITE = 64; // characters below which a loop writes faster than C
const SHORT_READ = 24; // the same for reading

const kURLAlphabet = { alphabet: 'base64url', omitPadding: true };
const fromCharCode = String.fromCharCode;
const { toHex, toBase64 } = Uint8Array.prototype;

function exactEncoding(name) {
  switch (name) {
    case 'utf8': case 'utf-8': return UTF8;
    case 'hex': return HEX;
    case 'base64': return BASE64;
    case 'latin1': case 'binary': return LATIN1;
    case 'ascii': return ASCII;
    case 'utf16le': case 'utf-16le': case 'ucs2': case 'ucs-2': return UTF16LE;
    case 'base64url': return BASE64URL;
    default: return -1;
  }
}

// The number of an encoding's name in any letter case, or -1.
function encodingOf(name) {
  const id = exactEncoding(name);
  if (id >= 0) return id;
  name = `${name}`;
  return name.length > 9 ? -1 : exactEncoding(name.toLowerCase());
}

function rejectEncoding(name) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_UNKNOWN_ENCODING(name);
}

function requireEncoding(name) {
  const id = encodingOf(name);
  return id < 0 ? rejectEncoding(name) : id;
}

// ---- Bytes to text ----

function part(view, start, end) {
  if (start === 0 && end === view.length) return view;
  return new Uint8Array(view.buffer, view.byteOffset + start, end - start);
}

// Text of at most SHORT_READ bytes below `limit`; undefined where a byte is not.
function readShort(view, start, end, limit) {
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = view[i];
    if (byte >= limit) return undefined;
    text += fromCharCode(byte);
  }
  return text;
}

function decode(view, id, start, end) {
  const size = end - start;
  if (size <= 0) return '';
  if (size <= SHORT_READ && id <= ASCII && id !== UTF16LE) {
    const text = readShort(view, start, end, id === LATIN1 ? 256 : 128);
    if (text !== undefined) return text;
  }
  if (size > MAX_STRING / (id === HEX ? 2 : id >= BASE64 ? 4 / 3 : 1)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_STRING_TOO_LONG();
  }
  switch (id) {
    case HEX: return toHex.call(part(view, start, end));
    case BASE64: return toBase64.call(part(view, start, end));
    case BASE64URL: return toBase64.call(part(view, start, end), kURLAlphabet);
    default: return native.decode(view, id, start, end);
  }
}

// ---- Text to bytes ----

function hexDigit(code) {
  if (code >= 48 && code <= 57) return code - 48;
  code |= 32;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

function writeShortHex(view, text, offset, end) {
  let at = offset;
  for (let i = 0; i + 1 < text.length && at < end; i += 2) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const high = hexDigit(a);
    const low = hexDigit(b);
    if (high < 0 || low < 0 || a > 127 || b > 127) break;
    view[at++] = high << 4 | low;
  }
  return at - offset;
}

// Writes text as UTF-8 up to `end`, whole characters only.
function writeShortUtf8(view, text, offset, end) {
  let at = offset;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      if (at === end) break;
      view[at++] = code;
    } else if (code < 0x800) {
      if (at + 2 > end) break;
      view[at++] = 0xc0 | code >> 6;
      view[at++] = 0x80 | code & 63;
    } else {
      if ((code & 0xf800) === 0xd800) {
        const next = code < 0xdc00 && i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
        if ((next & 0xfc00) === 0xdc00) {
          if (at + 4 > end) break;
          code = 0x10000 + ((code & 0x3ff) << 10) + (next & 0x3ff);
          view[at++] = 0xf0 | code >> 18;
          view[at++] = 0x80 | code >> 12 & 63;
          view[at++] = 0x80 | code >> 6 & 63;
          view[at++] = 0x80 | code & 63;
          i++;
          continue;
        }
        code = 0xfffd;
      }
      if (at + 3 > end) break;
      view[at++] = 0xe0 | code >> 12;
      view[at++] = 0x80 | code >> 6 & 63;
      view[at++] = 0x80 | code & 63;
    }
  }
  return at - offset;
}

// Writes at most `room` bytes of the text at `offset`; returns how many.
function write(view, text, id, offset, room) {
  const length = text.length;
  if (length <= SHORT_WRITE) {
    switch (id) {
      case UTF8: return writeShortUtf8(view, text, offset, offset + room);
      case LATIN1:
      case ASCII: {
        const count = length < room ? length : room;
        for (let i = 0; i < count; i++) view[offset + i] = text.charCodeAt(i);
        return count;
      }
      case UTF16LE: {
        const count = length * 2 <= room ? length : room >>> 1;
        for (let i = 0; i < count; i++) {
          const code = text.charCodeAt(i);
          view[offset + 2 * i] = code;
          view[offset + 2 * i + 1] = code >> 8;
        }
        return count * 2;
      }
      case HEX: return writeShortHex(view, text, offset, offset + room);
    }
  }
  return native.write(view, text, id, offset, room);
}

// No more bytes than this come of `length` characters.
function maxBytes(id, length) {
  switch (id) {
    case UTF8: return length * 3;
    case UTF16LE: return length * 2;
    case HEX: return length >>> 1;
    case BASE64:
    case BASE64URL: return Math.ceil(length * 3 / 4);
    default: return length;
  }
}

function utf8Length(text) {
  const length = text.length;
  if (length > SHORT_WRITE) return native.utf8Length(text);
  let bytes = length;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    bytes += code < 0x800 ? 1 : 2;
    if ((code & 0xfc00) === 0xd800 && i + 1 < length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++;
  }
  return bytes;
}

// What Buffer.byteLength() says, which for base64 looks at the length and the padding only.
function byteLength(text, id) {
  if (id === UTF8) return utf8Length(text);
  if (id !== BASE64 && id !== BASE64URL) return maxBytes(id, text.length);
  let digits = text.length;
  if (digits > 0 && text.charCodeAt(digits - 1) === 61) digits--;
  if (digits > 1 && text.charCodeAt(digits - 1) === 61) digits--;
  return Math.floor(digits * 3 / 4);
}

module.exports = {
  UTF8, UTF16LE, LATIN1, ASCII, BASE64, BASE64URL, HEX, MAX_STRING,
  encodingOf, requireEncoding, rejectEncoding, decode, write, maxBytes, byteLength,
};
