// SPDX-License-Identifier: MIT
//
// The array-like methods of Readable: map, filter, reduce, ... Those that give a stream are async generators
// behind Readable.from(); map() is the one that runs its function concurrently, and most others are made of it.
'use strict';

const { codes, AbortError } = require('internal/errors');
const {
  validateAbortSignal, validateInteger, validateObject,
} = require('internal/validators');

const kSkip = Symbol('kEmpty');
const kEnd = Symbol('kEof');

function checkFunction(fn) {
  if (typeof fn !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'AsyncFunction'], fn);
  }
}

function checkOptions(options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  if (options?.signal !== undefined && options?.signal !== null) {
    validateAbortSignal(options.signal, 'options.signal');
  }
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

function toStream(generator) {
  return require('stream/readable').from(generator);
}

function compose(stream, options) {
  checkOptions(options);
  const { isNodeStream, isWritable } = require('stream/utils');
  if (isNodeStream(stream) && !isWritable(stream)) {
    throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = require('stream/compose').compose(this, stream);
  if (options?.signal) require('stream/add_abort_signal').addAbortSignal(options.signal, composed);
  return composed;
}

// ---- Concurrent mapping ----

// Calls of fn under way and results not consumed yet, oldest first. The feeder stops while `concurrency` calls
// run or the line is full, the consumer while the line is empty; each then leaves a function to wake it with.
class Line {
  constructor(source, fn, concurrency, capacity, signal) {
    this.source = source;
    this.fn = fn;
    this.concurrency = concurrency;
    this.capacity = capacity;
    this.signal = signal;
    this.options = { signal };
    this.results = [];
    this.running = 0;
    this.stopped = false;
    this.wakeFeeder = null;
    this.wakeConsumer = null;
  }

  add(result) {
    this.results.push(result);
    const wake = this.wakeConsumer;
    if (wake !== null) {
      this.wakeConsumer = null;
      wake();
    }
  }

  start(value) {
    let result;
    try {
      result = this.fn(value, this.options);
      if (result === kSkip) return;
      result = Promise.resolve(result);
    } catch (error) {
      result = Promise.reject(error);
    }
    this.running++;
    result.then(() => this.finishOne(), () => {
      this.stopped = true;
      this.finishOne();
    });
    this.add(result);
  }

  finishOne() {
    this.running--;
    this.maybeFeed();
  }

  maybeFeed() {
    const wake = this.wakeFeeder;
    if (wake === null || this.stopped || this.running >= this.concurrency ||
        this.results.length >= this.capacity) {
      return;
    }
    this.wakeFeeder = null;
    wake();
  }

  async feed() {
    try {
      for await (const value of this.source) {
        if (this.stopped) return;
        throwIfAborted(this.signal);
        this.start(value);
        if (!this.stopped && (this.results.length >= this.capacity || this.running >= this.concurrency)) {
          await new Promise((resolve) => { this.wakeFeeder = resolve; });
        }
      }
      this.add(kEnd);
    } catch (error) {
      const result = Promise.reject(error);
      result.catch(() => {});
      this.add(result);
    } finally {
      this.stopped = true;
      const wake = this.wakeConsumer;
      if (wake !== null) {
        this.wakeConsumer = null;
        wake();
      }
    }
  }

  async* consume() {
    this.feed();
    try {
      for (;;) {
        while (this.results.length > 0) {
          const value = await this.results[0];
          if (value === kEnd) return;
          throwIfAborted(this.signal);
          if (value !== kSkip) yield value;
          this.results.shift();
          this.maybeFeed();
        }
        await new Promise((resolve) => { this.wakeConsumer = resolve; });
      }
    } finally {
      this.stopped = true;
      if (this.wakeFeeder !== null) {
        this.wakeFeeder();
        this.wakeFeeder = null;
      }
    }
  }
}

function mapped(source, fn, options) {
  checkFunction(fn);
  checkOptions(options);
  let concurrency = 1;
  if (options?.concurrency !== undefined && options?.concurrency !== null) {
    concurrency = Math.floor(options.concurrency);
  }
  let extra = concurrency - 1;
  if (options?.highWaterMark !== undefined && options?.highWaterMark !== null) {
    extra = Math.floor(options.highWaterMark);
  }
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(extra, 'options.highWaterMark', 0);
  return async function* map() {
    const { AbortSignal } = require('web/abort');
    const signal = AbortSignal.any([options?.signal].filter(Boolean));
    yield* new Line(source, fn, concurrency, concurrency + extra, signal).consume();
  }.call(source);
}

function map(fn, options) {
  return toStream(mapped(this, fn, options));
}

function filtered(source, fn, options) {
  checkFunction(fn);
  return mapped(source, async (value, callOptions) => (await fn(value, callOptions) ? value : kSkip), options);
}

function filter(fn, options) {
  return toStream(filtered(this, fn, options));
}

async function forEach(fn, options) {
  checkFunction(fn);
  const all = mapped(this, async (value, callOptions) => {
    await fn(value, callOptions);
    return kSkip;
  }, options);
  // eslint-disable-next-line no-unused-vars
  for await (const nothing of all);
}

function flatMap(fn, options) {
  const all = mapped(this, fn, options);
  return toStream(async function* flatMap() {
    for await (const inner of all) yield* inner;
  }());
}

async function some(fn, options) {
   
  for await (const found of filtered(this, fn, options)) return true;
  return false;
}

async function every(fn, options) {
  checkFunction(fn);
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  for await (const found of filtered(this, fn, options)) return found;
  return undefined;
}

// ---- One by one ----

async function reduce(fn, initial, options) {
  checkFunction(fn);
  checkOptions(options);
  let started = arguments.length > 1;
  if (options?.signal?.aborted) {
    const error = new AbortError(undefined, { cause: options.signal.reason });
    this.once('error', () => {}); // told by the rejection already
    await require('stream/finished').finishedPromise(this.destroy(error)).catch(() => {});
    throw error;
  }
  const { AbortController } = require('web/abort');
  const controller = new AbortController();
  const { signal } = controller;
  if (options?.signal) {
    const { kResistStopPropagation, kWeakHandler } = require('web/events');
    options.signal.addEventListener('abort', () => controller.abort(), {
      once: true, [kWeakHandler]: this, [kResistStopPropagation]: true,
    });
  }
  try {
    for await (const value of this) {
      if (options?.signal?.aborted) throw new AbortError();
      if (started) {
        initial = await fn(initial, value, { signal });
      } else {
        initial = value;
        started = true;
      }
    }
    if (!started) {
      const error = new codes.ERR_MISSING_ARGS('reduce');
      error.message = 'Reduce of an empty stream requires an initial value';
      throw error;
    }
  } finally {
    controller.abort();
  }
  return initial;
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  for await (const value of this) {
    throwIfAborted(options?.signal);
    result.push(value);
  }
  return result;
}

function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options) {
  checkOptions(options);
  let left = toCount(number);
  const source = this;
  return toStream(async function* drop() {
    throwIfAborted(options?.signal);
    for await (const value of source) {
      throwIfAborted(options?.signal);
      if (left-- <= 0) yield value;
    }
  }());
}

function take(number, options) {
  checkOptions(options);
  let left = toCount(number);
  const source = this;
  return toStream(async function* take() {
    throwIfAborted(options?.signal);
    for await (const value of source) {
      throwIfAborted(options?.signal);
      if (left-- > 0) yield value;
      if (left <= 0) return; // without waiting for a value nobody wants
    }
  }());
}

module.exports = { compose, map, filter, forEach, flatMap, some, every, find, reduce, toArray, drop, take };
