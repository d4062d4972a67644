// SPDX-License-Identifier: MIT
//
// The nextTick queue, queueMicrotask, and the bookkeeping of rejected promises.
//
// Order: C calls `run` after each callback while shared[HAS_TICKS] or shared[HAS_REJECTIONS] is set. `run` empties
// the queue and returns; C then lets the engine drain microtasks and looks again. Rejections are looked at only when
// both queues are empty.
'use strict';

const { shared } = binding('loop');
const HAS_TICKS = 0;
const HAS_REJECTIONS = 1;
const NativePromise = Promise; // programs may replace the global

// A queue of ticks in blocks of bounded size: no array ever shifts.
const BLOCK = 256;

function Block() {
  this.items = [];
  this.read = 0;
  this.write = 0;
  this.next = null;
}

let head = new Block();
let tail = head;

let tracker = null; // internal/async's, once a program asks for async ids: { init, before, after, destroy }

function Tick(callback, args) {
  this.callback = callback;
  this.args = args;
  this.frame = $lode.c;
  this._asyncId = 0;
  this._triggerId = 0;
}

function push(tick) {
  if (tail.write === BLOCK) {
    tail.next = new Block();
    tail = tail.next;
  }
  tail.items[tail.write++] = tick;
  shared[HAS_TICKS] = 1;
}

function shift() {
  if (head.read === head.write) {
    if (head.next === null) {
      head.read = head.write = 0;
      return null;
    }
    const { next } = head;
    head.next = null; // a dead block does not keep younger ones alive
    head = next;
    return shift();
  }
  const tick = head.items[head.read];
  head.items[head.read++] = undefined;
  return tick;
}

function nextTick(callback, ...args) {
  if (typeof callback !== 'function') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  }
  if (process._exiting) return;
  const tick = new Tick(callback, args.length === 0 ? undefined : args);
  if (tracker !== null) tracker.init(tick, 'TickObject');
  push(tick);
}

function invoke(tick) {
  const callback = tick.callback;
  const args = tick.args;
  if (args === undefined) callback();
  else if (args.length === 1) callback(args[0]);
  else callback(...args);
}

// An exception skips what follows the call: it is uncaught, and its handlers see the id and the frame of the tick.
function invokeTracked(tick) {
  tracker.before(tick);
  invoke(tick);
  tracker.after(tick);
  tracker.destroy(tick);
}

// Runs until the queue is empty; a callback that throws leaves the rest queued, and C calls again.
function run() {
  if (shared[HAS_TICKS] === 0) {
    if (shared[HAS_REJECTIONS] !== 0) processRejections();
    return;
  }
  for (;;) {
    const tick = shift();
    if (tick === null) break;
    $lode.c = tick.frame;
    if (tracker === null) invoke(tick);
    else invokeTracked(tick);
  }
  shared[HAS_TICKS] = 0;
  $lode.c = undefined;
}

class Microtask {
  constructor(callback) {
    this.callback = callback;
    this.frame = $lode.c;
    this._asyncId = 0;
    this._triggerId = 0;
    if (tracker !== null) tracker.init(this, 'Microtask');
  }

  run() {
    $lode.c = this.frame;
    if (tracker !== null) tracker.before(this);
    try {
      this.callback.call();
    } catch (error) {
      require('internal/fatal').report(error);
      return;
    }
    if (tracker !== null) {
      tracker.after(this);
      tracker.destroy(this);
    }
    $lode.c = undefined;
  }
}

const { then } = Promise.prototype; // as it is before anybody wraps it

function queueMicrotask(callback) {
  if (typeof callback !== 'function') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  }
  const task = new Microtask(callback);
  then.call(NativePromise.resolve(), () => task.run());
}

// ---- Rejections ----

let pending = []; // { promise, reason } to be reported when the queues are empty
let reported = null; // Set of promises whose rejection was reported; 'rejectionHandled' watches them

function onUnhandledRejection(promise, reason) {
  pending.push({ promise, reason });
  shared[HAS_REJECTIONS] = 1;
}

function processRejections() {
  const list = pending;
  pending = [];
  shared[HAS_REJECTIONS] = 0;
  const { promiseHandled } = binding('env');
  for (let i = 0; i < list.length; i++) {
    const { promise, reason } = list[i];
    if (promiseHandled(promise)) continue;
    $lode.c = require('internal/async').rejectionFrame(reason);
    try {
      if (require('internal/fatal').onRejection(promise, reason)) remember(promise);
    } catch (error) {
      // A handler that throws must not lose the others.
      pending = list.slice(i + 1).concat(pending);
      if (pending.length > 0) shared[HAS_REJECTIONS] = 1;
      throw error;
    }
    $lode.c = undefined;
  }
  checkHandled();
}

function remember(promise) {
  reported ??= new Set();
  reported.add(promise);
  // Looks again after later turns, without keeping the loop alive.
  if (reported.size === 1) watch();
}

function watch() {
  require('timers').setUnrefInterval(checkHandled, 1);
}

function checkHandled() {
  if (reported === null || reported.size === 0) return false;
  const { promiseHandled } = binding('env');
  for (const promise of reported) {
    if (!promiseHandled(promise)) continue;
    reported.delete(promise);
    require('internal/fatal').onRejectionHandled(promise);
  }
  return reported.size > 0;
}

module.exports = {
  nextTick,
  run,
  queueMicrotask,
  onUnhandledRejection,
  checkHandled,
  // For requests to C halves, which have frame (undefined), _asyncId and _triggerId (0) from the start: remembers
  // where one was made, and runs fn(request, value) there, once (`runAtOrigin`) or for each event of many.
  noteOrigin(request, type) {
    request.frame = $lode.c;
    if (tracker !== null) tracker.init(request, type);
  },
  runAtOrigin(request, fn, value) {
    runEvent(request, fn, value);
    endOrigin(request);
  },
  runEvent,
  endOrigin,
  setTracker(value) { tracker = value; },
};

function endOrigin(request) {
  if (tracker !== null && request._asyncId > 0) tracker.destroy(request);
}

function runEvent(request, fn, value) {
  $lode.c = request.frame;
  const active = tracker; // a callback may change it
  if (active === null || !(request._asyncId > 0)) { // watchers have no id before somebody asks for ids
    fn(request, value);
  } else {
    active.before(request);
    fn(request, value);
    active.after(request);
  }
  $lode.c = undefined;
}
