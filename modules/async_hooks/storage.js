// SPDX-License-Identifier: MIT
//
// AsyncLocalStorage: a key of the async context frame.
'use strict';

const async = require('internal/async');
const { frameGet, frameHas, frameWith, frameWithout } = async;
const { validateObject } = require('internal/validators');

// What withScope gives: puts the former value back at the end of a `using` block.
class RunScope {
  #storage;
  #had;
  #value;
  #disposed = false;
  constructor(storage, value) {
    this.#storage = storage;
    this.#had = frameHas($lode.c, storage);
    this.#value = frameGet($lode.c, storage);
    $lode.c = frameWith($lode.c, storage, value);
  }
  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    $lode.c = this.#had ? frameWith($lode.c, this.#storage, this.#value) : frameWithout($lode.c, this.#storage);
  }
  [Symbol.dispose]() { this.dispose(); }
}

class AsyncLocalStorage {
  #name;
  #defaultValue;

  constructor(options = {}) {
    validateObject(options, 'options');
    const { name, defaultValue } = options;
    if (name !== undefined) this.#name = `${name}`;
    this.#defaultValue = defaultValue;
    async.useContext();
  }

  get name() { return this.#name || ''; }

  static bind(fn) { return require('async_hooks/resource').AsyncResource.bind(fn); }

  static snapshot() {
    const frame = $lode.c;
    async.useContext();
    return function(fn, ...args) { return async.runInFrame(frame, fn, this, args); };
  }

  disable() { $lode.c = frameWithout($lode.c, this); }

  enterWith(value) { $lode.c = frameWith($lode.c, this, value); }

  run(value, fn, ...args) {
    const before = $lode.c;
    if (Object.is(value, this.getStore())) return Reflect.apply(fn, null, args);
    const frame = frameWith(before, this, value);
    $lode.c = frame;
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      if ($lode.c === frame) $lode.c = before;
      else this.#leave(before);
    }
  }

  // fn left another frame behind, by enterWith or disable: of that, only this storage's value is taken back.
  #leave(before) {
    $lode.c = frameHas(before, this) ? frameWith($lode.c, this, frameGet(before, this)) : frameWithout($lode.c, this);
  }

  exit(fn, ...args) { return this.run(undefined, fn, ...args); }

  getStore() {
    const frame = $lode.c;
    if (frame === undefined) return this.#defaultValue;
    for (let i = 0; i < frame.length; i += 2) if (frame[i] === this) return frame[i + 1];
    return this.#defaultValue;
  }

  withScope(value) { return new RunScope(this, value); }
}

module.exports = { AsyncLocalStorage };
