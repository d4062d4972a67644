// SPDX-License-Identifier: MIT
//
// The source text of a failed assert(...): "assert.ok(a === b)".
// Idea: the engine tells where the call's argument list begins; from there the text is read backwards over the
// callee and forwards to the matching parenthesis. Only that one line is read: a call that goes on is cut there.
'use strict';

const IDENTIFIER = /[\p{ID_Continue}$_\u200c\u200d#]/u;

// The text of the call that stands below `fn` on the stack; undefined where there is no source.
function callText(fn) {
  // Function.prototype.call and apply may stand in between.
  const site = require('internal/stack').captureSites(fn, 4).find((one) => !one.isNative());
  if (site === undefined) return undefined;
  const line = sourceLine(site.getFileName(), site.getLineNumber());
  if (line === undefined) return undefined;
  const open = openParenthesis(line, site.getColumnNumber() - 1);
  if (open === -1) return undefined;
  return line.slice(calleeStart(line, open), callEnd(line, open)).replace(/[\u0000-\u0008\u000b-\u001f]/g, escaped);
}

function escaped(char) {
  return '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0');
}

function sourceLine(name, number) {
  if (!name || !number) return undefined;
  const generated = require('internal/columns').generatedLine(name, number);
  if (generated !== undefined) return generated;
  let source;
  if (name === '[eval]') {
    source = require('internal/fatal').sources.get(name);
  } else {
    try {
      const path = name.startsWith('file:') ? require('web/url').fileURLToPath(name) : name;
      if (!path.startsWith('/')) return undefined;
      source = require('fs').readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  }
  return typeof source === 'string' ? source.split('\n', number)[number - 1] : undefined;
}

// The engine points at the parenthesis; where the source was rewritten on loading it may be a little off.
function openParenthesis(line, at) {
  if (line[at] === '(') return at;
  return line.indexOf('(', at);
}

// Backwards from the parenthesis: names, dots, [index]es and (calls).
function calleeStart(line, open) {
  let at = open;
  for (;;) {
    const end = at;
    const before = line[at - 1];
    if (before === ']' || before === ')') {
      at = matchBackwards(line, at - 1);
    } else {
      while (at > 0 && IDENTIFIER.test(line[at - 1])) at--;
    }
    if (at === end) return at;
    // A bracket belongs to what stands directly in front of it.
    const first = line[at];
    if ((first === '[' || first === '(') && at > 0 && (IDENTIFIER.test(line[at - 1]) || /[\])]/.test(line[at - 1]))) {
      continue;
    }
    if (line[at - 1] !== '.') return at;
    const dot = line[at - 2] === '?' ? at - 2 : at - 1;
    if (dot === 0 || !(IDENTIFIER.test(line[dot - 1]) || /[\])]/.test(line[dot - 1]))) return at;
    at = dot;
  }
}

const closers = { '(': ')', '[': ']', '{': '}' };

function matchBackwards(line, close) {
  const closer = line[close];
  const opener = closer === ']' ? '[' : '(';
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const char = line[at];
    if (char === '\'' || char === '"' || char === '`') {
      const other = line.lastIndexOf(char, at - 1);
      if (other !== -1) at = other;
    } else if (char === closer) {
      depth++;
    } else if (char === opener && --depth === 0) {
      return at;
    }
  }
  return close + 1;
}

// Forwards to behind the matching parenthesis, or to the end of the line.
function callEnd(line, open) {
  const expected = [];
  for (let at = open; at < line.length; at++) {
    const char = line[at];
    if (closers[char] !== undefined) {
      expected.push(closers[char]);
    } else if (char === expected[expected.length - 1]) {
      expected.pop();
      if (expected.length === 0) return at + 1;
    } else if (char === '\'' || char === '"' || char === '`') {
      at = skipString(line, at);
    } else if (char === '/') {
      at = skipSlash(line, at);
    }
  }
  return line.length;
}

// To the closing quote. Expressions inside a template may hold strings and templates of their own.
function skipString(line, at) {
  const quote = line[at];
  for (at++; at < line.length && line[at] !== quote; at++) {
    if (line[at] === '\\') at++;
    else if (quote === '`' && line[at] === '$' && line[at + 1] === '{') at = callEnd(line, at + 1) - 1;
  }
  return at;
}

// A comment, a regular expression, or a division, going by what stands in front.
function skipSlash(line, at) {
  if (line[at + 1] === '/') return line.length;
  if (line[at + 1] === '*') {
    const end = line.indexOf('*/', at + 2);
    return end === -1 ? line.length : end + 1;
  }
  const before = line.slice(0, at).trimEnd();
  if (before === '' || !/[\p{ID_Continue}$_)\]}'"`]$/u.test(before) || /\b(?:return|typeof|case|in|of|void)$/.test(before)) {
    let inClass = false;
    for (at++; at < line.length && (inClass || line[at] !== '/'); at++) {
      if (line[at] === '\\') at++;
      else if (line[at] === '[') inClass = true;
      else if (line[at] === ']') inClass = false;
    }
  }
  return at;
}

module.exports = { callText };
