// SPDX-License-Identifier: MIT
//
// URLSearchParams. Idea: one flat list of names and values in order; a text without '%' and '+' is decoded by
// slicing, and one without special characters is encoded as it is. A URL's own parameters call it back after
// each change.
'use strict';

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

// ---- application/x-www-form-urlencoded ----

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  code |= 32;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

// Decodes escapes byte by byte, for text that decodeURIComponent() refuses.
function decodeLoosely(text) {
  const bytes = require('buffer').Buffer.from(text, 'utf8');
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i];
    if (byte === 37 && i + 2 < bytes.length) {
      const high = hexValue(bytes[i + 1]);
      const low = hexValue(bytes[i + 2]);
      if (high >= 0 && low >= 0) {
        byte = high << 4 | low;
        i += 2;
      }
    }
    bytes[size++] = byte;
  }
  return bytes.utf8Slice(0, size);
}

function decodeText(text, hasPlus) {
  if (hasPlus && text.indexOf('+') >= 0) text = text.replaceAll('+', ' ');
  if (text.indexOf('%') < 0) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeLoosely(text);
  }
}

function parseQuery(text) {
  const list = [];
  const hasPlus = text.indexOf('+') >= 0;
  const plain = !hasPlus && text.indexOf('%') < 0; // then nothing needs decoding
  const end = text.length;
  for (let at = 0; at < end;) {
    let stop = text.indexOf('&', at);
    if (stop < 0) stop = end;
    if (stop > at) {
      const equals = text.indexOf('=', at);
      const hasValue = equals >= 0 && equals < stop;
      const name = text.slice(at, hasValue ? equals : stop);
      const value = hasValue ? text.slice(equals + 1, stop) : '';
      if (plain) list.push(name, value);
      else list.push(decodeText(name, hasPlus), decodeText(value, hasPlus));
    }
    at = stop + 1;
  }
  return list;
}

// Letters, digits and '*-._' stand for themselves.
function isSafe(text) {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const letter = c | 32;
    if ((letter >= 97 && letter <= 122 && c < 128) || (c >= 48 && c <= 57)) continue;
    if (c !== 42 && c !== 45 && c !== 46 && c !== 95) return false;
  }
  return true;
}

