// SPDX-License-Identifier: MIT
//
// Short texts without leaving JavaScript. Idea: joining ready-made strings of two characters makes a text faster
// than a crossing into C does, up to some hundred characters; the strings are made when first needed. Everything
// here answers `undefined` (or -1) where the input is not plain enough, and the caller then takes the long road.
// State: tables that only grow and hold no data of a program but pairs of characters.
'use strict';

const fromCharCode = String.fromCharCode;

const pairs = []; // by a << 7 | b, of ASCII characters
const hexPairs = []; // by byte
const base64Pairs = []; // by twelve bits
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
let base64Values = null; // by character: 0..63, 64 for others

function makePair(index) {
  if (pairs.length === 0) for (let i = 0; i < 16384; i++) pairs.push(undefined);
  return pairs[index] = fromCharCode(index >> 7, index & 127);
}

// ---- Bytes to text ----

// Latin-1, or ASCII where limit is 128. For a few dozen bytes.
function readNarrow(view, start, end, limit) {
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = view[i];
    if (byte >= limit) return undefined;
    text += fromCharCode(byte);
  }
  return text;
}

function readAscii(view, start, end) {
  let text = '';
  let i = start;
  for (; i + 2 <= end; i += 2) {
    const a = view[i];
    const b = view[i + 1];
    if ((a | b) >= 128) return undefined;
    const index = a << 7 | b;
    text += pairs[index] ?? makePair(index);
  }
  if (i < end) {
    if (view[i] >= 128) return undefined;
    text += fromCharCode(view[i]);
  }
  return text;
}

function readHex(view, start, end) {
  if (hexPairs.length === 0) {
    for (let i = 0; i < 256; i++) hexPairs.push((i < 16 ? '0' : '') + i.toString(16));
  }
  let text = '';
  for (let i = start; i < end; i++) text += hexPairs[view[i]];
  return text;
}

function makeBase64Pairs() {
  for (let i = 0; i < 4096; i++) base64Pairs.push(BASE64[i >> 6] + BASE64[i & 63]);
}

function readBase64(view, start, end) {
  if (base64Pairs.length === 0) makeBase64Pairs();
  let text = '';
  let i = start;
  for (; i + 3 <= end; i += 3) {
    const a = view[i];
    const b = view[i + 1];
    const c = view[i + 2];
    text += base64Pairs[a << 4 | b >> 4];
    text += base64Pairs[(b & 15) << 8 | c];
  }
  if (end - i === 1) return text + base64Pairs[view[i] << 4] + '==';
  if (end - i === 2) return text + base64Pairs[view[i] << 4 | view[i + 1] >> 4] + BASE64[(view[i + 1] & 15) << 2] + '=';
  return text;
}

// ---- Text to bytes: each returns how many bytes it wrote ----

function hexDigit(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 && code < 128 ? lower - 87 : -1;
}

function writeHex(view, text, offset, end) {
  let at = offset;
  for (let i = 0; i + 1 < text.length && at < end; i += 2) {
    const high = hexDigit(text.charCodeAt(i));
    const low = hexDigit(text.charCodeAt(i + 1));
    if (high < 0 || low < 0) break;
    view[at++] = high << 4 | low;
  }
  return at - offset;
}

function makeBase64Values() {
  base64Values = new Uint8Array(128).fill(64);
  for (let i = 0; i < 64; i++) base64Values[BASE64.charCodeAt(i)] = i;
  base64Values[45] = 62; // '-' and '_' of base64url
  base64Values[95] = 63;
}

// Clean digits, with or without padding, that fit; -1 for anything else, with some bytes written perhaps.
function writeBase64(view, text, offset, end) {
  if (base64Values === null) makeBase64Values();
  const values = base64Values;
  let length = text.length;
  while (length > 0 && text.charCodeAt(length - 1) === 61) length--;
  if (offset + (length * 3 >> 2) > end || length % 4 === 1) return -1;
  let at = offset;
  let bits = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? values[code] : 64;
    if (value === 64) return -1;
    bits = bits << 6 | value;
    if ((i & 3) === 3) {
      view[at++] = bits >> 16;
      view[at++] = bits >> 8;
      view[at++] = bits;
      bits = 0;
    }
  }
  if (length % 4 === 2) {
    view[at++] = bits >> 4;
  } else if (length % 4 === 3) {
    view[at++] = bits >> 10;
    view[at++] = bits >> 2;
  }
  return at - offset;
}

// Writes text as UTF-8 up to `end`, whole characters only.
function writeUtf8(view, text, offset, end) {
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

module.exports = { readNarrow, readAscii, readHex, readBase64, writeHex, writeBase64, writeUtf8 };
