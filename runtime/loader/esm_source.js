// SPDX-License-Identifier: MIT
//
// From texts to what the engine can run: the parser's rewriting of modules, CommonJS files and scripts, and the question
// whether an ambiguous text is a module.
'use strict';

const { sourceRecord } = require('runtime/loader/esm_record');
const stack = require('internal/stack');

const SCRIPT = 0;
const COMMONJS = 1;
const MODULE = 2;

// Bits of a result's flags.
const MODULE_SYNTAX = 1;
const TOP_AWAIT = 2;

const WANT_NAMES = 1;

// Of what the parser answers for a module.
const CODE = 4;
const EDITS = 5;

let parser = null;

function rewrite(source, goal, referrer, flags) {
  parser ??= binding('syntax');
  return parser.rewrite(source, goal, referrer, flags);
}

// What internal/stack and Function.prototype.toString need to show the author's text.
function remember(url, result) {
  require('internal/rewritten').remember(url, result.code, result.edits);
}

// The text of a module -> its record. Throws the SyntaxError.
function moduleFrom(url, source) {
  parser ??= binding('syntax');
  const parts = parser.module(source, url);
  if (parts.error !== undefined) throw require('runtime/loader/esm_errors').fromParser(parts, url);
  require('internal/rewritten').remember(url, parts[CODE], parts[EDITS]);
  if (stack.sources.loaded !== null) stack.sources.loaded(url, source, undefined, true);
  return sourceRecord(url, parts);
}

// Whether a text that is no CommonJS is a module: it parses as one, and either has module syntax or awaits at the top or
// declares one of the names that CommonJS wraps it in.
function isModule(source, url) {
  if (!/\b(?:import|export|await|require|exports|module|__filename|__dirname)\b/.test(source)) return false;
  const result = rewrite(source, MODULE, url, 0);
  if (result.error !== undefined) return false;
  return (result.flags & (MODULE_SYNTAX | TOP_AWAIT)) !== 0 || redeclares(source);
}

function redeclares(source) {
  return /\b(?:const|let|class)\b[^;]*\b(?:require|exports|module|__filename|__dirname)\b/.test(source);
}

module.exports = {
  SCRIPT, COMMONJS, MODULE, MODULE_SYNTAX, TOP_AWAIT, WANT_NAMES, rewrite, remember, moduleFrom, isModule,
};
