// SPDX-License-Identifier: MIT
//
// V8's view of stacks on an engine that has its own: the text format, Error.captureStackTrace,
// Error.prepareStackTrace with call sites, Error.stackTraceLimit.
//
// The engine writes `fn@url:line:column` lines into an own data property. The Error constructors are wrapped: a new
// error gets an accessor `stack` (as Node's errors have) that converts the engine's text at its first read. Errors
// which the engine throws by itself never pass through a constructor; `fix` converts them where lode shows them. The
// conversion itself is in internal/frames.
'use strict';

const NativeError = Error;
const nativeCapture = NativeError.captureStackTrace;
const WRAPPED = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
const DEFAULT_LIMIT = 10;
const UNINITIALIZED = 'Cannot access uninitialized variable.'; // the engine's words
const UNKNOWN_NAME = 'Can\'t find variable: '; // likewise
const OVERFLOW = 'Maximum call stack size exceeded.'; // the engine's words
let extra = 3; // frames of lode's own, not shown, that a capture may contain

let PublicError = NativeError;
let lastLimit = -1;

// Files that were rewritten before the engine saw them: url -> what internal/rewritten keeps of each.
const rewritten = new Map();

// Files whose first line starts with the loader's wrapper: url -> columns to take off there.
const wrappedFiles = new Map();

// With source maps enabled: (name, text, owner, isModule), called for each file that is compiled; see runtime/loader/source_maps.
const sources = { loaded: null };

function syncLimit() {
  const limit = PublicError.stackTraceLimit;
  lastLimit = limit;
  NativeError.stackTraceLimit = typeof limit === 'number' && limit >= 0 ? Math.min(limit + extra, 1000) : extra;
}

// node:vm puts more functions of its own between a program's frames.
function allowExtra(count) {
  extra = count;
  lastLimit = NaN;
}

// ---- The accessor ----

class Same {
  constructor(object) { return object; }
}

