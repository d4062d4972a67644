// SPDX-License-Identifier: MIT
//
// Writing a value onto a tape (tags.js), by HTML's rules of structured serialisation.
//
// Fast for what most messages are: objects and arrays of plain values. Whether an object is as plain as its prototype
// says (and no proxy or map in disguise) only C can tell, so such objects are written on trust and asked about in
// groups; where one turns out otherwise the tape is written anew with a question for each.
//
// The state is in variables of this file, because nearly always one value is written at a time. A getter may post
// another message meanwhile: then the state is put aside, and each depth has a tape of its own.
//
// Objects that are not plain at first sight are pack_others', bytes pack_bytes', and what moves pack_moves': all three write
// through the functions of this file, and load with the first value of theirs.
'use strict';

const native = binding('ports');
const { areOrdinary, areBare } = require('util/peek');
const { dataCloneError, refuse } = require('web/structured_clone/common');
const { marks } = require('web/structured_clone/protocol');
const tags = require('worker_threads/tags');

const { STRING, OBJECT, ARRAY, REF, SINGLE, MOVED, KIND } = tags;
const { UNDEFINED, NULL, TRUE, FALSE, HOLE, DOUBLE, LONG_STRING, NO_KEY, TEXT_LIMIT, INLINE_BYTES } = tags;
const MOST_INT = 2 ** 27;
const DEPTHS = 8;
const STRINGS = 8;
const FEW = 8; // so many objects are looked up one by one
const TAPE_KEPT = 256 * 1024;

const { isArray } = Array;
const { getPrototypeOf, keys: keysOf, hasOwn } = Object;
const ObjectPrototype = Object.prototype;
const ArrayPrototype = Array.prototype;

const atoms = new Map(); // name -> number
const float = new Float64Array(1);
const floatWords = new Int32Array(float.buffer);

const tapes = []; // by depth: { words, bytes }
let depth = -1;
let words = null; // Int32Array
let bytes = null; // Uint8Array over the same
let room = 0;
let at = 0;
let strings = []; // not handed to C yet
let stringCount = 0;
let textLength = 0;
let textsClosed = 0;
let seen = [];
let seenCount = 0;
let ids = null; // Map, once there are more than FEW
let moves = null; // Map from what is moved to its number
let careful = false;
let plain = []; // written on trust
let plainCount = 0;
let lists = [];
let listCount = 0;

const notAsItLooks = new Error('An object is not what its prototype says'); // one for all: it never gets out

// ---- The tape ----

function mapTape(buffer) {
  words = new Int32Array(buffer);
  bytes = new Uint8Array(buffer);
  room = words.length;
  tapes[depth] = { words, bytes };
}

function grow(count) {
  const buffer = native.outbound(depth, Math.max(room * 2, at + count + 16), true);
  if (buffer === undefined) throw dataCloneError('Data cannot be cloned, out of memory.');
  mapTape(buffer);
}

function save() {
  return { strings, stringCount, textLength, textsClosed, at, seen, seenCount, ids, moves, careful, plain, plainCount, lists, listCount };
}

function enter() {
  if (depth + 1 === DEPTHS) throw new RangeError('Messages are posted while others are written, to too great a depth');
  const saved = depth >= 0 ? save() : null;
  if (saved !== null) {
    seen = [];
    plain = [];
    lists = [];
    strings = [];
  }
  depth++;
  const tape = tapes[depth];
  if (tape === undefined) {
    mapTape(native.outbound(depth, 0, false));
  } else {
    ({ words, bytes } = tape);
    room = words.length;
  }
  return saved;
}

function leave(saved) {
  if (room > TAPE_KEPT) mapTape(native.outbound(depth, 0, false));
  forget(seen, seenCount < FEW ? seenCount : FEW);
  forget(plain, plain.length);
  forget(lists, lists.length);
  forget(strings, stringCount);
  ids = moves = null;
  depth--;
  if (saved === null) return;
  restore(saved);
}

// The collector must not find here what was sent.
function forget(list, count) {
  for (let i = 0; i < count; i++) list[i] = undefined;
}

function restore(saved) {
  ({ strings, stringCount, textLength, textsClosed, at, seen, seenCount, ids, moves, careful, plain, plainCount, lists, listCount } = saved);
  ({ words, bytes } = tapes[depth]);
  room = words.length;
}

function begin(isCareful) {
  at = 0;
  stringCount = textLength = textsClosed = 0;
  seenCount = plainCount = listCount = 0;
  ids = null;
  careful = isCareful;
}

