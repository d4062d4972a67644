// SPDX-License-Identifier: MIT
//
// What all web streams share: queues with sizes, promises with their resolvers, checks of arguments, inspection.
//
// How this folder is built. Every public object (ReadableStream, a reader, a controller, ...) carries one "core"
// under kCore: a plain object with the specification's internal slots as fields and its abstract operations as
// methods. Cores talk to cores only; public classes check `this` and arguments and forward. Underlying sources and
// sinks of our own (adapters, transforms, tee) plug in as functions, without any public object in between.
'use strict';

const { codes } = require('internal/errors');

const kCore = Symbol('kState');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

function noop() {}

// A promise with its resolvers; `handled` keeps a rejection nobody waits for silent.
class Deferred {
  #resolve;
  #reject;
  pending = true;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(value) {
    this.pending = false;
    this.#resolve(value);
  }

  reject(error) {
    this.pending = false;
    this.#reject(error);
  }
}

function deferred() {
  return new Deferred();
}

function handled(promise) {
  promise.then(undefined, noop);
  return promise;
}

function rejectedHandled(error) {
  const result = new Deferred();
  result.reject(error);
  handled(result.promise);
  return result;
}

function resolvedDeferred(value) {
  const result = new Deferred();
  result.resolve(value);
  return result;
}

// Calls a function of the user's; whatever happens comes out as a promise.
function callForPromise(fn, argument) {
  try {
    return Promise.resolve(arguments.length === 1 ? fn() : fn(argument));
  } catch (error) {
    return Promise.reject(error);
  }
}

// What start() gave, as a promise of our own: one that it returned takes two turns longer to arrive, and what the
// specification says about streams used before they have started depends on it.
function startedPromise(result) {
  return new Promise((resolve) => resolve(result));
}

function invalidState(message) {
  return new codes.ERR_INVALID_STATE.TypeError(message);
}

function invalidThis(name) {
  return new codes.ERR_INVALID_THIS(name);
}

// What reading a private member of a stranger says in Node.
function noPrivate(name) {
  return new TypeError(`Cannot read private member ${name} from an object whose class did not declare it`);
}

// The core of a public object, when it is one of the given kind.
function coreOf(value, kind) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  const core = value[kCore];
  return core instanceof kind ? core : undefined;
}

// A queue whose entries have sizes (specification: queue-with-sizes).
class SizedQueue {
  #items = [];
  #sizes = [];
  #head = 0;
  total = 0;

  get length() { return this.#items.length - this.#head; }

  push(item, size) {
    size = Number(size);
    if (!(size >= 0) || size === Infinity) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', size);
    this.#items.push(item);
    this.#sizes.push(size);
    this.total += size;
  }

  peek() { return this.#items[this.#head]; }

  shift() {
    const item = this.#items[this.#head];
    this.total -= this.#sizes[this.#head];
    if (this.total < 0) this.total = 0; // rounding
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#sizes.length = 0;
      this.#head = 0;
    } else if (this.#head > 512) {
      this.#items.splice(0, this.#head);
      this.#sizes.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear() {
    this.#items = [];
    this.#sizes = [];
    this.#head = 0;
    this.total = 0;
  }
}

// A plain first-in-first-out queue.
class Fifo {
  #items = [];
  #head = 0;

  get length() { return this.#items.length - this.#head; }
  push(item) { this.#items.push(item); }
  peek() { return this.#items[this.#head]; }

  shift() {
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
    } else if (this.#head > 512) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  takeAll() {
    const all = this.#items.slice(this.#head);
    this.#items = [];
    this.#head = 0;
    return all;
  }
}

// ---- Dictionaries of the interfaces ----

function checkDictionary(value, name) {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' && typeof value !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
  return value;
}

// A method of an underlying source or sink: undefined, or to be called with the source as `this`.
function methodOf(source, name) {
  const fn = source[name];
  if (fn === undefined) return undefined;
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(`source.${name}`, 'Function', fn);
  return fn;
}

function highWaterMarkOf(strategy, otherwise) {
  const given = strategy.highWaterMark;
  if (given === undefined) return otherwise;
  const mark = Number(given);
  if (Number.isNaN(mark) || mark < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', given);
  }
  return mark;
}

function sizeFunctionOf(strategy) {
  const { size } = strategy;
  if (size === undefined) return undefined;
  if (typeof size !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('strategy.size', 'Function', size);
  return size;
}

// ---- Dressing the public classes ----

function inspectAs(value, depth, options, fields) {
  if (depth < 0) return value;
  const { inspect } = require('util/inspect');
  const inner = { ...options, depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 };
  return `${value.constructor.name} ${inspect(fields, inner)}`;
}

// Methods and getters of web interfaces are enumerable; the tag names the class.
function dress(constructor, names) {
  for (const name of names) {
    Object.defineProperty(constructor.prototype, name, { enumerable: true });
    const { get } = Object.getOwnPropertyDescriptor(constructor.prototype, name);
    // The engine's name for stack frames; its own choice lacks the "get".
    if (get !== undefined) Object.defineProperty(get, 'displayName', { value: `get ${name}` });
  }
  Object.defineProperty(constructor.prototype, Symbol.toStringTag, {
    value: constructor.name, configurable: true, enumerable: false, writable: false,
  });
}

module.exports = {
  kCore, kInspect, noPrivate, noop, deferred, handled, rejectedHandled, resolvedDeferred, callForPromise, startedPromise, invalidState,
  invalidThis, coreOf, SizedQueue, Fifo, checkDictionary, methodOf, highWaterMarkOf, sizeFunctionOf, inspectAs, dress,
};
