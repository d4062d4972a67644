// SPDX-License-Identifier: MIT
//
// Texts that the parser rewrote, and the way back: places in stacks, and what Function.prototype.toString shows, are the
// author's. Loaded with the first text that is rewritten.
//
// A record holds the rewritten text and its edits as the parser packed them (syntax/syntax.h); they are unpacked when
// somebody asks. Edits never add or remove a line end, so lines are equal and only columns differ.
'use strict';

const { rewritten } = require('internal/stack'); // url -> Rewritten

const nativeToString = Function.prototype.toString;
const MARK = '$lode';
const MODULE = /^\((?:async )?function[ *]lodeModule\(/; // how the text of a module begins

class Rewritten {
  constructor(code, edits) {
    this.code = code;
    this.packed = edits;
    this.edits = null;
    this.starts = [0]; // of the lines found so far
    this.firstLine = 1; // the file's line that the text begins with
  }
}

class Edit {
  constructor(at, inserted, removed) {
    this.at = at; // in the rewritten text
    this.end = at + inserted;
    this.removed = removed;
  }
}

function remember(url, code, edits) {
  if (edits === undefined) return;
  if (rewritten.size === 0 && evaluated.length === 0) install();
  rewritten.set(url, new Rewritten(code, edits));
}

const scripts = new Set(); // urls of texts of node:vm, oldest first
const MOST_SCRIPTS = 1000;

// A text that may have a name in common with others (node:vm): the latest counts.
function rememberScript(url, code, edits, firstLine) {
  scripts.delete(url);
  if (edits !== undefined) scripts.add(url);
  if (scripts.size > MOST_SCRIPTS) {
    const oldest = scripts.values().next().value;
    scripts.delete(oldest);
    rewritten.delete(oldest);
  }
  const before = rewritten.get(url);
  if (before !== undefined) {
    rewritten.delete(url);
    if (before.code !== code) keepEvaluated(before);
  }
  remember(url, code, edits);
  if (edits !== undefined) rewritten.get(url).firstLine = firstLine;
}

// Texts of eval and new Function have no url. Their functions' texts are found as long as they are among the latest.
const evaluated = [];
const MOST_EVALUATED = 128;

function rememberEvaluated(code, edits) {
  if (edits === undefined) return;
  if (rewritten.size === 0 && evaluated.length === 0) install();
  keepEvaluated(new Rewritten(code, edits));
}

function keepEvaluated(record) {
  if (evaluated.length === MOST_EVALUATED) evaluated.shift();
  evaluated.push(record);
}

// ---- Edits ----

function unpack(record) {
  if (record.edits !== null) return record.edits;
  const bytes = record.packed;
  const edits = [];
  let i = 0;
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[i++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (i < bytes.length) {
    at += number();
    const inserted = number();
    const length = number();
    edits.push(new Edit(at, inserted, textOf(bytes, i, i + length)));
    i += length;
    at += inserted;
  }
  record.packed = undefined;
  record.edits = edits;
  return edits;
}

function textOf(bytes, start, end) {
  let text = '';
  for (let i = start; i < end; i++) {
    if (bytes[i] > 127) return require('buffer').Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    text += String.fromCharCode(bytes[i]);
  }
  return text;
}

// The first edit that ends behind `offset`.
function firstAfter(edits, offset) {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edits[middle].end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

// ---- Places ----

function startOfLine(record, line) {
  const { code, starts } = record;
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  while (starts.length < line) {
    ends.lastIndex = starts[starts.length - 1];
    if (ends.exec(code) === null) return code.length;
    starts.push(ends.lastIndex);
  }
  return starts[line - 1];
}

// The author's column of a place in the rewritten text; both count from 1.
function originalColumn(record, line, column) {
  const edits = unpack(record);
  const start = startOfLine(record, line - record.firstLine + 1);
  const target = start + column - 1;
  let shift = 0;
  for (let i = firstAfter(edits, start - 1); i < edits.length && edits[i].at < target; i++) {
    const edit = edits[i];
    if (edit.at < start) continue;
    if (target < edit.end) return edit.at - start + shift + 1;
    shift += edit.removed.length - (edit.end - edit.at);
  }
  return column + shift;
}

// ---- Function.prototype.toString ----

// The author's text of a piece of a record's text.
function undo(record, start, end) {
  const { code } = record;
  const edits = unpack(record);
  let text = '';
  let at = start;
  for (let i = firstAfter(edits, start - 1); i < edits.length && edits[i].at < end; i++) {
    const edit = edits[i];
    // What was only removed right before the piece is not part of it.
    if (edit.at < start || edit.end === start) continue;
    text += code.slice(at, edit.at) + edit.removed;
    at = edit.end;
  }
  return text + code.slice(at, end);
}

const LINE_END = '/*$lode*/'; // what vm.compileFunction writes for one

function authorText(text) {
  if (text.includes(LINE_END)) return authorText(text.replace(LINE_END, '')).replace('{', '{\n');
  for (const record of rewritten.values()) {
    const at = record.code.indexOf(text);
    if (at >= 0) return undo(record, at, at + text.length);
  }
  for (const record of evaluated) {
    const at = record.code.indexOf(text);
    if (at >= 0) return undo(record, at, at + text.length);
  }
  return text;
}

// A message of the engine's quotes a piece of the rewritten code: what the parser put there is taken out by its look.
const INSERTED = [
  [/\$lode\.r\((?:\$lodeT=)?\$lode\.a\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\),await \$lode\.v(?:,\$lodeT=0)?\)/g, 'await$1'],
  [/ ?\$lode\.t\(\(((?:[^()]|\([^()]*\))*)\)\)/g, '$1'],
  [/\$lode\.t\(((?:[^()]|\([^()]*\))*)\)/g, '$1'],
  [/ ?\$lode\.f\(\$lodeF=\$lode\.c,((?:[^()]|\([^()]*\))*)\)/g, '$1'],
  [/^.* of +\$lode\.f is not a function\. \(In '.*? of +(.*)', '.*' is undefined\)$/s, '$1 is not async iterable'],
  [/\$lode\$/g, ''],
  [/\(0,\$lode\d+\.([\w$]+)\)/g, '$1'],
  [/\$lode\d+\.([\w$]+)/g, '$1'],
];

function authorWords(message) {
  for (let before = ''; before !== message;) {
    before = message;
    for (const [pattern, replacement] of INSERTED) message = message.replace(pattern, replacement);
  }
  return message;
}

// Functions of lode's that stand in the place of the engine's look like those.
const disguised = new WeakSet();

function disguise(fn) {
  disguised.add(fn);
  return fn;
}

// The latest answers: closures made again and again have the same text.
const known = new Map();
const MOST_KNOWN = 256;

function knownText(text) {
  let original = known.get(text);
  if (original !== undefined) return original;
  original = authorText(text);
  if (known.size === MOST_KNOWN) known.delete(known.keys().next().value);
  known.set(text, original);
  return original;
}

// What a function shows of whose text the engine says `text`.
function shownText(fn, text) {
  if (disguised.has(fn)) return `function ${fn.name}() { [native code] }`;
  return text.includes(MARK) ? knownText(text) : text;
}

const methods = {
  toString() { return shownText(this, nativeToString.call(this)); },
};

const WRAPPED = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError', 'Function'];

let installed = false;
function install() {
  if (installed) return;
  installed = true;
  disguise(methods.toString);
  for (const name of WRAPPED) if (typeof globalThis[name] === 'function') disguise(globalThis[name]);
  for (const sample of [async function() {}, function*() {}, async function*() {}]) disguise(sample.constructor);
  Object.defineProperty(Function.prototype, 'toString', {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: methods.toString,
  });
}

// Whether a place lies in what lode put before a module: the getters of its exports.
function inHead(record, line, column) {
  const first = unpack(record)[0];
  return line === 1 && first.at === 0 && column <= first.end && MODULE.test(record.code);
}

module.exports = { remember, rememberScript, rememberEvaluated, originalColumn, inHead, authorWords, disguise, shownText, install };