function word(value) {
  if (at + 1 > room) grow(1);
  words[at++] = value;
}

function double(value) {
  if (at + 2 > room) grow(2);
  float[0] = value;
  words[at++] = floatWords[0];
  words[at++] = floatWords[1];
}

function kind(which) { word(which * 16 + KIND); }

// ---- Values ----

function write(value) {
  if (at + 4 > room) grow(4);
  switch (typeof value) {
    case 'string': return string(value);
    case 'number':
      if ((value | 0) === value && value < MOST_INT && value >= -MOST_INT && (value !== 0 || 1 / value > 0)) {
        words[at++] = value << 4;
      } else {
        words[at++] = DOUBLE * 16 + SINGLE;
        float[0] = value;
        words[at++] = floatWords[0];
        words[at++] = floatWords[1];
      }
      return undefined;
    case 'boolean':
      words[at++] = value ? TRUE * 16 + SINGLE : FALSE * 16 + SINGLE;
      return undefined;
    case 'undefined':
      words[at++] = UNDEFINED * 16 + SINGLE;
      return undefined;
    case 'object':
      if (value === null) {
        words[at++] = NULL * 16 + SINGLE;
        return undefined;
      }
      return object(value);
    case 'bigint':
      kind(tags.K_BIGINT);
      return write(value.toString(16));
    default: throw refuse(value);
  }
}

function string(value) {
  const { length } = value;
  if (length < MOST_INT) {
    word(length << 4 | STRING);
  } else {
    word(LONG_STRING * 16 + SINGLE);
    double(length);
  }
  if (length > 0) addText(value, length);
}

// Strings go to C several at a time, most of them with the message itself.
function addText(value, length) {
  if (textLength > 0 && textLength + length > TEXT_LIMIT) closeText();
  else if (stringCount === STRINGS) flushStrings();
  strings[stringCount++] = value;
  textLength += length;
}

