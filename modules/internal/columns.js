// SPDX-License-Identifier: MIT
//
// The engine's columns as V8's: a call is placed where the called name (or its `new`) begins and not behind it, a property at its
// name and not at the dot. Found out from the source line, when a stack becomes text. Texts of files are remembered, within limits.
'use strict';

const MOST_FILES = 32;
const LONGEST = 4 << 20;
const REACH = 200; // how far back a callee is looked for: lines of minified files are long

const texts = new Map(); // url -> Text or null
const given = new Map(); // the same, of generated files: their texts are nowhere else

class Text {
  constructor(text) {
    this.text = text;
    this.starts = [0]; // offsets of the lines found so far
  }
  line(number) {
    const { text, starts } = this;
    while (starts.length < number) {
      const end = text.indexOf('\n', starts[starts.length - 1]);
      if (end < 0) return undefined;
      starts.push(end + 1);
    }
    const end = text.indexOf('\n', starts[number - 1]);
    return text.slice(starts[number - 1], end < 0 ? text.length : end);
  }
}

function read(url) {
  const file = url.startsWith('file://') ? decodeURIComponent(url.slice(7)) : url;
  const text = require('internal/fatal').sources.get(url) ?? (file[0] === '/' ? binding('loader').readText(file) : undefined);
  return typeof text === 'string' && text.length <= LONGEST ? new Text(text) : null;
}

// A line of a source, counted from 1, or undefined.
function lineOf(url, number) {
  let text = given.get(url) ?? texts.get(url);
  if (text === undefined) {
    if (texts.size >= MOST_FILES) texts.delete(texts.keys().next().value);
    text = read(url);
    texts.set(url, text);
  }
  return text?.line(number);
}

const isName = (c) => c !== undefined && /[\w$\u0080-\uffff]/.test(c);

// Both columns count from 1.
function adjust(line, column) {
  const c = line[column - 1];
  if (c === '.') return isName(line[column]) || line[column] === '#' ? column + 1 : column;
  const from = Math.max(0, column - 1 - REACH);
  if (c === '(') {
    const callee = /(?:\bnew\s+[\w$.]*?)?[\w$\u0080-\uffff#]+\s*$/.exec(line.slice(from, column - 1));
    return callee === null ? column : from + callee.index + 1;
  }
  if (c === '[' || c === '`' || isName(c) || !isName(line[column - 2])) return column;
  return from + /[\w$\u0080-\uffff#]+$/.exec(line.slice(from, column - 1)).index + 1;
}

function columnOf(frame) {
  const { url, line, column } = frame;
  if (column < 1 || line < 1 || frame.native || url === '' || url.startsWith('node:')) return column;
  const text = lineOf(url, line);
  return text === undefined ? column : adjust(text, column);
}

module.exports = {
  adjust,
  columnOf,
  forget(url) { texts.delete(url); },
  provide(url, text) { given.set(url, new Text(text)); },
  generatedLine(url, number) { return given.get(url)?.line(number); }, // undefined for files that run as they are
};
