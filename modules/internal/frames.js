// SPDX-License-Identifier: MIT
//
// The engine's text of a stack, parsed into frames, and frames as V8 shows them: lines and call sites. Loaded when the
// first stack is read: a program without errors never needs it.
'use strict';

// The name under which the loader wraps CommonJS modules; V8 calls such frames Object.<anonymous>.
const MODULE_FUNCTION = 'lodeModuleWrapper';
const CONTEXT_FUNCTION = '$lode$'; // before the names of functions at the top of a context's scripts (syntax/context.c)
const { wrappedFiles, rewritten } = require('internal/stack'); // wrappedFiles: url -> columns that the wrapper takes on the first line
const HEAD = 'node:internal/module head'; // the getters of a module's exports: nobody's code
let mapper = null; // (frames, Frame) => frames of the originals, while source maps are enabled

function Frame(fn, url, line, column, native) {
  this.fn = fn;
  this.url = url;
  this.line = line;
  this.column = column;
  this.native = native;
}
Object.setPrototypeOf(Frame.prototype, null); // programs may define `url` for all objects

function parseLine(text) {
  const at = text.indexOf('@');
  let fn = at < 0 ? '' : text.slice(0, at);
  const place = at < 0 ? text : text.slice(at + 1);
  if (place === '[native code]') return new Frame(fn, '', 0, 0, true);
  let end = place.length;
  let column = 0;
  let line = 0;
  const second = place.lastIndexOf(':');
  const first = second > 0 ? place.lastIndexOf(':', second - 1) : -1;
  if (first >= 0) {
    const l = +place.slice(first + 1, second);
    const c = +place.slice(second + 1);
    if (l > 0 && c >= 0) {
      line = l;
      column = c;
      end = first;
    }
  }
  const url = place.slice(0, end);
  if (fn === MODULE_FUNCTION) fn = 'Object.<anonymous>';
  else if (fn === 'global code' || fn === 'module code' || fn === 'lodeModule') fn = '';
  else if (fn === 'eval code') fn = 'eval';
  else if (fn.startsWith(CONTEXT_FUNCTION)) fn = fn.slice(CONTEXT_FUNCTION.length);
  if (line === 1) {
    const shift = wrappedFiles.get(url);
    if (shift !== undefined && column > shift) column -= shift;
  }
  const record = rewritten.get(url);
  if (record !== undefined) {
    const { inHead, originalColumn } = require('internal/rewritten');
    if (inHead(record, line, column)) return new Frame(fn, HEAD, line, column, false);
    column = originalColumn(record, line, column);
  }
  return new Frame(fn, url, line, column, false);
}

// node:vm runs code through several functions of its own; V8's users know the one that they call.
const VM = 'node:internal/vm/';
const VM_NATIVES = ['lodeEvaluateIn', 'lodeLimited'];

function isInner(frame) {
  return frame.url === 'node:internal/stack' || frame.url === HEAD || frame.url.startsWith(VM) || (frame.native && VM_NATIVES.includes(frame.fn));
}

function parse(raw) {
  const frames = [];
  let constructing = false;
  if (typeof raw !== 'string' || raw === '') return frames;
  let start = 0;
  while (start <= raw.length) {
    let end = raw.indexOf('\n', start);
    if (end < 0) end = raw.length;
    if (end > start) {
      const frame = parseLine(raw.slice(start, end));
      // Frames of the capture itself stand first: this file's, Reflect.construct called by it, and then the
      // constructors that classes have by default, which V8 does not show either.
      if (frames.length === 0 && frame.url === '' && (frame.fn === 'construct' || constructing)) {
        start = end + 1;
        continue;
      }
      if (isInner(frame)) constructing = true;
      if (!isInner(frame) && !(frame.url === '' && frame.line === 0 && !frame.native && frame.fn === '')) {
        frames.push(frame);
      }
    }
    start = end + 1;
  }
  return frames;
}

// Through source maps where there are any (their columns are exact), else with V8's columns.
function located(frames) {
  const mapped = mapper === null ? frames : mapper(frames, Frame);
  const { columnOf } = require('internal/columns');
  return mapped.map((frame, i) => (frame === frames[i] ? new Frame(frame.fn, frame.url, frame.line, columnOf(frame), frame.native) : frame));
}

function shown(frames) {
  return located(frames).map((frame) => frameText(frame, frame.column));
}

function placeText(frame, column) {
  if (frame.native || frame.url === '') return '<anonymous>';
  return `${frame.url}:${frame.line}:${column}`;
}

function frameText(frame, column) {
  const place = placeText(frame, column);
  return frame.fn === '' ? place : `${frame.fn} (${place})`;
}

function formatFrames(frames, limit) {
  let text = '';
  for (const line of shown(frames.length > limit ? frames.slice(0, limit) : frames)) text += `\n    at ${line}`;
  return text;
}

// ---- Call sites ----

class CallSite {
  #frame;
  constructor(frame) { this.#frame = frame; }
  getThis() { return undefined; }
  getTypeName() { return this.#frame.fn.startsWith('Object.') ? 'Object' : null; }
  getFunction() { return undefined; }
  getFunctionName() {
    const { fn } = this.#frame;
    return fn === '' || fn === 'Object.<anonymous>' ? null : fn;
  }
  getMethodName() { return null; }
  getFileName() { return this.#frame.native ? null : this.#frame.url; }
  getLineNumber() { return this.#frame.native ? null : this.#frame.line; }
  getColumnNumber() { return this.#frame.native ? null : require('internal/columns').columnOf(this.#frame); }
  getEvalOrigin() { return undefined; }
  getScriptNameOrSourceURL() { return this.#frame.native ? null : this.#frame.url; }
  getScriptHash() { return ''; }
  getEnclosingLineNumber() { return this.#frame.line; }
  getEnclosingColumnNumber() { return this.#frame.column; }
  getPosition() { return 0; }
  getPromiseIndex() { return null; }
  isToplevel() { return true; }
  isEval() { return this.#frame.fn === 'eval'; }
  isNative() { return this.#frame.native; }
  isConstructor() { return false; }
  isAsync() { return false; }
  isPromiseAll() { return false; }
  toString() { return frameText(this.#frame, require('internal/columns').columnOf(this.#frame)); }
  static frameOf(site) { return typeof site === 'object' && site !== null && #frame in site ? site.#frame : undefined; }
}
const { frameOf } = CallSite;
delete CallSite.frameOf;

// The lines of call sites, in which a program may have put objects of its own.
function traceText(trace) {
  let text = '';
  const frames = trace.map(frameOf);
  for (const line of frames.includes(undefined) ? trace : shown(frames)) text += `\n    at ${line}`;
  return text;
}

function callSites(frames, limit) {
  const sites = [];
  for (let i = 0; i < frames.length && i < limit; i++) sites.push(new CallSite(frames[i]));
  return sites;
}

module.exports = { HEAD, parse, parseLine, located, formatFrames, callSites, CallSite, traceText, setMapper(fn) { mapper = fn; } };