function flushStrings() {
  if (stringCount === 1) {
    native.addTexts(depth, strings[0]);
  } else {
    for (let i = stringCount; i < STRINGS; i++) strings[i] = '';
    const s = strings; // by hand, here and below: the iterator of a destructuring is much code for the compiler
    native.addTexts(depth, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
  }
  stringCount = 0;
}

function closeText() {
  if (stringCount > 0) flushStrings();
  native.closeText(depth);
  textsClosed++;
  textLength = 0;
}

// then(argument, depth, words, ...strings)
function handOver(then, argument) {
  switch (stringCount) {
    case 0: return then(argument, depth, at);
    case 1: return then(argument, depth, at, strings[0]);
    default: {
      const s = strings;
      for (let i = stringCount; i < STRINGS; i++) s[i] = '';
      if (stringCount <= 4) return then(argument, depth, at, s[0], s[1], s[2], s[3]);
      return then(argument, depth, at, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }
  }
}

// ---- Objects ----

function knownId(value) {
  if (ids !== null) return ids.get(value);
  for (let i = 0; i < seenCount; i++) if (seen[i] === value) return i;
  return undefined;
}

function keep(value) {
  if (ids !== null) {
    ids.set(value, seenCount++);
    return;
  }
  if (seenCount < FEW) {
    seen[seenCount++] = value;
    return;
  }
  ids = new Map();
  for (let i = 0; i < FEW; i++) ids.set(seen[i], i);
  ids.set(value, seenCount++);
}

function object(value) {
  const id = knownId(value);
  if (id !== undefined) {
    words[at++] = id << 4 | REF;
    return undefined;
  }
  if (moves !== null) {
    const move = moves.get(value);
    if (move !== undefined) {
      words[at++] = move << 4 | MOVED;
      return undefined;
    }
  }
  if (careful) return other(value);
  const proto = getPrototypeOf(value);
  if (proto === ObjectPrototype && value !== globalThis) {
    if (plainCount === 8) checkPlain();
    plain[plainCount++] = value;
    keep(value);
    return entries(value, OBJECT);
  }
  if (proto === ArrayPrototype && isArray(value)) {
    if (listCount === 4) checkLists();
    lists[listCount++] = value;
    keep(value);
    return elements(value);
  }
  return other(value);
}

function checkPlain() {
  const p = plain;
  const ordinary = plainCount === 1 ? areOrdinary(p[0]) : plainCount <= 4 ? areOrdinary(p[0], p[1], p[2], p[3]) :
    areOrdinary(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
  if (!ordinary) throw notAsItLooks;
  plainCount = 0;
}

function checkLists() {
  const last = listCount - 1;
  for (let i = listCount; i < 4; i++) lists[i] = lists[last];
  if (!areBare(lists[0], lists[1], lists[2], lists[3])) throw notAsItLooks;
  listCount = 0;
}

// Own enumerable properties with string keys.
function entries(value, tag) {
  const keys = keysOf(value);
  const { length } = keys;
  word(length << 4 | tag);
  for (let i = 0; i < length; i++) {
    const key = keys[i];
    const item = value[key];
    if (at + 2 > room) grow(2);
    if (item === undefined && !hasOwn(value, key)) { // a getter removed it
      words[at++] = NO_KEY;
      continue;
    }
    const atom = atoms.get(key);
    if (atom !== undefined && atom >= 0) {
      words[at++] = atom;
    } else {
      nameKey(key, atom);
    }
    write(item);
  }
}

function nameKey(key, atom) {
  const { length } = key;
  if (atom === undefined && length <= 40 && length > 0 && !(key.charCodeAt(0) < 58)) {
    atom = native.atom(key);
    if (atoms.size > 20000) atoms.clear();
    atoms.set(key, atom);
    if (atom >= 0) {
      words[at++] = atom;
      return;
    }
  }
  words[at++] = -2 - length;
  if (length > 0) addText(key, length);
}

function elements(value) {
  const { length } = value;
  word(length << 4 | ARRAY);
  for (let i = 0; i < length; i++) {
    const item = value[i];
    if (item === undefined && !hasOwn(value, i)) word(HOLE * 16 + SINGLE);
    else write(item);
  }
}

// What is not plainly plain.
let other = (value) => {
  ({ other } = require('worker_threads/pack_others'));
  return other(value);
};

// The bytes of a view or buffer: on the tape where they are few, else in a part.
function rawBytes(source, length) {
  if (length > INLINE_BYTES) {
    word(native.addBytes(depth, source));
    return;
  }
  const count = (length + 3) >> 2;
  if (at + count > room) grow(count);
  bytes.set(source, at * 4);
  at += count;
}

// ---- The message ----

function trailer() {
  checkDoubts();
  if (moves === null) word(textsClosed * 2);
  else trailerWithMoves();
}

function trailerWithMoves() {
  // A text of their own, so that they can be read first.
  if (textLength > 0) closeText();
  const texts = textsClosed;
  const place = at;
  seenCount = 0;
  ids = null;
  require('worker_threads/pack_moves').writeAll(moves);
  checkDoubts();
  word(texts);
  word(place);
  word(moves.size);
  word(textsClosed);
  word(1);
}

function checkDoubts() {
  if (plainCount > 0) checkPlain();
  if (listCount > 0) checkLists();
}

function writeAll(value, transfer, sender) {
  moves = transfer.length === 0 ? null : require('worker_threads/pack_moves').prepare(transfer, sender);
  try {
    write(value);
    checkDoubts();
  } catch (failure) {
    writeAgain(value, failure);
  }
  trailer();
}

// A trap of a proxy may have thrown: what was taken for plain decides.
function writeAgain(value, failure) {
  if (careful || (failure !== notAsItLooks && allAsTheyLook())) throw failure;
  native.discard(depth);
  begin(true);
  write(value);
}

function allAsTheyLook() {
  try {
    checkDoubts();
    return true;
  } catch {
    return false;
  }
}

// Writes the value and hands it over: then(argument, depth, words, ...strings).
function pack(value, transfer, sender, then, argument) {
  if (typeof value === 'string' && transfer.length === 0 && depth === -1 && tapes.length > 0) {
    const { length } = value;
    if (length > 0 && length < MOST_INT) { // nothing else to think of
      words[0] = length << 4 | STRING;
      words[1] = 0;
      return then(argument, 0, 2, value);
    }
  }
  const saved = enter();
  let done = false;
  try {
    begin(marks.uncloneable);
    writeAll(value, transfer, sender);
    done = true;
    return handOver(then, argument);
  } finally {
    if (!done) native.discard(depth);
    leave(saved);
  }
}

module.exports = {
  pack,
  // For the files beside this one.
  word, double, kind, write, keep, knownId, entries, elements, rawBytes,
  depthNow() { return depth; },
  isMoved(value) { return moves !== null && moves.has(value); },
};
