// SPDX-License-Identifier: MIT
//
// Query strings. Idea: one pass that cuts at the separators with indexOf; text without '%' and '+' is taken as it
// is. Escaping is the engine's encodeURIComponent behind a test for what needs none.

'use strict';

const PLAIN = /^[A-Za-z0-9\-_.!~*'()]*$/;

function encodeText(text) {
  if (PLAIN.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeIllFormed(text);
  }
}

// A high surrogate takes whatever follows it for its partner; only at the very end it is an error.
function encodeIllFormed(text) {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit & 0xf800) !== 0xd800) {
      out += encodeURIComponent(text[i]);
      continue;
    }
    if (++i === text.length) throw new (require('internal/errors').codes.ERR_INVALID_URI)();
    out += encodeURIComponent(String.fromCodePoint(0x10000 + ((unit & 0x3ff) << 10) + (text.charCodeAt(i) & 0x3ff)));
  }
  return out;
}

function escape(str) {
  if (typeof str !== 'string') str = typeof str === 'object' ? String(str) : `${str}`;
  return encodeText(str);
}

// ---- Unescaping ----

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  code |= 32;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

// The bytes that the text stands for; what is no escape stays as it is.
function unescapeBuffer(s, decodeSpaces) {
  const { Buffer } = require('buffer');
  const out = Buffer.allocUnsafe(s.length);
  let length = 0;
  for (let i = 0; i < s.length; i++) {
    const code = s.charCodeAt(i);
    if (decodeSpaces && code === 43) {
      out[length++] = 32;
      continue;
    }
    if (code === 37 && i + 2 < s.length) {
      const high = hexValue(s.charCodeAt(i + 1));
      const low = hexValue(s.charCodeAt(i + 2));
      if (high !== -1 && low !== -1) {
        out[length++] = high * 16 + low;
        i += 2;
        continue;
      }
    }
    out[length++] = code;
  }
  return length === s.length ? out : out.slice(0, length);
}

function unescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return querystring.unescapeBuffer(s, decodeSpaces).toString();
  }
}

// ---- Stringify ----

function primitive(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': return `${value}`;
    case 'boolean': return value ? 'true' : 'false';
    default: return '';
  }
}

function encoded(value, encode) {
  const text = primitive(value);
  return text.length === 0 ? '' : encode(text);
}

// Numbers need no escaping unless an exponent brings a plus sign.
function encodedPlainly(value) {
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e21) return `${value}`;
  return encodeText(primitive(value));
}

function stringify(obj, sep, eq, options) {
  sep ||= '&';
  eq ||= '=';
  if (obj === null || typeof obj !== 'object') return '';
  let encode = querystring.escape;
  if (typeof options?.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  const convert = encode === escape ? encodedPlainly : encoded;
  let out = '';
  for (const key of Object.keys(obj)) {
    const value = obj[key];
    const name = `${convert(key, encode)}${eq}`;
    if (Array.isArray(value)) {
      for (const item of value) out += `${out === '' ? '' : sep}${name}${convert(item, encode)}`;
    } else {
      out += `${out === '' ? '' : sep}${name}${convert(value, encode)}`;
    }
  }
  return out;
}

// ---- Parse ----

function Result() {}
Result.prototype = { __proto__: null };

function decodeWith(text, decode) {
  try {
    return decode(text);
  } catch {
    return querystring.unescape(text, true);
  }
}

function decoded(text, decode, isOwn) {
  if (isOwn) return text === '' ? '' : decodeWith(text.indexOf('+') === -1 ? text : text.replaceAll('+', '%20'), decode);
  if (text.indexOf('+') !== -1) text = text.replaceAll('+', ' ');
  return text.indexOf('%') === -1 ? text : decodeWith(text, decode);
}

function add(result, key, value) {
  const before = result[key];
  if (before === undefined) result[key] = value;
  else if (typeof before === 'object') before.push(value);
  else result[key] = [before, value];
}

function parse(qs, sep, eq, options) {
  const result = new Result();
  if (typeof qs !== 'string' || qs.length === 0) return result;
  const separator = sep ? `${sep}` : '&';
  const equals = eq ? `${eq}` : '=';
  let left = 1000;
  if (typeof options?.maxKeys === 'number') left = options.maxKeys > 0 ? options.maxKeys : Infinity;
  let decode = querystring.unescape;
  if (typeof options?.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const isOwn = decode !== unescape;
  for (let at = 0; at <= qs.length && left > 0;) {
    let end = qs.indexOf(separator, at);
    if (end === -1) end = qs.length;
    if (end > at) {
      const middle = qs.indexOf(equals, at);
      if (middle === -1 || middle + equals.length > end) {
        add(result, decoded(qs.slice(at, end), decode, isOwn), '');
      } else {
        add(result, decoded(qs.slice(at, middle), decode, isOwn),
            decoded(qs.slice(middle + equals.length, end), decode, isOwn));
      }
      left--;
    }
    at = end + separator.length;
  }
  return result;
}

const querystring = module.exports = {
  unescapeBuffer,
  unescape,
  escape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
