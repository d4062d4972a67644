// SPDX-License-Identifier: MIT
//
// Punycode (RFC 3492) with the interface of the old bundled module. Idea: the RFC's procedures over arrays of code
// points; domain names and mail addresses are split into labels around them.

'use strict';

const LARGEST = 0x7fffffff;
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;
const PREFIX = 'xn--';

warnOnce();

function warnOnce() {
  const sites = require('internal/stack').captureSites(warnOnce, 12);
  if (sites.some((site) => /[/\\]node_modules[/\\]/.test(site.getFileName() ?? ''))) return;
  process.emitWarning('The `punycode` module is deprecated. Please use a userland alternative instead.',
                      'DeprecationWarning', 'DEP0040');
}

function overflow() {
  return new RangeError('Overflow: input needs wider integers to process');
}

// ---- Code points ----

function ucs2decode(string) {
  const points = [];
  for (let i = 0; i < string.length; i++) {
    const unit = string.charCodeAt(i);
    const next = i + 1 < string.length ? string.charCodeAt(i + 1) : 0;
    if ((unit & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00) {
      points.push(((unit & 0x3ff) << 10) + (next & 0x3ff) + 0x10000);
      i++;
    } else {
      points.push(unit);
    }
  }
  return points;
}

function ucs2encode(points) {
  return String.fromCodePoint(...points);
}

// ---- RFC 3492 ----

function digitValue(code) {
  if (code >= 48 && code < 58) return code - 22;
  if (code >= 65 && code < 91) return code - 65;
  if (code >= 97 && code < 123) return code - 97;
  return BASE;
}

function digitCharacter(digit) {
  return String.fromCharCode(digit < 26 ? digit + 97 : digit + 22);
}

function adapt(delta, count, isFirst) {
  delta = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  delta += Math.floor(delta / count);
  let k = 0;
  while (delta > ((BASE - T_MIN) * T_MAX) >> 1) {
    delta = Math.floor(delta / (BASE - T_MIN));
    k += BASE;
  }
  return Math.floor(k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
}

function threshold(k, bias) {
  return Math.min(Math.max(k - bias, T_MIN), T_MAX);
}

function decode(input) {
  const out = [];
  const basic = Math.max(input.lastIndexOf('-'), 0);
  for (let i = 0; i < basic; i++) {
    const code = input.charCodeAt(i);
    if (code >= 0x80) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
    out.push(code);
  }
  let n = FIRST_CODE;
  let i = 0;
  let bias = FIRST_BIAS;
  for (let at = basic > 0 ? basic + 1 : 0; at < input.length;) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      if (at >= input.length) throw new RangeError('Invalid input');
      const digit = digitValue(input.charCodeAt(at++));
      if (digit >= BASE) throw new RangeError('Invalid input');
      if (digit > Math.floor((LARGEST - i) / weight)) throw overflow();
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (weight > Math.floor(LARGEST / (BASE - t))) throw overflow();
      weight *= BASE - t;
    }
    const count = out.length + 1;
    bias = adapt(i - before, count, before === 0);
    if (Math.floor(i / count) > LARGEST - n) throw overflow();
    n += Math.floor(i / count);
    i %= count;
    out.splice(i++, 0, n);
  }
  return String.fromCodePoint(...out);
}

function variableLength(value, bias) {
  let out = '';
  for (let k = BASE; ; k += BASE) {
    const t = threshold(k, bias);
    if (value < t) return out + digitCharacter(value);
    out += digitCharacter(t + (value - t) % (BASE - t));
    value = Math.floor((value - t) / (BASE - t));
  }
}

function encode(input) {
  const points = ucs2decode(input);
  let out = points.filter((point) => point < 0x80).map((point) => String.fromCharCode(point)).join('');
  const basic = out.length;
  let handled = basic;
  if (basic) out += '-';
  let n = FIRST_CODE;
  let delta = 0;
  let bias = FIRST_BIAS;
  while (handled < points.length) {
    let next = LARGEST;
    for (const point of points) if (point >= n && point < next) next = point;
    if (next - n > Math.floor((LARGEST - delta) / (handled + 1))) throw overflow();
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n && ++delta > LARGEST) throw overflow();
      if (point === n) {
        out += variableLength(delta, bias);
        bias = adapt(delta, handled + 1, handled === basic);
        delta = 0;
        handled++;
      }
    }
    delta++;
    n++;
  }
  return out;
}

// ---- Domains ----

// Applies fn to each label; the local part of a mail address is left alone.
function mapLabels(domain, fn) {
  const at = domain.indexOf('@');
  const head = at === -1 ? '' : domain.slice(0, domain.indexOf('@', at) + 1);
  const rest = at === -1 ? domain : domain.split('@')[1];
  return head + rest.replace(/[\u002e\u3002\uff0e\uff61]/g, '.').split('.').map(fn).join('.');
}

function toUnicode(input) {
  return mapLabels(input, (label) => (label.startsWith(PREFIX) ? decode(label.slice(4).toLowerCase()) : label));
}

function toASCII(input) {
   
  return mapLabels(input, (label) => (/[^\0-\x7f]/.test(label) ? PREFIX + encode(label) : label));
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};
