// SPDX-License-Identifier: MIT
//
// Encodings: their names, and text to bytes and back. Idea: crossing into C costs about as much as a loop over
// a few dozen characters, and making a string there more, so short texts stay in JavaScript, hexadecimal and
// base64 use the engine's own methods, and C serves the rest. Offsets reaching here are integers inside the
// view. The numbers equal modules/buffer/codec.h's.
'use strict';

const native = binding('buffer');
const short = require('buffer/short_text');

const UTF8 = 0;
const UTF16LE = 1;
const LATIN1 = 2;
const ASCII = 3;
const BASE64 = 4;
const BASE64URL = 5;
const HEX = 6;

const MAX_STRING = 536870888;
// Below these sizes a loop beats a crossing into C (bench/micro/buffer.js).
const TEXT_WRITE = 512; // characters
const DIGIT_WRITE = 128; // characters of hexadecimal or base64
const NARROW_READ = 24; // bytes
const ASCII_READ = 128;
const DIGIT_READ = 128;
const SHORT_COUNT = 512;

const kURLAlphabet = { alphabet: 'base64url', omitPadding: true };
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

// The text of a few bytes; undefined where they are not plain.
function decodeShort(view, id, start, end) {
  const size = end - start;
  switch (id) {
    case UTF8:
    case ASCII:
      return size <= NARROW_READ ? short.readNarrow(view, start, end, 128) : short.readAscii(view, start, end);
    case LATIN1:
      return size <= NARROW_READ ? short.readNarrow(view, start, end, 256) : short.readAscii(view, start, end);
    case HEX:
      return size <= DIGIT_READ ? short.readHex(view, start, end) : undefined;
    case BASE64:
      return size <= DIGIT_READ ? short.readBase64(view, start, end) : undefined;
    default:
      return undefined;
  }
}

function decode(view, id, start, end) {
  const size = end - start;
  if (size <= 0) return '';
  if (size <= ASCII_READ) {
    const text = decodeShort(view, id, start, end);
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

// Writes at most `room` bytes of the text at `offset`; returns how many.
function write(view, text, id, offset, room) {
  const length = text.length;
  if (length <= (id <= ASCII ? TEXT_WRITE : DIGIT_WRITE)) {
    switch (id) {
      case UTF8: return short.writeUtf8(view, text, offset, offset + room);
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
      case HEX: return short.writeHex(view, text, offset, offset + room);
      default: {
        const written = short.writeBase64(view, text, offset, offset + room);
        if (written >= 0) return written;
      }
    }
  }
  return native.write(view, text, id, offset, room);
}

// Long hexadecimal or base64 by the engine's own strict decoders; undefined where they refuse the text (Node's
// rules are laxer) or do not know the encoding. Returns an ArrayBuffer.
function decodeDigits(text, id) {
  if (text.length <= DIGIT_WRITE || id < BASE64) return undefined;
  if (id === HEX && text.length % 2 !== 0) return undefined;
  try {
    if (id === HEX) return Uint8Array.fromHex(text).buffer;
    return Uint8Array.fromBase64(text, text.includes('-') || text.includes('_') ? kURLAlphabet : undefined).buffer;
  } catch (error) {
    if (error?.name !== 'SyntaxError') throw error;
    return undefined;
  }
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
  if (length > SHORT_COUNT) return native.utf8Length(text);
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
  encodingOf, requireEncoding, rejectEncoding, decode, decodeDigits, write, maxBytes, byteLength,
};
