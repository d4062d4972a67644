// SPDX-License-Identifier: MIT
//
// node:async_hooks: createHook, AsyncResource, AsyncLocalStorage and the ids.
'use strict';

const async = require('internal/async');
const { codes } = require('internal/errors');
const { validateFunction, validateString, validateObject } = require('internal/validators');

// ---- Hooks ----

class AsyncHook {
  #entry;
  constructor(callbacks) {
    validateObject(callbacks, 'callbacks');
    this.#entry = { owner: this };
    for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
      const fn = callbacks[name];
      if (fn === undefined) continue;
      if (typeof fn !== 'function') throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
      this.#entry[name] = fn;
    }
  }
  enable() {
    async.setHook(this.#entry, true);
    return this;
  }
  disable() {
    async.setHook(this.#entry, false);
    return this;
  }
}

function createHook(callbacks) {
  return new AsyncHook(callbacks);
}

// ---- AsyncResource ----

// Emits 'destroy' for resources that were collected, unless asked not to.
let registry = null;

class AsyncResource {
  #asyncId;
  #triggerId;
  #frame;
  #token = null;

  constructor(type, options = {}) {
    validateString(type, 'type');
    let triggerAsyncId = options;
    let requireManualDestroy = false;
    if (typeof options !== 'number') {
      triggerAsyncId = options.triggerAsyncId === undefined ? async.defaultTriggerAsyncId() : options.triggerAsyncId;
      requireManualDestroy = !!options.requireManualDestroy;
    }
    if (!Number.isSafeInteger(triggerAsyncId) || triggerAsyncId < -1) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerAsyncId);
    }
    this.#asyncId = async.newAsyncId();
    this.#triggerId = triggerAsyncId;
    this.#frame = async.getFrame();
    if (async.hooksActive()) {
      if (type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
      async.emitInit(this.#asyncId, type, triggerAsyncId, this);
      if (!requireManualDestroy) this.#watch();
    }
  }

  #watch() {
    registry ??= new FinalizationRegistry((token) => {
      if (!token.destroyed) async.emitDestroy(token.id);
    });
    this.#token = { id: this.#asyncId, destroyed: false };
    registry.register(this, this.#token);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    async.emitBefore(this.#asyncId, this.#triggerId, this);
    try {
      return async.runInFrame(this.#frame, fn, thisArg, args);
    } finally {
      async.emitAfter(this.#asyncId);
    }
  }

  emitDestroy() {
    if (this.#token !== null) this.#token.destroyed = true;
    async.emitDestroy(this.#asyncId);
    return this;
  }

  asyncId() { return this.#asyncId; }
  triggerAsyncId() { return this.#triggerId; }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      function(...args) { return resource.runInAsyncScope(fn, this, ...args); } :
      function(...args) { return resource.runInAsyncScope(fn, thisArg, ...args); };
    Object.defineProperty(bound, 'length', { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false });
    return bound;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

// ---- AsyncLocalStorage ----

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

  static bind(fn) { return AsyncResource.bind(fn); }

  static snapshot() {
    const frame = async.getFrame();
    async.useContext();
    return function(fn, ...args) { return async.runInFrame(frame, fn, this, args); };
  }

  #with(value) {
    const frame = new Map(async.getFrame());
    frame.set(this, value);
    return frame;
  }

  disable() {
    const frame = new Map(async.getFrame());
    frame.delete(this);
    async.setFrame(frame.size === 0 ? undefined : frame);
  }

  enterWith(value) { async.setFrame(this.#with(value)); }

  run(value, fn, ...args) {
    if (Object.is(value, this.getStore())) return Reflect.apply(fn, null, args);
    return async.runInFrame(this.#with(value), fn, null, args);
  }

  exit(fn, ...args) { return this.run(undefined, fn, ...args); }

  getStore() {
    const frame = async.getFrame();
    if (frame === undefined || !frame.has(this)) return this.#defaultValue;
    return frame.get(this);
  }

  withScope(value) {
    const before = async.getFrame();
    async.setFrame(this.#with(value));
    return { dispose() { async.setFrame(before); }, [Symbol.dispose]() { async.setFrame(before); } };
  }
}

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId: async.executionAsyncId,
  triggerAsyncId: async.triggerAsyncId,
  executionAsyncResource: async.executionAsyncResource,
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
  AsyncResource,
};
