// SPDX-License-Identifier: MIT
//
// node:async_hooks: createHook and the ids; storages and resources are in files of their own.
'use strict';

const async = require('internal/async');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const EVENTS = ['init', 'before', 'after', 'destroy', 'promiseResolve'];

class AsyncHook {
  #entry;
  constructor(callbacks) {
    validateObject(callbacks, 'callbacks');
    this.#entry = { owner: this, init: undefined, before: undefined, after: undefined, destroy: undefined, promiseResolve: undefined };
    for (const name of EVENTS) {
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

module.exports = {
  AsyncLocalStorage: require('async_hooks/storage').AsyncLocalStorage,
  createHook,
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
  AsyncResource: require('async_hooks/resource').AsyncResource,
};

// A program that takes one of these wants ids: they are kept from then on.
require('runtime/env/globals').lazyProperties(
  module.exports, ['executionAsyncId', 'triggerAsyncId', 'executionAsyncResource'], true, (name) => {
    async.track();
    return async[name];
  });
