// SPDX-License-Identifier: MIT
//
// MIMEType and MIMEParams as the WHATWG MIME Sniffing standard describes them. Idea: one forgiving parser for
// parameters (bad ones are skipped), strict checks in the setters.

'use strict';

const { codes } = require('internal/errors');

const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const NOT_QUOTABLE = /[^\t\u0020-\u007e\u0080-\u00ff]/;
const LEADING_SPACE = /^[\r\n\t ]+/;
const TRAILING_SPACE = /[\r\n\t ]+$/;

function asciiLower(text) {
  return text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}

function invalid(production, text, position) {
  return new codes.ERR_INVALID_MIME_SYNTAX(production, text, position);
}

function checkToken(text, production) {
  const at = text.search(NOT_TOKEN);
  if (text.length === 0 || at !== -1) throw invalid(production, text, at);
}

// "type/subtype" in front of the first ';': [type, subtype, position of the parameters].
function parseEssence(text) {
  const start = text.search(/[^\r\n\t ]/);
  const from = start === -1 ? text.length : start;
  const slash = text.indexOf('/', from);
  const type = slash === -1 ? text.slice(from) : text.slice(from, slash);
  const badType = type.search(NOT_TOKEN);
  if (type === '' || badType !== -1 || slash === -1) throw invalid('type', text, badType);
  const semicolon = text.indexOf(';', slash);
  const end = semicolon === -1 ? text.length : semicolon;
  const subtype = text.slice(slash + 1, end).replace(TRAILING_SPACE, '');
  const badSubtype = subtype.search(NOT_TOKEN);
  if (subtype === '' || badSubtype !== -1) throw invalid('subtype', text, badSubtype);
  return [asciiLower(type), asciiLower(subtype), end + 1];
}

// Reads a quoted string from just behind its quote: [value, position behind it].
function readQuoted(text, at) {
  let value = '';
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && at + 1 < text.length) at++;
    value += text[at++];
  }
  return [value, at + 1];
}

function parseParams(text, at, data) {
  while (at < text.length) {
    let end = at;
    while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
    const name = asciiLower(text.slice(at, end).replace(LEADING_SPACE, ''));
    at = end;
    if (text[at] !== '=') {
      at++;
      continue;
    }
    at++;
    let value;
    if (text[at] === '"') {
      [value, at] = readQuoted(text, at + 1);
      at = text.indexOf(';', at);
      if (at === -1) at = text.length;
    } else {
      end = text.indexOf(';', at);
      if (end === -1) end = text.length;
      value = text.slice(at, end).replace(TRAILING_SPACE, '');
      at = end;
      if (value === '') {
        at++;
        continue;
      }
    }
    at++;
    if (name !== '' && !NOT_TOKEN.test(name) && !NOT_QUOTABLE.test(value) && !data.has(name)) data.set(name, value);
  }
}

function encodeValue(value) {
  if (value !== '' && !NOT_TOKEN.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

class MIMEParams {
  #data = new Map();

  static fill(params, text, at) {
    parseParams(text, at, params.#data);
    return params;
  }

  delete(name) {
    this.#data.delete(`${name}`);
  }

  get(name) {
    const value = this.#data.get(`${name}`);
    return value === undefined ? null : value;
  }

  has(name) {
    return this.#data.has(`${name}`);
  }

  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    checkToken(name, 'parameter name');
    const at = value.search(NOT_QUOTABLE);
    if (at !== -1) throw invalid('parameter value', value, at);
    this.#data.set(name, value);
  }

  * entries() {
    yield* this.#data.entries();
  }

  * keys() {
    yield* this.#data.keys();
  }

  * values() {
    yield* this.#data.values();
  }

  toString() {
    const parts = [];
    for (const [name, value] of this.#data) parts.push(`${name}=${encodeValue(value)}`);
    return parts.join(';');
  }
}

const { fill } = MIMEParams;
delete MIMEParams.fill;
Object.defineProperty(MIMEParams.prototype, Symbol.iterator, {
  value: MIMEParams.prototype.entries, writable: true, configurable: true,
});
Object.defineProperty(MIMEParams.prototype, 'toJSON', {
  value: MIMEParams.prototype.toString, writable: true, configurable: true,
});

class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(string) {
    string = `${string}`;
    const [type, subtype, rest] = parseEssence(string);
    this.#type = type;
    this.#subtype = subtype;
    this.#params = fill(new MIMEParams(), string, rest);
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    checkToken(value, 'type');
    this.#type = asciiLower(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    checkToken(value, 'subtype');
    this.#subtype = asciiLower(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = `${this.#params}`;
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
}
Object.defineProperty(MIMEType.prototype, 'toJSON', {
  value: MIMEType.prototype.toString, writable: true, configurable: true,
});

module.exports = { MIMEParams, MIMEType };