function encodeText(text) {
  if (isSafe(text)) return text;
  return encodeURIComponent(text.toWellFormed())
    .replace(/%20|[!'()~]/g, (c) => c === '%20' ? '+' : '%' + c.charCodeAt(0).toString(16).toUpperCase());
}

function serialize(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 2) {
    if (i > 0) text += '&';
    text += `${encodeText(list[i])}=${encodeText(list[i + 1])}`;
  }
  return text;
}

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`.toWellFormed();
}

// ---- Construction from objects ----

function fromPairs(pairs, iterator) {
  if (typeof iterator !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
  const list = [];
  for (const pair of { [Symbol.iterator]: () => iterator.call(pairs) }) {
    const isIterable = (typeof pair === 'object' || typeof pair === 'function') && pair !== null &&
      typeof pair[Symbol.iterator] === 'function';
    const items = isIterable ? [...pair] : null;
    if (items === null || items.length !== 2) {
      throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    }
    list.push(toText(items[0]), toText(items[1]));
  }
  return list;
}

function fromRecord(record) {
  const places = new Map(); // a key may appear twice once its lone surrogates are replaced
  const list = [];
  for (const key of Reflect.ownKeys(record)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(record, key);
    if (!descriptor?.enumerable) continue;
    const name = toText(key);
    const value = toText(record[key]);
    const place = places.get(name);
    if (place !== undefined) {
      list[place] = value;
    } else {
      places.set(name, list.length + 1);
      list.push(name, value);
    }
  }
  return list;
}

function listOf(init) {
  if (init === undefined || init === null) return [];
  if (typeof init === 'object' || typeof init === 'function') {
    const iterator = init[Symbol.iterator];
    if (iterator === undefined || iterator === null) return fromRecord(init);
    return fromPairs(init, iterator);
  }
  const text = toText(init);
  return parseQuery(text[0] === '?' ? text.slice(1) : text);
}

// ---- The class ----

let attach;
let replaceFrom;

function rejectThis(name) {
  throw new codes.ERR_INVALID_THIS(name);
}

class URLSearchParams {
  #list;
  #changed = null; // tells the URL that owns these parameters

  constructor(init = undefined) {
    this.#list = init === undefined ? [] : listOf(init);
  }

  static {
    // The live parameters of a URL: `changed` gets the encoded query after every change.
    attach = (search, changed) => {
      const params = new URLSearchParams(search);
      params.#changed = changed;
      return params;
    };
    replaceFrom = (params, search) => {
      params.#list = parseQuery(search[0] === '?' ? search.slice(1) : search);
    };
  }

  #notify() {
    if (this.#changed !== null) this.#changed(serialize(this.#list));
  }

  get size() {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    return this.#list.length / 2;
  }

  append(name, value) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    this.#list.push(toText(name), toText(value));
    this.#notify();
  }

  delete(name, value = undefined) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = toText(name);
    if (value !== undefined) value = toText(value);
    const list = this.#list;
    let kept = 0;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) continue;
      list[kept] = list[i];
      list[kept + 1] = list[i + 1];
      kept += 2;
    }
    list.length = kept;
    this.#notify();
  }

  get(name) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = toText(name);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return null;
  }

  getAll(name) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = toText(name);
    const list = this.#list;
    const values = [];
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) values.push(list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = toText(name);
    if (value !== undefined) value = toText(value);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    name = toText(name);
    value = toText(value);
    const list = this.#list;
    let kept = 0;
    let found = false;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) {
        if (found) continue;
        found = true;
        list[i + 1] = value;
      }
      list[kept] = list[i];
      list[kept + 1] = list[i + 1];
      kept += 2;
    }
    list.length = kept;
    if (!found) list.push(name, value);
    this.#notify();
  }

  sort() {
    const list = this.#list;
    const pairs = [];
    for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
    pairs.sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0); // stable, by code units
    this.#list = pairs.flat();
    this.#notify();
  }

  entries() {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    return makeIterator(() => this.#list, 'entries');
  }

  forEach(callback, thisArg = undefined) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    require('internal/validators').validateFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i += 2) {
      callback.call(thisArg, this.#list[i + 1], this.#list[i], this);
    }
  }

  keys() {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    return makeIterator(() => this.#list, 'keys');
  }

  values() {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    return makeIterator(() => this.#list, 'values');
  }

  toString() {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    return serialize(this.#list);
  }

  [customInspectSymbol](depth, options) {
    if (typeof this !== 'object' || this === null || !(#list in this)) rejectThis('URLSearchParams');
    if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
    const { inspect } = require('util/inspect');
    const inner = innerOptions(depth, options);
    const parts = [];
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      parts.push(`${inspect(list[i], inner)} => ${inspect(list[i + 1], inner)}`);
    }
    return braces('URLSearchParams', parts, options);
  }
}

function innerOptions(depth, options) {
  const inner = { ...options };
  if (depth !== null) inner.depth = depth - 1;
  return inner;
}

// 'Name { a, b }' in one line while it fits.
function braces(name, parts, options) {
  if (parts.length === 0) return name.endsWith('Iterator') ? `${name} {  }` : `${name} {}`;
  const length = parts.reduce((sum, part) => sum + part.length + 2, -2);
  if (length <= options.breakLength) return `${name} { ${parts.join(', ')} }`;
  return `${name} {\n  ${parts.join(',\n  ')} }`;
}

// ---- Iteration ----

const iteratorState = Symbol('state');
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

function valueAt(list, at, kind) {
  if (kind === 'keys') return list[at];
  return kind === 'values' ? list[at + 1] : [list[at], list[at + 1]];
}

const URLSearchParamsIteratorPrototype = Object.create(IteratorPrototype, {
  next: {
    value: function next() {
      const state = this?.[iteratorState];
      if (!state) rejectThis('URLSearchParamsIterator');
      const list = state.list();
      if (state.at >= list.length) return { value: undefined, done: true };
      const value = valueAt(list, state.at, state.kind);
      state.at += 2;
      return { value, done: false };
    },
    writable: true,
    enumerable: true,
    configurable: true,
  },
  [customInspectSymbol]: {
    value: function(depth, options) {
      if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
      const state = this?.[iteratorState];
      if (!state) rejectThis('URLSearchParamsIterator');
      const { inspect } = require('util/inspect');
      const inner = innerOptions(depth, options);
      const list = state.list();
      const parts = [];
      for (let i = state.at; i < list.length; i += 2) parts.push(inspect(valueAt(list, i, state.kind), inner));
      return braces(this[Symbol.toStringTag], parts, options);
    },
    writable: true,
    configurable: true,
  },
  [Symbol.toStringTag]: { value: 'URLSearchParams Iterator', configurable: true },
});

function makeIterator(list, kind) {
  return Object.create(URLSearchParamsIteratorPrototype, { [iteratorState]: { value: { list, kind, at: 0 } } });
}

for (const name of ['size', 'append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys',
  'values', 'toString']) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}
Object.defineProperties(URLSearchParams.prototype, {
  [Symbol.toStringTag]: { value: 'URLSearchParams', configurable: true },
  [Symbol.iterator]: { value: URLSearchParams.prototype.entries, writable: true, configurable: true },
});

module.exports = { URLSearchParams, attach, replaceFrom };
