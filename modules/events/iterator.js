// SPDX-License-Identifier: MIT
//
// events.on(): an async iterator over the events of an emitter or event target. Two queues face each other, at
// most one of them non-empty: events nobody asked for yet, and next() calls that wait for an event.
'use strict';

const { codes, AbortError } = require('internal/errors');
const {
  validateAbortSignal, validateInteger, validateObject, validateStringArray,
} = require('internal/validators');
const { addListener, removeListener, addAbortListener } = require('events/statics');

const kFirst = Symbol('kFirstEventParam');
const kWatermarkData = Symbol.for('nodejs.watermarkData');

const AsyncIteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf((async function* () {}).prototype));

// A queue on two arrays: push onto one, shift from the other, turn over when empty.
class Fifo {
  #in = [];
  #out = [];
  get size() { return this.#in.length + this.#out.length; }
  push(value) { this.#in.push(value); }
  shift() {
    if (this.#out.length === 0) {
      this.#out = this.#in.reverse();
      this.#in = [];
    }
    return this.#out.pop();
  }
}

const done = () => ({ value: undefined, done: true });

class EventIterator {
  #emitter;
  #listeners = [];
  #events = new Fifo();
  #waiting = new Fifo();
  #failure = undefined;
  #finished = false;
  #paused = false;
  #high;
  #low;
  #abortHandle;

  constructor(emitter, high, low) {
    this.#emitter = emitter;
    this.#high = high;
    this.#low = low;
  }

  static create(emitter, event, options) {
    validateObject(options, 'options');
    const signal = options.signal;
    validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
    const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
    const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
    validateInteger(high, 'options.highWaterMark', 1);
    validateInteger(low, 'options.lowWaterMark', 1);

    const it = new EventIterator(emitter, high, low);
    const first = options[kFirst] === true;
    it.#listen(emitter, event, first ? (value) => it.#event(value) : (...args) => it.#event(args));
    if (event !== 'error' && typeof emitter.on === 'function') {
      it.#listen(emitter, 'error', (error) => it.#fail(error));
    }
    if (options.close?.length) {
      validateStringArray(options.close, 'options.close');
      for (const name of options.close) it.#listen(emitter, name, () => it.#close());
    }
    if (signal !== undefined) {
      it.#abortHandle = addAbortListener(signal, () => {
        it.#fail(new AbortError(undefined, { cause: signal.reason }));
      });
    }
    return it;
  }

  #listen(emitter, name, listener) {
    addListener(emitter, name, listener);
    this.#listeners.push(name, listener);
  }

  #event(value) {
    if (this.#waiting.size > 0) {
      this.#waiting.shift().resolve({ value, done: false });
      return;
    }
    this.#events.push(value);
    if (!this.#paused && this.#events.size > this.#high) {
      this.#paused = true;
      this.#emitter.pause?.();
    }
  }

  #fail(error) {
    if (this.#waiting.size > 0) this.#waiting.shift().reject(error);
    else this.#failure = { error };
    this.#close();
  }

  #close() {
    this.#abortHandle?.[Symbol.dispose]();
    for (let i = 0; i < this.#listeners.length; i += 2) {
      removeListener(this.#emitter, this.#listeners[i], this.#listeners[i + 1]);
    }
    this.#listeners.length = 0;
    this.#finished = true;
    while (this.#waiting.size > 0) this.#waiting.shift().resolve(done());
    return Promise.resolve(done());
  }

  next() {
    if (this.#events.size > 0) {
      const value = this.#events.shift();
      if (this.#paused && this.#events.size < this.#low) {
        this.#paused = false;
        if (!this.#finished) this.#emitter.resume?.(); // it may refuse once it is closed
      }
      return Promise.resolve({ value, done: false });
    }
    if (this.#failure !== undefined) {
      const rejected = Promise.reject(this.#failure.error);
      this.#failure = undefined;
      return rejected;
    }
    if (this.#finished) return this.#close();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  return() {
    return this.#close();
  }

  throw(error) {
    if (!error || !(error instanceof Error)) {
      throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
    }
    this.#fail(error);
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  get [kWatermarkData]() {
    const it = this;
    return {
      get size() { return it.#events.size; },
      get low() { return it.#low; },
      get high() { return it.#high; },
      get isPaused() { return it.#paused; },
    };
  }
}
Object.setPrototypeOf(EventIterator.prototype, AsyncIteratorPrototype);

module.exports = {
  on: (emitter, event, options) => EventIterator.create(emitter, event, options),
  kFirst,
  kWatermarkData,
};
