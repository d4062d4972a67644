// SPDX-License-Identifier: MIT
//
// Errors of scripts: syntax errors with their place, and the excerpt (file:line, source line, caret) that goes before the
// stack of what a script throws, as Node puts it there unless `displayErrors` is false.
'use strict';

const stack = require('internal/stack');
const { sources } = require('internal/fatal');

const MOST_SOURCES = 64;
const MOST_LINES = 100_000; // before a text
const known = new Set(); // the keys of `sources` that are ours, oldest first

// Texts that no file holds: columns and excerpts are taken from them. Line 1 of the text is line `line` of the file.
function rememberSource(filename, text, line) {
  if (line > 1 && line < MOST_LINES) text = '\n'.repeat(line - 1) + text;
  if (sources.get(filename) === text || (!known.delete(filename) && sources.has(filename))) return;
  require('internal/columns').forget(filename);
  if (known.size === MOST_SOURCES) {
    const oldest = known.values().next().value;
    known.delete(oldest);
    sources.delete(oldest);
  }
  known.add(filename);
  sources.set(filename, text);
}

// `unit`: what is compiled, { filename, text, line, shift }: shift blanks stand before the author's first line.
function excerptOf(unit, line, column, length) {
  let source = unit.text.split(/\r\n|[\n\r\u2028\u2029]/, line - unit.line + 1)[line - unit.line];
  if (source === undefined) return '';
  if (line === unit.line) {
    source = source.slice(unit.shift);
    column -= unit.shift;
  }
  const before = source.slice(0, Math.max(0, column - 1));
  const thrown = /\bthrow\s+$/.exec(before);
  const blanks = (thrown === null ? before : before.slice(0, thrown.index)).replace(/[^\t]/g, ' ');
  return `${unit.filename}:${line}\n${source}\n${blanks}${'^'.repeat(Math.max(1, length))}\n`;
}

function putBefore(error, excerpt) {
  try {
    error.stack = `${excerpt}\n${error.stack}`;
    stack.setDecorated(error);
  } catch {
    // Frozen, or of a program's making: it stays as it is.
  }
}

// What the parser answered, as an error of the main realm. Always with its excerpt: a syntax error has no frame.
function syntaxError(unit, result) {
  const line = result.line + unit.line - 1;
  const column = result.line === 1 ? Math.max(1, result.column - unit.head.length) : result.column;
  const length = result.endColumn - result.column;
  const error = new SyntaxError(result.error);
  stack.setPlace(error, unit.filename, line, column, length);
  putBefore(error, excerptOf(unit, line, column, length));
  return error;
}

const TOP_FRAME = /\n {4}at (?:[^\n]*? \()?([^\n]*):(\d+):(\d+)\)?(?:\n|$)/;

// An error that leaves a script.
function decorate(error, unit) {
  if (typeof error !== 'object' || error === null || !Error.isError(error) || stack.isDecorated(error)) return;
  stack.fix(error);
  const { stack: text } = error;
  const frame = typeof text === 'string' ? TOP_FRAME.exec(text) : null;
  if (frame === null || frame[1] !== unit.filename) return;
  const excerpt = excerptOf(unit, +frame[2], +frame[3], 1);
  if (excerpt !== '') putBefore(error, excerpt);
}

module.exports = { rememberSource, syntaxError, decorate };
