// SPDX-License-Identifier: MIT
//
// Asynchronous ids and the current async context frame.
//
// Ids: every resource has one, and knows the id of what created it. Context: an immutable map from
// AsyncLocalStorage to value, replaced as a whole; `current` is what runs now. Timers, immediates, ticks and
// microtasks remember the frame they were made in only once a program uses a storage (see `useContext`).
'use strict';

let lastId = 1;
let executionId = 1;
let triggerId = 0;
const stack = []; // of [executionId, triggerId, resource]
let resource = null; // of the current execution
let topResource = null;

let frame; // Map or undefined
let contextInUse = false;
const hooks = []; // active AsyncHook callbacks

function newAsyncId() { return ++lastId; }
function executionAsyncId() { return executionId; }
function triggerAsyncId() { return triggerId; }
function defaultTriggerAsyncId() { return executionId; }

function executionAsyncResource() {
  if (resource !== null) return resource;
  return (topResource ??= {});
}

// ---- Hooks ----

function call(name, a, b, c, d) {
  const list = hooks.slice();
  for (let i = 0; i < list.length; i++) {
    const fn = list[i][name];
    if (fn === undefined) continue;
    try {
      fn.call(list[i].owner, a, b, c, d);
    } catch (error) {
      dieOf(error);
    }
  }
}

// An error inside a hook is fatal, as in Node: no handler sees it.
function dieOf(error) {
  require('internal/stack').fix(error);
  binding('env').writeRaw(2, `${error?.stack ?? error}\n`);
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--abort-on-uncaught-exception')) process.abort();
  process.removeAllListeners('uncaughtException');
  process.exit(1);
}

function emitInit(asyncId, type, trigger, object) {
  if (hooks.length > 0) call('init', asyncId, type, trigger, object);
}
function emitBefore(asyncId, trigger, object) {
  push(asyncId, trigger, object);
  if (hooks.length > 0) call('before', asyncId);
}
function emitAfter(asyncId) {
  if (hooks.length > 0) call('after', asyncId);
  pop(asyncId);
}

let destroyed = [];
function emitDestroy(asyncId) {
  if (hooks.length === 0) return;
  if (destroyed.push(asyncId) === 1) require('timers').setImmediate(flushDestroyed).unref();
}
function flushDestroyed() {
  const list = destroyed;
  destroyed = [];
  for (let i = 0; i < list.length; i++) call('destroy', list[i]);
}

function push(asyncId, trigger, object) {
  stack.push(executionId, triggerId, resource);
  executionId = asyncId;
  triggerId = trigger;
  resource = object;
}

function pop() {
  if (stack.length === 0) return;
  resource = stack.pop();
  triggerId = stack.pop();
  executionId = stack.pop();
}

// What ticks and timers call while hooks are active. They keep their ids in _asyncId and _triggerId.
const resourceHooks = {
  initTick(tick) { initResource(tick, 'TickObject'); },
  initTimer(timer, type) { initResource(timer, type); },
  initMicrotask() {
    const object = { _asyncId: 0, _triggerId: 0 };
    initResource(object, 'Microtask');
    return object;
  },
  before(object) { emitBefore(object._asyncId, object._triggerId, object); },
  after(object) { emitAfter(object._asyncId); },
  destroy(object) { emitDestroy(object._asyncId); },
};

function initResource(object, type) {
  object._asyncId = newAsyncId();
  object._triggerId = executionId;
  emitInit(object._asyncId, type, executionId, object);
}

function setHook(entry, active) {
  const at = hooks.indexOf(entry);
  if (active && at < 0) hooks.push(entry);
  if (!active && at >= 0) hooks.splice(at, 1);
  const value = hooks.length > 0 ? resourceHooks : null;
  require('internal/ticks').setHooks(value);
  require('timers').internals.setHooks(value);
}

// ---- Context ----

function getFrame() { return frame; }
function setFrame(value) { frame = value; }
const contextAccess = { get: getFrame, set: setFrame };

// From the first storage on, everything asynchronous carries its frame.
function useContext() {
  if (contextInUse) return;
  contextInUse = true;
  require('internal/ticks').setContext(contextAccess);
  require('timers').internals.setContext(contextAccess);
  require('async_hooks/promises').patch(contextAccess);
}

function runInFrame(value, fn, self, args) {
  const before = frame;
  frame = value;
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    frame = before;
  }
}

// For C halves' callbacks: wraps fn so that it runs in the frame of now. Costs nothing before a storage exists.
function bindCallback(fn) {
  if (!contextInUse || frame === undefined || typeof fn !== 'function') return fn;
  const bound = frame;
  return function(...args) { return runInFrame(bound, fn, this, args); };
}

module.exports = {
  newAsyncId, executionAsyncId, triggerAsyncId, defaultTriggerAsyncId, executionAsyncResource,
  emitInit, emitBefore, emitAfter, emitDestroy, setHook,
  getFrame, setFrame, useContext, runInFrame, bindCallback,
  hooksActive() { return hooks.length > 0; },
};
