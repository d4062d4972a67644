// SPDX-License-Identifier: MIT
//
// Reading a value from a tape (tags.js). The tape was written by pack.js of this process, so it is trusted. Nothing of
// the program's runs meanwhile: properties are defined, not assigned, where a setter could stand.
'use strict';

const native = binding('ports');
const tags = require('worker_threads/tags');
const { openers } = require('web/structured_clone/protocol');

const { STRING, OBJECT, ARRAY, REF, SINGLE, BYTES, MOVED } = tags;
const { NULL, TRUE, FALSE, HOLE, DOUBLE, LONG_STRING, NO_KEY, VIEWS } = tags;
const DATA_VIEW = VIEWS.length - 1;

const names = []; // of atoms, by number
const float = new Float64Array(1);
const floatWords = new Int32Array(float.buffer);

let words = new Int32Array(0);
let bytes = new Uint8Array(0);
let at = 0;
let text = '';
let textLength = 0;
let cursor = 0;
let textNumber = 0;
let lastText; // the one that came with the words
let lastNumber = 0; // its number
let objects = [];
let moved = [];
let ports = null;

function mapTape() {
  const buffer = native.inbound();
  words = new Int32Array(buffer);
  bytes = new Uint8Array(buffer);
}

function double() {
  floatWords[0] = words[at++];
  floatWords[1] = words[at++];
  return float[0];
}

function take(length) {
  if (length === 0) return '';
  if (cursor + length > textLength) nextText();
  const start = cursor;
  cursor += length;
  if (start === 0 && length === textLength) return text;
  return text.substring(start, cursor);
}

function nextText() {
  text = textNumber === lastNumber && lastText !== undefined ? lastText : native.text(textNumber);
  textNumber++;
  textLength = text.length;
  cursor = 0;
}

function read() {
  const word = words[at++];
  const payload = word >> 4;
  switch (word & 15) {
    case 0: return payload;
    case STRING: return take(payload);
    case OBJECT: {
      const object = {};
      objects.push(object);
      return entries(object, payload);
    }
    case ARRAY: return elements(payload);
    case REF: return known(payload);
    case SINGLE: return single(payload);
    case BYTES: return view(payload, words[at++], false);
    case MOVED: return moved[payload];
    default: return readers[payload]();
  }
}

function single(which) {
  switch (which) {
    case NULL: return null;
    case TRUE: return true;
    case FALSE: return false;
    case DOUBLE:
      floatWords[0] = words[at++];
      floatWords[1] = words[at++];
      return float[0];
    case LONG_STRING: return take(double());
    default: return undefined;
  }
}

function nameOf(atom) {
  return (names[atom] = native.atomName(atom));
}

function entries(object, count) {
  for (let i = 0; i < count; i++) {
    const code = words[at++];
    if (code >= 0) {
      const key = names[code] ?? nameOf(code);
      const value = read();
      if (key === '__proto__') define(object, key, value);
      else object[key] = value;
    } else if (code !== NO_KEY) {
      const key = take(-2 - code);
      define(object, key, read());
    }
  }
  return object;
}

