// SPDX-License-Identifier: MIT
//
// v8.promiseHooks: the life of promises, as far as it can be seen (see async_hooks/promise_events).
'use strict';

const { codes } = require('internal/errors');
const { observe } = require('async_hooks/promise_events');

const EVENTS = ['init', 'before', 'after', 'settled'];

function checkHook(hook, name) {
  if (typeof hook !== 'function' || require('util/types').isAsyncFunction(hook)) {
    throw new codes.ERR_INVALID_ARG_TYPE(`${name}Hook`, 'function', hook);
  }
}

// An error of a hook is an uncaught exception; the promise's own work goes on.
function guarded(hook) {
  return (...args) => {
    try {
      hook(...args);
    } catch (error) {
      process.nextTick(() => { throw error; });
    }
  };
}

function nothing() {}

// Returns the function that stops it.
function start(hooks) {
  const observer = { init: nothing, before: nothing, after: nothing, settled: nothing };
  for (const name of EVENTS) {
    if (hooks[name] === undefined) continue;
    const hook = guarded(hooks[name]);
    observer[name] = name === 'init' ? (promise, id, trigger, parent) => hook(promise, parent) : (promise) => hook(promise);
  }
  observe(observer, true);
  return () => observe(observer, false);
}

function single(name) {
  return (hook) => {
    checkHook(hook, name);
    return start({ [name]: hook });
  };
}

function createHook(hooks = {}) {
  for (const name of EVENTS) if (hooks[name] !== undefined) checkHook(hooks[name], name);
  return start(hooks);
}

module.exports = {
  createHook,
  onInit: single('init'),
  onBefore: single('before'),
  onAfter: single('after'),
  onSettled: single('settled'),
};
