// SPDX-License-Identifier: MIT
//
// AsyncResource: an id and an async context that a program enters as often as it likes.
'use strict';

const async = require('internal/async');
const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');

// Emits 'destroy' for resources that were collected, unless asked not to.
let registry = null;
let onCreated = null; // node:domain marks the resources made inside a domain

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
    this.#frame = $lode.c;
    if (async.hooksActive()) {
      if (type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
      async.emitInit(this.#asyncId, type, triggerAsyncId, this);
      if (!requireManualDestroy) this.#watch();
    }
    if (onCreated !== null) onCreated(this);
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

module.exports = { AsyncResource, setOnCreated(fn) { onCreated = fn; } };
