// SPDX-License-Identifier: MIT
//
// What a fresh realm gets before a program's code runs in it: Error constructors with V8's stacks, functions that show the
// author's text and constructors of functions that know the parser, and what the language has and the engine lacks.
// `furnish` is evaluated in the realm itself, as text, so that everything it makes is of that realm; its frames are hidden
// like those of internal/stack.
'use strict';

function furnish(kit) {
  const { defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Object;
  const { construct } = Reflect;
  const NativeError = Error;
  const nativeCapture = Error.captureStackTrace;
  const target = globalThis;
  let PublicError = NativeError;
  let lastLimit = -1;

  function publish(object, name, value) {
    defineProperty(object, name, { __proto__: null, configurable: true, enumerable: false, writable: true, value });
  }

  function syncLimit() {
    lastLimit = PublicError.stackTraceLimit;
    NativeError.stackTraceLimit = kit.nativeLimit(lastLimit);
  }

  // The constructor for programs in the place of the engine's; `length` arguments.
  function replace(Native, Wrapped, length) {
    const { prototype } = Native;
    defineProperty(Wrapped, 'prototype', { __proto__: null, value: prototype, writable: false, enumerable: false, configurable: false });
    defineProperty(Wrapped, 'length', { __proto__: null, value: length, configurable: true });
    defineProperty(prototype, 'constructor', { __proto__: null, ...getOwnPropertyDescriptor(prototype, 'constructor'), value: Wrapped });
    kit.disguise(Wrapped);
    return Wrapped;
  }

  function wrapError(Native, name, length) {
    const Wrapped = {
      [name]: function(message, options) {
        if (PublicError.stackTraceLimit !== lastLimit) syncLimit();
        const error = construct(Native, arguments, new.target === undefined ? Wrapped : new.target);
        kit.made(error, error.stack, PublicError);
        return error;
      },
    }[name];
    return replace(Native, Wrapped, length);
  }

  function captureStackTrace(object, below) {
    if ((typeof object !== 'object' || object === null) && typeof object !== 'function') {
      throw new TypeError(`Invalid argument: ${typeof object === 'string' ? object : String(object)}`);
    }
    if (PublicError.stackTraceLimit !== lastLimit) syncLimit();
    const holder = {};
    nativeCapture(holder, typeof below === 'function' ? below : captureStackTrace);
    kit.attach(object, holder.stack, undefined, undefined, PublicError);
  }

  for (const name of ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError']) {
    const Wrapped = wrapError(target[name], name, name === 'AggregateError' ? 2 : 1);
    if (name === 'Error') {
      PublicError = Wrapped;
      publish(Wrapped, 'captureStackTrace', captureStackTrace);
      publish(Wrapped, 'prepareStackTrace', kit.prepare);
      Wrapped.stackTraceLimit = kit.limit;
      publish(Wrapped, 'isError', NativeError.isError);
    } else {
      setPrototypeOf(Wrapped, PublicError);
    }
    publish(target, name, Wrapped);
  }

  // ---- Function constructors ----

  function wrapFunction(Native, kind) {
    const Wrapped = {
      [Native.name]: function(...args) {
        const texts = [];
        for (let i = 0; i < args.length; i++) texts[i] = `${args[i]}`;
        const made = construct(Native, texts, new.target === undefined ? Native : new.target);
        return kit.remake(made, kind, texts, Wrapped);
      },
    }[Native.name];
    return replace(Native, Wrapped, 1);
  }

  const PublicFunction = wrapFunction(Function, 'function');
  publish(target, 'Function', PublicFunction);
  setPrototypeOf(wrapFunction((async function() {}).constructor, 'async function'), PublicFunction);
  setPrototypeOf(wrapFunction((function*() {}).constructor, 'function*'), PublicFunction);
  setPrototypeOf(wrapFunction((async function*() {}).constructor, 'async function*'), PublicFunction);

  const nativeToString = PublicFunction.prototype.toString;
  const { toString } = { toString() { return kit.shownText(this, nativeToString.call(this)); } };
  publish(PublicFunction.prototype, 'toString', kit.disguise(toString));

  // ---- Names ----

  for (const name of ['dispose', 'asyncDispose']) {
    if (Symbol[name] === undefined) defineProperty(Symbol, name, { __proto__: null, value: kit.symbols[name] });
  }
  for (const name of kit.unknown) delete target[name];
  return { Error: PublicError, Object, Promise, Proxy, ReferenceError, TypeError, WebAssembly, Function: PublicFunction };
}

// What `eval` is where it is not called by its name.
function wrapEval(prepare) {
  const native = globalThis.eval;
  return { eval(text) { return native(prepare(text)); } }.eval;
}

// Run in a realm whose context compiles no WebAssembly.
function refuseWebAssembly(WebAssembly, Promise) {
  const { CompileError } = WebAssembly;
  const refused = (name) => new CompileError(`WebAssembly.${name}(): Wasm code generation disallowed by embedder`);
  const hidden = (name, value) => Object.defineProperty(WebAssembly, name, { __proto__: null, configurable: true, writable: true, value });
  const { prototype } = WebAssembly.Module;
  function Module() { throw refused('Module'); }
  Object.defineProperty(Module, 'prototype', { __proto__: null, value: prototype, writable: false });
  hidden('Module', Module);
  for (const name of ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']) {
    const native = WebAssembly[name];
    if (native === undefined) continue;
    hidden(name, {
      [name](source) {
        if (name === 'instantiate' && source instanceof Module) return native.apply(WebAssembly, arguments);
        return Promise.reject(refused(name));
      },
    }[name]);
  }
}

// Names that the engine's global objects have and V8's have not.
const UNKNOWN = ['ShadowRealm', '$vm', 'Loader', 'print', 'gc'];

const evaluate = binding('contexts').lodeEvaluateIn;
const stack = require('internal/stack');
const { disguise, shownText } = require('internal/rewritten');

let texts = null; // of the two functions above

function textOf(fn) { return (texts ??= new Map()).get(fn) ?? texts.set(fn, `(${fn})`).get(fn); }

const kit = {
  nativeLimit: stack.nativeLimit,
  limit: 10,
  prepare: stack.defaultPrepare,
  attach: stack.attach,
  made(error, raw, Public) {
    stack.dropPlace(error);
    stack.attach(error, raw, undefined, undefined, Public);
  },
  disguise,
  shownText,
  symbols: { dispose: Symbol.dispose, asyncDispose: Symbol.asyncDispose },
  unknown: UNKNOWN,
};

// => some of the realm's built-ins, as its programs see them. `remake` stands behind the Function constructors.
function furnishRealm(realm, remake) {
  const builtins = evaluate(realm, textOf(furnish), 'node:internal/stack', 1)({ __proto__: kit, remake });
  stack.addRealm(builtins.Error);
  return builtins;
}

function furnishEval(realm, prepare) {
  return disguise(evaluate(realm, textOf(wrapEval), 'node:internal/vm/realm', 1)(prepare));
}

function refuseWasm(realm, builtins) {
  evaluate(realm, textOf(refuseWebAssembly), 'node:internal/vm/realm', 1)(builtins.WebAssembly, builtins.Promise);
}

module.exports = { furnishRealm, furnishEval, refuseWasm };