function define(object, key, value) {
  if (key in object) Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

function elements(length) {
  const list = [];
  objects.push(list);
  for (let i = 0; i < length; i++) {
    if (words[at] === HOLE * 16 + SINGLE) {
      at++;
      list.length++;
    } else {
      list.push(read());
    }
  }
  return list;
}

// The number before that of a view over all of its buffer stands for the buffer.
function known(id) {
  return objects[id] ??= objects[id + 1].buffer;
}

function keep(object) {
  objects.push(object);
  return object;
}

// Keeps a number for what is made only after its contents.
function reserve() {
  objects.push(undefined);
  return objects.length - 1;
}

// ---- Bytes ----

function view(type, length, large) {
  objects.push(undefined);
  if (large) return keep(typed(type, native.bytes(words[at++])));
  const start = at * 4;
  at += (length + 3) >> 2;
  if (type === 0) return keep(bytes.slice(start, start + length));
  return keep(typed(type, bytes.buffer.slice(start, start + length)));
}

function typed(type, buffer) {
  return new VIEWS[type](buffer);
}

function rawBytes(length) {
  if (length > tags.INLINE_BYTES) return native.bytes(words[at++]);
  const start = at * 4;
  at += (length + 3) >> 2;
  return bytes.buffer.slice(start, start + length);
}

function partialView() {
  const type = words[at++];
  const offset = double();
  const size = double();
  const buffer = read();
  const Type = VIEWS[type];
  if (size < 0) return keep(new Type(buffer, offset));
  return keep(new Type(buffer, offset, type === DATA_VIEW ? size : size / Type.BYTES_PER_ELEMENT));
}

function resizable() {
  const length = double();
  const buffer = keep(new ArrayBuffer(length, { maxByteLength: double() }));
  new Uint8Array(buffer).set(new Uint8Array(rawBytes(length)));
  return buffer;
}

// ---- Everything else ----

const readers = [];
readers[tags.K_DATE] = () => keep(new Date(double()));
readers[tags.K_REGEXP] = () => {
  const id = reserve();
  const source = read();
  return (objects[id] = new RegExp(source, read()));
};
readers[tags.K_MAP] = () => {
  const map = keep(new Map());
  for (let left = words[at++]; left > 0; left--) {
    const key = read();
    map.set(key, read());
  }
  return map;
};
readers[tags.K_SET] = () => {
  const set = keep(new Set());
  for (let left = words[at++]; left > 0; left--) set.add(read());
  return set;
};
readers[tags.K_ERROR] = () => {
  const id = reserve();
  const Class = require('web/structured_clone/common').ERROR_NAMES.get(read());
  const message = read();
  const stack = read();
  const error = objects[id] = message === undefined ? new Class() : new Class(message);
  hidden(error, 'stack', stack);
  if (read()) hidden(error, 'cause', read());
  return error;
};
readers[tags.K_DOM_EXCEPTION] = () => {
  const id = reserve();
  const message = read();
  const { DOMException } = require('web/domexception');
  const error = objects[id] = new DOMException(message, read());
  hidden(error, 'stack', read());
  return error;
};
readers[tags.K_BOXED] = () => {
  const id = reserve();
  return (objects[id] = Object(read()));
};
readers[tags.K_BIGINT] = () => {
  const digits = read();
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
};
readers[tags.K_ARRAY_BUFFER] = () => keep(rawBytes(double()));
readers[tags.K_RESIZABLE] = resizable;
readers[tags.K_VIEW] = partialView;
readers[tags.K_LARGE_BYTES] = () => view(words[at++], 0, true);
readers[tags.K_LIST] = () => {
  const list = keep([]);
  list.length = double();
  return entries(list, words[at++] >> 4);
};
readers[tags.K_SHARED] = () => keep(require('worker_threads/shared').open(words[at++]));
readers[tags.K_NATIVE] = () => keep(native.thing(words[at++]));
readers[tags.K_PORT] = () => {
  const port = require('worker_threads/ports').adopt(native.thing(words[at++]));
  ports.push(port);
  return port;
};
readers[tags.K_HOST] = () => {
  const id = reserve();
  const opener = openerOf(read());
  return (objects[id] = opener(read()));
};

function openerOf(info) {
  if (!openers.has(info)) {
    const at = info.lastIndexOf(':');
    if (!require.exists(info.slice(0, at))) throw new Error(`Missing internal module '${info.slice(0, at)}'`);
    throw new Error(`Unknown deserialize spec ${info}`);
  }
  const [module, name] = info.split(':');
  return require(module)[name];
}

function hidden(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

// ---- The whole ----

function readMoved(end) {
  const texts = words[end - 5];
  at = words[end - 4];
  const count = words[end - 3];
  textNumber = texts;
  for (let i = 0; i < count; i++) {
    const number = words[at++];
    objects = [];
    moved[number] = read();
  }
  textNumber = 0;
  text = '';
  textLength = cursor = 0;
}

// The message that C has put on the tape of this environment, so many words long, with the text that belongs to it
// where that is at hand. The ports that came with it are asked for at once.
function unpack(count, givenText) {
  if (count > words.length) mapTape();
  objects = [];
  ports = [];
  moved = [];
  text = '';
  textLength = cursor = textNumber = 0;
  const last = words[count - 1];
  lastText = givenText;
  if (last & 1) {
    lastNumber = words[count - 2];
    readMoved(count);
  } else {
    lastNumber = last >> 1;
  }
  at = 0;
  const value = read();
  objects = [];
  lastText = undefined;
  if (words.length > 256 * 1024) words = new Int32Array(0);
  return value;
}

function receivedPorts() {
  return ports;
}

module.exports = { unpack, receivedPorts };
