// SPDX-License-Identifier: MIT
//
// StringDecoder: turns chunks of bytes into text without tearing characters that straddle two chunks.
//
// Bytes of an unfinished character wait in `this[kBytes]` (kHave of them; kNeed more would finish it). What is
// certainly whole is decoded by Buffer's native toString(). A character counts as unfinished by the look of its
// first byte alone; whether it is valid is for the decoding of the whole to say.
'use strict';

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');

const kBytes = Symbol('kBytes');
const kHave = Symbol('kHave');
const kNeed = Symbol('kNeed');
const kKind = Symbol('kKind');

const PLAIN = 0;
const UTF8 = 1;
const UTF16 = 2;
const BASE64 = 3;

const encodings = {
  '__proto__': null,
  'utf8': 'utf8', 'utf-8': 'utf8', 'ucs2': 'utf16le', 'ucs-2': 'utf16le', 'utf16le': 'utf16le',
  'utf-16le': 'utf16le', 'latin1': 'latin1', 'binary': 'latin1', 'ascii': 'ascii', 'hex': 'hex',
  'base64': 'base64', 'base64url': 'base64url',
};
const kinds = { __proto__: null, utf8: UTF8, utf16le: UTF16, base64: BASE64, base64url: BASE64 };

function normalize(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  const name = encodings[encoding] ?? encodings[`${encoding}`.toLowerCase()];
  if (name === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return name;
}

function StringDecoder(encoding) {
  this.encoding = normalize(encoding);
  this[kKind] = kinds[this.encoding] ?? PLAIN;
  this[kHave] = 0;
  this[kNeed] = 0;
  this[kBytes] = undefined;
}

// How many bytes a character takes that begins with this byte; 1 also for bytes that begin none.
function utf8Size(byte) {
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  if (byte < 0xF0) return 3;
  return byte < 0xF8 ? 4 : 1;
}

// The number of bytes at the end of buf[from..] that begin an unfinished character; sets kNeed.
function unfinished(decoder, buf, from) {
  const end = buf.length;
  const length = end - from;
  switch (decoder[kKind]) {
    case UTF8:
      for (let back = 1; back <= 3 && back <= length; back++) {
        const byte = buf[end - back];
        if ((byte & 0xC0) === 0x80) continue;
        const size = utf8Size(byte);
        if (size <= back) return 0;
        decoder[kNeed] = size - back;
        return back;
      }
      return 0;
    case UTF16:
      if (length % 2 === 1) {
        decoder[kNeed] = 1;
        return 1;
      }
      if (length >= 2 && (buf[end - 1] & 0xFC) === 0xD8) { // the first half of a pair
        decoder[kNeed] = 2;
        return 2;
      }
      return 0;
    default: {
      const rest = length % 3;
      if (rest > 0) decoder[kNeed] = 3 - rest;
      return rest;
    }
  }
}

// Adds bytes of buf to the waiting ones; returns how many it took.
function complete(decoder, buf) {
  const bytes = decoder[kBytes];
  const utf8 = decoder[kKind] === UTF8;
  let i = 0;
  while (i < buf.length && decoder[kNeed] > 0) {
    if (utf8 && (buf[i] & 0xC0) !== 0x80) {
      decoder[kNeed] = 0; // it will never be whole
      break;
    }
    bytes[decoder[kHave]++] = buf[i++];
    decoder[kNeed]--;
  }
  return i;
}

function takeWaiting(decoder) {
  const text = decoder[kBytes].toString(decoder.encoding, 0, decoder[kHave]);
  decoder[kHave] = 0;
  decoder[kNeed] = 0;
  return text;
}

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  }
  const kind = this[kKind];
  if (kind === undefined) throw new codes.ERR_INVALID_THIS('StringDecoder');
  if (!(buf instanceof Buffer)) buf = Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength);
  if (kind === PLAIN) return buf.toString(this.encoding);

  let head = '';
  let from = 0;
  if (this[kHave] > 0) {
    from = complete(this, buf);
    if (this[kNeed] > 0) return '';
    if (kind === UTF16 && this[kHave] === 2 && (this[kBytes][1] & 0xFC) === 0xD8) {
      this[kNeed] = 2; // what got whole is the first half of a pair
      from += complete(this, buf.subarray(from));
      if (this[kNeed] > 0) return '';
    }
    head = takeWaiting(this);
  }
  if (from === buf.length) return head;
  const back = unfinished(this, buf, from);
  const end = buf.length - back;
  if (back > 0) {
    const bytes = this[kBytes] ??= Buffer.alloc(4);
    for (let i = 0; i < back; i++) bytes[i] = buf[end + i];
    this[kHave] = back;
  }
  return end === from ? head : head + buf.toString(this.encoding, from, end);
};

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  return this[kHave] > 0 ? text + takeWaiting(this) : text;
};

StringDecoder.prototype.text = function text(buf, offset) {
  this[kHave] = 0;
  this[kNeed] = 0;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    get() {
      const bytes = Buffer.alloc(4);
      for (let i = 0; i < this[kHave]; i++) bytes[i] = this[kBytes][i];
      return bytes;
    },
    enumerable: true,
    configurable: true,
  },
  lastNeed: { get() { return this[kNeed]; }, enumerable: true, configurable: true },
  lastTotal: { get() { return this[kHave] + this[kNeed]; }, enumerable: true, configurable: true },
});

module.exports = { StringDecoder };
