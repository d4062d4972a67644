// SPDX-License-Identifier: MIT
//
// What vm compiles, and running it in a context. The parser looks at every text, since it knows V8's words for what is
// wrong; for contexts of node:vm it looks a second time, for the names (contexts.js).
'use strict';

const evaluateIn = binding('contexts').lodeEvaluateIn;
const { rewrite, SCRIPT } = require('runtime/loader/esm_source');
const { contextOf, Context, FOR_CONTEXT } = require('vm/contexts');
const errors = require('vm/errors');
const imports = require('vm/imports');
const { codes } = require('internal/errors');
const validators = require('internal/validators');

require('internal/stack').allowExtra(8);

const NO_NAMES = [];
const MOST_BLANKS = 1 << 20; // columns beyond are shown as that

let announced = null; // what ran last

// What is compiled: the text, with blanks for the column offset and what stands around it; what import() in it goes through;
// and what the engine gets.
class Unit {
  constructor(text, { filename, lineOffset, columnOffset, importModuleDynamically }, owner, head = '', tail = '') {
    this.shift = Math.max(0, Math.min(columnOffset, MOST_BLANKS));
    this.text = this.shift === 0 ? text : ' '.repeat(this.shift) + text;
    this.head = head; // on the first line
    this.tail = tail;
    this.filename = filename;
    this.line = lineOffset + 1;
    this.referrer = text.includes('import') ? imports.referrerFor(importModuleDynamically, filename, owner) : '';
    this.plain = undefined; // prepared: { code, edits, vars, functions, free }
    this.named = undefined;
  }

  // For the main context and vanilla ones.
  preparePlain() { return this.plain ??= this.prepare(0); }
  prepareFor(context) { return context instanceof Context ? this.named ??= this.prepare(FOR_CONTEXT) : this.preparePlain(); }

  prepare(flags) {
    const whole = this.head + this.text + this.tail;
    const result = rewrite(whole, SCRIPT, this.referrer, flags);
    if (result.error !== undefined) throw errors.syntaxError(this, result);
    const { code = whole, edits, vars = NO_NAMES, functions = NO_NAMES, free = NO_NAMES } = result;
    return { code, edits: this.head === '' ? edits : withHead(edits, this.head.length), vars, functions, free };
  }

  announce(prepared) {
    if (announced === prepared) return;
    announced = prepared;
    errors.rememberSource(this.filename, this.text, this.line);
    require('internal/rewritten').rememberScript(this.filename, prepared.code, prepared.edits, this.line);
  }
}

// Edits in the parser's packing (syntax/syntax.h), to which the head is one more, in front of all.
function withHead(edits, length) {
  const bytes = [0];
  pushVarint(bytes, length);
  bytes.push(0);
  if (edits === undefined) return Uint8Array.from(bytes);
  let before = 0;
  let i = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = edits[i++];
    before += (byte & 127) * scale;
    if (byte < 128) break;
  }
  pushVarint(bytes, before - length);
  const all = new Uint8Array(bytes.length + edits.length - i);
  all.set(bytes);
  all.set(edits.subarray(i), bytes.length);
  return all;
}

function pushVarint(bytes, value) {
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(128 | (value & 127));
  bytes.push(value);
}

// Runs a unit in a context, or in the main one where it is null.
function run(unit, context, { displayErrors, timeout, breakOnSigint }) {
  const prepared = context === null ? unit.preparePlain() : unit.prepareFor(context);
  unit.announce(prepared);
  try {
    if (timeout === undefined && !breakOnSigint) return evaluate(prepared, unit, context);
    return require('vm/limits').limited(() => evaluate(prepared, unit, context), timeout, breakOnSigint, context?.drain);
  } catch (error) {
    require('internal/stack').fix(error);
    if (displayErrors) errors.decorate(error, unit);
    throw error;
  }
}

function evaluate(prepared, unit, context) {
  if (context === null) return evaluateIn(undefined, prepared.code, unit.filename, unit.line);
  context.prepare(prepared);
  try {
    return evaluateIn(context.realm, prepared.code, unit.filename, unit.line);
  } finally {
    context.finish();
  }
}

function contextIn(object) {
  validators.validateObject(object, 'contextifiedObject', { allowArray: true, allowFunction: true });
  const context = contextOf(object);
  if (context === undefined) throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', object);
  return context;
}

module.exports = { Unit, run, contextIn };
