// SPDX-License-Identifier: MIT
//
// Asynchronous ids and the async context.
//
// Context: `$lode.c` (made by the bootstrap) is the frame of what runs now: undefined, or an array of pairs
// [key, value, key, value, ...] that never changes once made. Keys are AsyncLocalStorages and the like. Whatever calls
// back later notes the frame where it was asked to, and sets it before it calls; nothing has to reset it, because every
// entry into JavaScript begins without a frame once contexts are in use (`useContext`), and each tick, timer and
// reaction sets its own. So a callback that throws leaves its frame to the handlers of uncaught exceptions.
//
// Ids: every resource has one, and knows the id of what created it. They are kept only from the moment a program asks
// for one or enables a hook (`track`); what is older gets its id when it runs.
'use strict';

let lastId = 1;
let executionId = 1;
let triggerId = 0;
let resource = null; // of the current execution
let topResource = null;
const stack = []; // of executionId, triggerId, resource

const { shared } = binding('loop');
const CONTEXT = 4; // in shared: 1 makes C reset the frame at each entry, 2 makes it call $lode.end as well

let tracking = false;
let contextInUse = false;

function newAsyncId() { return ++lastId; }
function executionAsyncId() { return executionId; }
function triggerAsyncId() { return triggerId; }
function defaultTriggerAsyncId() { return executionId; }

function executionAsyncResource() {
  if (resource !== null) return resource;
  return (topResource ??= {});
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

// ---- Hooks ----

let hooks = []; // active entries; replaced, never changed: a hook may enable and disable others while it runs

function call(name, a, b, c, d) {
  const list = hooks;
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
  const { fix } = require('internal/stack');
  const shown = error instanceof Error ? error : new Error(String(error));
  fix(shown);
  binding('env').writeRaw(2, `${shown.stack}\n`);
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
  // Nothing to leave where an uncaught exception has ended everything already.
  if (executionId === asyncId) pop();
}
function emitPromiseResolve(asyncId) {
  if (hooks.length > 0) call('promiseResolve', asyncId);
}

let destroyed = [];
function emitDestroy(asyncId) {
  if (hooks.length === 0) return;
  if (destroyed.push(asyncId) === 1) require('timers').internals.untracked(flushDestroyed);
}
function flushDestroyed() {
  const list = destroyed;
  destroyed = [];
  for (let i = 0; i < list.length; i++) call('destroy', list[i]);
}

function setHook(entry, active) {
  const at = hooks.indexOf(entry);
  if (active === (at >= 0)) return;
  hooks = active ? [...hooks, entry] : hooks.filter((each) => each !== entry);
  if (active) track();
  require('async_hooks/promise_events').observe(hooksObserver, hooks.some(wantsPromises));
}

function wantsPromises(entry) {
  return entry.init !== undefined || entry.before !== undefined || entry.after !== undefined || entry.promiseResolve !== undefined;
}

// What async_hooks wants to know of promises (see async_hooks/promise_events).
const hooksObserver = {
  init(promise, asyncId, trigger) {
    if (hooks.some((entry) => entry.destroy !== undefined)) watchPromise(promise, asyncId);
    emitInit(asyncId, 'PROMISE', trigger, promise);
  },
  before(promise, asyncId, trigger) { emitBefore(asyncId, trigger, promise); },
  after(promise, asyncId) { emitAfter(asyncId); },
  settled(promise, asyncId) { emitPromiseResolve(asyncId); },
};

let collected = null; // FinalizationRegistry of promises whose 'destroy' somebody wants

function watchPromise(promise, asyncId) {
  collected ??= new FinalizationRegistry(emitDestroy);
  collected.register(promise, asyncId);
}

// Leaves the execution of asyncId where its 'after' could not, because hooks were switched off inside it.
function popTo(asyncId) {
  if (executionId === asyncId) pop();
}

// What ran after an await ends unseen; whoever runs next calls this first.
let closeContinuation = null;
function setClose(fn) {
  closeContinuation = fn;
  $lode.end = fn;
  shared[CONTEXT] = fn === null ? 1 : 2;
}
function close() {
  if (closeContinuation !== null) closeContinuation();
}

// ---- Ids of ticks, timers and requests: objects with fields _asyncId and _triggerId, 0 at first ----

const tracker = {
  init(object, type) {
    object._asyncId = ++lastId;
    object._triggerId = executionId;
    if (hooks.length > 0) call('init', object._asyncId, type, executionId, object);
  },
  before(object) {
    close();
    if (object._asyncId === 0) object._asyncId = ++lastId;
    emitBefore(object._asyncId, object._triggerId, object);
  },
  after(object) { emitAfter(object._asyncId); },
  destroy(object) { if (object._asyncId !== 0) emitDestroy(object._asyncId); },
};

function track() {
  if (tracking) return;
  tracking = true;
  require('internal/ticks').setTracker(tracker);
  require('timers').internals.setTracker(tracker);
}

// After an uncaught exception, which left everything at once.
function unwind() {
  close();
  while (stack.length > 0) emitAfter(executionId);
}

// ---- Frames ----

function frameGet(frame, key) {
  if (frame !== undefined) for (let i = 0; i < frame.length; i += 2) if (frame[i] === key) return frame[i + 1];
  return undefined;
}

function frameHas(frame, key) {
  if (frame !== undefined) for (let i = 0; i < frame.length; i += 2) if (frame[i] === key) return true;
  return false;
}

function frameWith(frame, key, value) {
  if (frame === undefined) return [key, value];
  const copy = frame.slice();
  for (let i = 0; i < copy.length; i += 2) {
    if (copy[i] !== key) continue;
    copy[i + 1] = value;
    return copy;
  }
  copy.push(key, value);
  return copy;
}

function frameWithout(frame, key) {
  if (!frameHas(frame, key)) return frame;
  if (frame.length === 2) return undefined;
  const copy = [];
  for (let i = 0; i < frame.length; i += 2) if (frame[i] !== key) copy.push(frame[i], frame[i + 1]);
  return copy;
}

// From the first storage on, promise reactions carry their frame, and C resets it at each entry.
function useContext() {
  if (contextInUse) return;
  contextInUse = true;
  shared[CONTEXT] = 1;
  require('async_hooks/promises').patch();
}

// The frame in which a promise was rejected with `reason`, as far as that is known.
function rejectionFrame(reason) {
  return contextInUse ? require('async_hooks/promises').rejectionFrame(reason) : undefined;
}

// For calls from JavaScript, which goes on in its own frame.
function runInFrame(frame, fn, self, args) {
  const before = $lode.c;
  $lode.c = frame;
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    $lode.c = before;
  }
}