// What a captured object carries, invisible to programs: the engine's text, and the head line's parts where they are
// fixed. Otherwise the head is made at the first reading, from name and message as they are then (as in Node: a
// constructor that sets this.name after super() shows that name).
class Captured extends Same {
  #raw;
  #value;
  #name;
  #message;
  #limit;
  #owner;
  constructor(object, raw, name, message, limit, owner) {
    super(object);
    this.#raw = raw;
    this.#name = name;
    this.#message = message;
    this.#limit = limit;
    this.#owner = owner;
  }
  static has(object) { return typeof object === 'object' && object !== null && #raw in object; }
  static again(object, raw, name, message, limit, owner) {
    object.#raw = raw;
    object.#value = undefined;
    object.#name = name;
    object.#message = message;
    object.#limit = limit;
    object.#owner = owner;
  }
  static read(object) {
    if (object.#raw === undefined) return object.#value;
    const raw = object.#raw;
    object.#raw = undefined;
    const head = headAtReading(object, object.#name, object.#message);
    object.#value = render(object, require('internal/frames').parse(raw), head, object.#limit, object.#owner);
    return object.#value;
  }
  static write(object, value) {
    object.#raw = undefined;
    object.#value = value;
  }
}

function headOf(name, message) {
  name = name === undefined ? 'Error' : String(name);
  message = message === undefined ? '' : String(message);
  if (name === '') return message;
  return message === '' ? name : `${name}: ${message}`;
}

function headAtReading(object, name, message) {
  if (name !== undefined) return headOf(name, message);
  if (typeof object === 'function') return 'Error';
  return headOf(nameOf(object), messageOf(object));
}

let preparing = false;

// `owner` is the constructor Error of the realm that the error is of.
function render(object, frames, head, limit, owner) {
  const prepare = owner.prepareStackTrace;
  if (typeof prepare === 'function' && prepare !== defaultPrepare && !preparing) {
    preparing = true;
    try {
      return prepare.call(owner, object, require('internal/frames').callSites(frames, limit));
    } finally {
      preparing = false;
    }
  }
  return head + require('internal/frames').formatFrames(frames, limit);
}

// What Error.prepareStackTrace is until a program replaces it (and what a replacement may call).
function defaultPrepare(error, trace) {
  return headOf(nameOf(error), messageOf(error)) + require('internal/frames').traceText(trace);
}
Object.defineProperty(defaultPrepare, 'name', { value: 'ErrorPrepareStackTrace', configurable: true });

function getStack() {
  if (Captured.has(this)) return Captured.read(this);
  // Inherited through a prototype chain, as `class E extends Error` with a patched prototype does.
  for (let object = this; object !== null && object !== undefined; object = Object.getPrototypeOf(object)) {
    if (Captured.has(object)) return Captured.read(object);
  }
  return undefined;
}

function setStack(value) {
  if (Captured.has(this)) Captured.write(this, value);
  else Object.defineProperty(this, 'stack', { __proto__: null, configurable: true, enumerable: true, writable: true, value });
}

const descriptor = { __proto__: null, configurable: true, enumerable: false, get: getStack, set: setStack };

function currentLimit(owner) {
  const limit = owner.stackTraceLimit;
  return typeof limit === 'number' ? limit : -1;
}

function attach(object, raw, name, message, owner = PublicError) {
  const limit = currentLimit(owner);
  if (limit < 0) {
    // No limit: no stack, as in V8.
    delete object.stack;
    return;
  }
  if (Captured.has(object)) Captured.again(object, raw, name, message, limit, owner);
  else new Captured(object, raw, name, message, limit, owner);
  Object.defineProperty(object, 'stack', descriptor);
}

function nameOf(object) {
  try {
    return object.name;
  } catch {
    return 'Error';
  }
}

function messageOf(object) {
  try {
    return object.message;
  } catch {
    return '';
  }
}

function captureStackTrace(object, below) {
  if ((typeof object !== 'object' || object === null) && typeof object !== 'function') {
    throw new TypeError(`Invalid argument: ${typeof object === 'string' ? object : String(object)}`);
  }
  if (PublicError.stackTraceLimit !== lastLimit) syncLimit();
  const holder = {};
  nativeCapture(holder, typeof below === 'function' ? below : captureStackTrace);
  attach(object, holder.stack, undefined, undefined);
}

// A new error of one of `natives` (or a class on top) whose stack is yet to come, from captureAs or captureStackTrace:
// the engine is told to record none, which is most of an error's cost.
function unrecorded(Class, message) {
  const limit = NativeError.stackTraceLimit;
  NativeError.stackTraceLimit = 0;
  const error = new Class(message);
  NativeError.stackTraceLimit = limit;
  dropPlace(error);
  return error;
}

// As captureStackTrace on an error, but with the head line's name given: the error's own name stays what it is.
function captureAs(error, below, name) {
  if (PublicError.stackTraceLimit !== lastLimit) syncLimit();
  const holder = {};
  nativeCapture(holder, below);
  attach(error, holder.stack, name, messageOf(error));
  if ($lode.c !== undefined) noteFrame(error);
}

// An async function that fails tells nobody where: its error mostly was made in the same async context.
function noteFrame(error) {
  require('async_hooks/promises').noteRejection(error, $lode.c);
}

// ---- Wrapped constructors ----

// Places of syntax errors, which have no frame of their own.
const syntaxPlaces = new WeakMap();

function dropPlace(error) {
  delete error.line;
  delete error.column;
  delete error.sourceURL;
}

function wrapConstructor(Native, name) {
  const Wrapped = {
    [name]: function(message, options) {
      if (PublicError.stackTraceLimit !== lastLimit) syncLimit();
      const error = Reflect.construct(Native, arguments, new.target === undefined ? Wrapped : new.target);
      const raw = error.stack;
      dropPlace(error);
      attach(error, raw, undefined, undefined);
      if ($lode.c !== undefined) noteFrame(error);
      return error;
    },
  }[name];
  const { prototype } = Native;
  Object.defineProperty(Wrapped, 'prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
  Object.defineProperty(Wrapped, 'length', { value: 1, configurable: true });
  Object.defineProperty(prototype, 'constructor', { value: Wrapped, writable: true, enumerable: false, configurable: true });
  return Wrapped;
}

function wrapAggregate(Native) {
  function AggregateError(errors, message, options) {
    if (PublicError.stackTraceLimit !== lastLimit) syncLimit();
    const error = Reflect.construct(Native, arguments, new.target === undefined ? AggregateError : new.target);
    const raw = error.stack;
    dropPlace(error);
    attach(error, raw, undefined, undefined);
    return error;
  }
  Object.defineProperty(AggregateError, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(AggregateError, 'length', { value: 2, configurable: true });
  Object.defineProperty(Native.prototype, 'constructor', { value: AggregateError, writable: true, configurable: true });
  Object.setPrototypeOf(AggregateError, PublicError);
  return AggregateError;
}

function publish(target, name, value) {
  Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable: false, writable: true, value });
}

function install(target) {
  for (const Native of WRAPPED) {
    const Wrapped = wrapConstructor(Native, Native.name);
    if (Native === NativeError) {
      PublicError = Wrapped;
      publish(Wrapped, 'captureStackTrace', captureStackTrace);
      publish(Wrapped, 'prepareStackTrace', defaultPrepare);
      Wrapped.stackTraceLimit = DEFAULT_LIMIT;
      if (typeof Native.isError === 'function') publish(Wrapped, 'isError', Native.isError);
    } else {
      Object.setPrototypeOf(Wrapped, PublicError);
    }
    publish(target, Native.name, Wrapped);
  }
  publish(target, 'AggregateError', wrapAggregate(AggregateError));
  syncLimit();
}

// ---- For the rest of lode ----

// Errors of other realms (node:vm): their Error.prototype -> their constructor Error. Null while there are none.
let realms = null;

function addRealm(Public) { (realms ??= new WeakMap()).set(Public.prototype, Public); }

// The constructor Error whose prototype is in the chain; undefined where it is of no realm or no error.
function ownerOf(error) {
  if (error instanceof NativeError) return PublicError;
  if (realms === null || !NativeError.isError(error)) return undefined;
  for (let object = error; object !== null; object = Object.getPrototypeOf(object)) {
    const owner = realms.get(object);
    if (owner !== undefined) return owner;
  }
  return PublicError;
}

// Gives an error that the engine itself threw the V8 view of its stack. Returns the error.
function fix(error) {
  const owner = ownerOf(error);
  if (owner === undefined || Captured.has(error)) return error;
  const own = Object.getOwnPropertyDescriptor(error, 'stack');
  if (own === undefined || typeof own.value !== 'string' || !own.configurable) return error;
  if (own.value !== '' && !/(^|\n)[^\n]*@|\[native code\]/.test(own.value)) return error;
  const raw = own.value;
  if (error.message === UNINITIALIZED) nameUninitialized(error, raw);
  const place = error instanceof SyntaxError || owner !== PublicError ? ownPlace(error) : null;
  if (place !== null) syntaxPlaces.set(error, place);
  dropPlace(error);
  let message = messageOf(error);
  if (typeof message === 'string' && message.startsWith(UNKNOWN_NAME)) {
    message = `${message.slice(UNKNOWN_NAME.length)} is not defined`;
    publish(error, 'message', message);
  }
  if (message === OVERFLOW) publish(error, 'message', message = OVERFLOW.slice(0, -1)); // as in V8
  if (typeof message === 'string' && message.includes('$lode')) {
    message = require('internal/rewritten').authorWords(message);
    publish(error, 'message', message);
  }
  attach(error, raw, nameOf(error), message, owner);
  return error;
}

// A variable that an importer read before its module came to declare it: the innermost frame is the getter of its export.
function nameUninitialized(error, raw) {
  const { parseLine, HEAD } = require('internal/frames');
  const end = raw.indexOf('\n');
  const frame = parseLine(end < 0 ? raw : raw.slice(0, end));
  if (frame.url === HEAD) error.message = `Cannot access '${frame.fn}' before initialization`;
}

function ownPlace(error) {
  const { line, sourceURL } = error;
  return typeof line === 'number' && typeof sourceURL === 'string' ? { url: sourceURL, line, column: 0 } : null;
}

// Notes where the text of a syntax error is wrong: it has no frame there.
function setPlace(error, url, line, column, length) {
  syntaxPlaces.set(error, { url, line, column, length });
  return error;
}

function placed(error) {
  return syntaxPlaces.has(error);
}

// Errors whose stack begins with an excerpt already (node:vm).
let decorated = null;

function setDecorated(error) { (decorated ??= new WeakSet()).add(error); }
function isDecorated(error) { return decorated !== null && decorated.has(error); }

// Where an error arose: { url, line, column } or null. Call before or after `fix`.
function placeOf(error) {
  if (typeof error !== 'object' || error === null) return null;
  fix(error);
  const known = syntaxPlaces.get(error);
  if (known !== undefined) return known;
  let stack;
  try {
    stack = error.stack;
  } catch {
    return null;
  }
  if (typeof stack !== 'string') return null;
  const top = /\n {4}at (?:[^\n]*? \()?([^\n]*):(\d+):(\d+)\)?(?=\n|$)/.exec(stack);
  if (top !== null && require('internal/fatal').sources.has(top[1])) return { url: top[1], line: +top[2], column: +top[3] };
  const match = /\n {4}at (?:.*? \()?((?:file:\/\/|node:|\/|\[)[^\n]*?):(\d+):(\d+)\)?(?=\n|$)/.exec(stack);
  return match === null ? null : { url: match[1], line: +match[2], column: +match[3] };
}

// The frames above `below`, as call sites; not subject to the program's prepareStackTrace or limit.
function captureSites(below, count) {
  const before = NativeError.stackTraceLimit;
  NativeError.stackTraceLimit = count + extra;
  const holder = {};
  nativeCapture(holder, below);
  NativeError.stackTraceLimit = before;
  const frames = require('internal/frames');
  return frames.callSites(frames.parse(holder.stack), count);
}

module.exports = {
  install,
  addRealm,
  allowExtra,
  nativeLimit(limit) { return typeof limit === 'number' && limit >= 0 ? Math.min(limit + extra, 1000) : extra; },
  attach,
  defaultPrepare,
  dropPlace,
  captureAs,
  unrecorded,
  // The engine's own constructors, for errors that get their stack from captureAs.
  natives: { Error, RangeError, SyntaxError, TypeError, URIError },
  fix,
  setPlace,
  placed,
  setDecorated,
  isDecorated,
  placeOf,
  captureSites,
  wrappedFiles,
  sources,
  rewritten,
};