// ---- Callbacks from C ----

// Wraps fn so that it runs in the frame of now, and under an id of its own where `type` names what it belongs to. Costs
// nothing before a storage or a hook exists.
function bindCallback(fn, type) {
  if (typeof fn !== 'function') return fn;
  if (tracking && type !== undefined) return bindTracked(fn, type);
  if (!contextInUse || $lode.c === undefined) return fn;
  const frame = $lode.c;
  return function(...args) {
    const before = $lode.c;
    $lode.c = frame;
    const result = Reflect.apply(fn, this, args);
    $lode.c = before;
    return result;
  };
}

class AsyncRequest {
  constructor() {
    this._asyncId = 0;
    this._triggerId = 0;
  }
}

function bindTracked(fn, type) {
  const frame = $lode.c;
  const request = new AsyncRequest();
  tracker.init(request, type);
  return function(...args) {
    const before = $lode.c;
    $lode.c = frame;
    tracker.before(request);
    const result = Reflect.apply(fn, this, args);
    tracker.after(request);
    tracker.destroy(request);
    $lode.c = before;
    return result;
  };
}

module.exports = {
  newAsyncId, executionAsyncId, triggerAsyncId, defaultTriggerAsyncId, executionAsyncResource,
  emitInit, emitBefore, emitAfter, emitDestroy, setHook, track, unwind, popTo, setClose, close,
  frameGet, frameHas, frameWith, frameWithout, useContext, rejectionFrame, runInFrame, bindCallback,
  hooksActive() { return hooks.length > 0; },
  isTracking() { return tracking; },
};
