// SPDX-License-Identifier: MIT
//
// Timers and immediates.
//
// Timers of one duration form a list, oldest first, so starting and stopping are O(1); the lists stand in a binary
// heap by the expiry of their first timer. One uv timer serves them all: C calls `runOne` until it answers anything
// but true, one callback per call, so that ticks and microtasks run in between.
'use strict';

const loop = binding('loop');
const { shared } = loop;
const IMMEDIATES = 2;
const IMMEDIATE_REFS = 3;
const MAX_DELAY = 2 ** 31 - 1;
const kPromisify = Symbol.for('nodejs.util.promisify.custom');

let tracker = null; // internal/async's, once a program asks for async ids
let nextId = 1;
let referenced = 0; // active timers that keep the loop alive
let running = null; // the list whose timers are being run

const lists = new Map(); // duration -> List
const byId = new Map(); // primitive ids handed out by Symbol.toPrimitive
const heap = [];

// A circular list with a sentinel: the list itself.
class List {
  constructor(duration) {
    this.duration = duration;
    this.expiry = 0; // of the first timer; the heap's key
    this.position = -1;
    this.next = this;
    this.prev = this;
  }
}

// An empty list stays for the next timer of its duration: a table in which entries come and go by the thousand leaves the
// collector a chain of dead tables, each of which refers to a younger one and keeps it alive with all that it holds.
const RESTING_MOST = 128;

function isResting(list) {
  return list.next === list && list !== running;
}

// All but those that rest, and the one being run, stand in the heap.
function forgetResting() {
  if (lists.size - heap.length <= RESTING_MOST) return;
  for (const [duration, list] of lists) if (isResting(list)) lists.delete(duration);
}

// ---- The heap of lists ----

function siftUp(list) {
  let at = list.position;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent.expiry <= list.expiry) break;
    heap[at] = parent;
    parent.position = at;
    at = above;
  }
  heap[at] = list;
  list.position = at;
}

function siftDown(list) {
  let at = list.position;
  for (;;) {
    let below = at * 2 + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1].expiry < heap[below].expiry) below++;
    const child = heap[below];
    if (child.expiry >= list.expiry) break;
    heap[at] = child;
    child.position = at;
    at = below;
  }
  heap[at] = list;
  list.position = at;
}

function heapAdd(list) {
  list.position = heap.length;
  heap.push(list);
  siftUp(list);
}

function heapRemove(list) {
  const { position } = list;
  const last = heap.pop();
  list.position = -1;
  if (last === list) return;
  heap[position] = last;
  last.position = position;
  siftUp(last);
  siftDown(last);
}

// ---- Timeout ----

class Timeout {
  constructor(callback, delay, args, repeat) {
    if (delay === undefined) delay = 1;
    else delay *= 1;
    if (!(delay >= 1 && delay <= MAX_DELAY)) {
      if (delay > MAX_DELAY || delay < 0 || delay !== delay) warnDelay(delay);
      delay = 1;
    }
    this._idleTimeout = delay;
    this._idlePrev = null;
    this._idleNext = null;
    this._idleStart = 0;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeat ? delay : null;
    this._destroyed = false;
    this._refed = true;
    this._id = 0;
    this._frame = $lode.c;
    this._asyncId = 0;
    this._triggerId = 0;
    if (tracker !== null) tracker.init(this, 'Timeout');
  }

  ref() {
    if (!this._refed) {
      this._refed = true;
      if (this._idleNext !== null) changeRefs(1);
    }
    return this;
  }

  unref() {
    if (this._refed) {
      this._refed = false;
      if (this._idleNext !== null) changeRefs(-1);
    }
    return this;
  }

  hasRef() { return this._refed; }

  refresh() {
    if (this._destroyed && this._idleNext === null && this._onTimeout === null) return this;
    if (this._idleNext !== null) remove(this);
    this._destroyed = false;
    insert(this, loop.updateNow());
    return this;
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    if (this._id === 0) {
      this._id = nextId++;
      byId.set(this._id, this);
    }
    return this._id;
  }

  [Symbol.dispose]() { clearTimeout(this); }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    const { inspect } = require('util/inspect');
    const shown = { __proto__: { constructor: Timeout } };
    shown._idleTimeout = this._idleTimeout;
    shown._idlePrev = null;
    shown._idleNext = null;
    shown._idleStart = this._idleStart;
    shown._onTimeout = this._onTimeout;
    shown._timerArgs = this._timerArgs;
    shown._repeat = this._repeat;
    shown._destroyed = this._destroyed;
    return `Timeout ${inspect(shown, { ...options, depth: 0 })}`;
  }
}

// These two are warned of once a process.
let warnedNaN = false;
let warnedNegative = false;

function warnDelay(delay) {
  if (delay > MAX_DELAY) {
    process.emitWarning(`${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
                        'TimeoutOverflowWarning');
  } else if (delay !== delay) {
    if (warnedNaN) return;
    warnedNaN = true;
    process.emitWarning('NaN is not a number.\nTimeout duration was set to 1.', 'TimeoutNaNWarning');
  } else if (delay < 0) {
    if (warnedNegative) return;
    warnedNegative = true;
    process.emitWarning(`${delay} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
  }
}

function changeRefs(by) {
  referenced += by;
  if (referenced === 0) loop.refTimer(false);
  else if (by > 0 && referenced === 1) loop.refTimer(true);
}

function append(list, timer) {
  const last = list.prev;
  timer._idlePrev = last;
  timer._idleNext = list;
  if (last === list) list.next = timer;
  else last._idleNext = timer;
  list.prev = timer;
}

function first(list) {
  return list.next === list ? null : list.next;
}

function unlink(list, timer) {
  const before = timer._idlePrev;
  const after = timer._idleNext;
  if (before === list) list.next = after;
  else before._idleNext = after;
  if (after === list) list.prev = before;
  else after._idlePrev = before;
  timer._idlePrev = null;
  timer._idleNext = null;
}

function insert(timer, now) {
  const duration = Math.trunc(timer._idleTimeout);
  timer._idleStart = now;
  let list = lists.get(duration);
  if (list === undefined) {
    forgetResting();
    list = new List(duration);
    lists.set(duration, list);
  }
  const rested = isResting(list);
  append(list, timer);
  if (timer._refed) changeRefs(1);
  if (rested) {
    list.expiry = now + duration;
    heapAdd(list);
    if (heap[0] === list) schedule(now);
  }
}

function remove(timer) {
  const list = lists.get(Math.trunc(timer._idleTimeout));
  if (list === undefined) return;
  unlink(list, timer);
  if (timer._refed) changeRefs(-1);
  if (isResting(list) && list.position >= 0) heapRemove(list);
}

function schedule(now) {
  if (heap.length > 0 && running === null) loop.setTimer(Math.max(1, heap[0].expiry - now));
}

// ---- Running ----

let runNow = 0;
let inCallback = null; // the timer whose callback runs

// Runs at most one timer; true means "call again". `begin` is true for the first call of a batch.
function runOne(begin) {
  if (begin) {
    runNow = loop.now();
    running = null;
  }
  for (;;) {
    if (running === null) {
      const list = heap.length > 0 ? heap[0] : null;
      if (list === null) return false;
      if (list.expiry > runNow) {
        runNow = loop.updateNow();
        if (list.expiry > runNow) {
          schedule(runNow);
          return false;
        }
      }
      heapRemove(list);
      running = list;
    }
    const timer = first(running);
    if (timer !== null && timer._idleStart + running.duration <= runNow) return runTimer(timer);
    finishList(timer);
  }
}

// Puts the list that was being run back, unless it is empty.
function finishList(timer) {
  const list = running;
  running = null;
  if (timer === null) return;
  list.expiry = timer._idleStart + list.duration;
  heapAdd(list);
}

// A callback that throws leaves its frame and its id to the handlers of uncaught exceptions.
function runTimer(timer) {
  unlink(running, timer);
  if (timer._refed) changeRefs(-1);
  $lode.c = timer._frame;
  if (tracker !== null) tracker.before(timer);
  const callback = timer._onTimeout;
  inCallback = timer;
  try {
    const args = timer._timerArgs;
    if (typeof callback !== 'function') timer._destroyed = true;
    else if (args === undefined) timer._onTimeout();
    else Reflect.apply(callback, timer, args);
    if (tracker !== null) tracker.after(timer);
    $lode.c = undefined;
  } finally {
    inCallback = null;
    settle(timer);
  }
  return true;
}

// After its callback: an interval goes on, a timeout is over unless it was refreshed meanwhile.
function settle(timer) {
  if (timer._idleNext !== null) return;
  if (timer._repeat !== null && !timer._destroyed && timer._idleTimeout >= 0) {
    timer._idleTimeout = timer._repeat;
    insert(timer, loop.updateNow());
    return;
  }
  if (!timer._destroyed) finish(timer);
}

function finish(timer) {
  timer._destroyed = true;
  if (timer._id !== 0) byId.delete(timer._id);
  if (tracker !== null) tracker.destroy(timer);
}

function requireFunction(callback) {
  if (typeof callback === 'function') return;
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
}

function setTimeout(callback, delay, ...args) {
  requireFunction(callback);
  const timer = new Timeout(callback, delay, args.length === 0 ? undefined : args, false);
  insert(timer, loop.updateNow());
  return timer;
}

function setInterval(callback, delay, ...args) {
  requireFunction(callback);
  const timer = new Timeout(callback, delay, args.length === 0 ? undefined : args, true);
  insert(timer, loop.updateNow());
  return timer;
}

function clearTimeout(timer) {
  if (typeof timer === 'object' && timer !== null && '_onTimeout' in timer) return cancel(timer);
  if (typeof timer === 'number' || typeof timer === 'string') {
    const known = byId.get(+timer);
    if (known !== undefined) cancel(known);
  }
}

function cancel(timer) {
  timer._repeat = null;
  timer._onTimeout = null;
  if (timer._destroyed && timer._idleNext === null) return;
  if (timer._idleNext !== null) remove(timer);
  if (!timer._destroyed) finish(timer);
}

// For lode itself: timers that never keep the process alive.
function setUnrefTimeout(callback, delay) {
  return setTimeout(callback, delay).unref();
}

// Calls until the callback answers false.
function setUnrefInterval(callback, delay) {
  const timer = setInterval(() => {
    if (callback() === false) clearTimeout(timer);
  }, delay).unref();
  return timer;
}

// ---- Immediates ----

class Immediate {
  constructor(callback, args, tracked) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this._refed = true;
    this._frame = $lode.c;
    this._asyncId = tracked ? 0 : -1;
    this._triggerId = 0;
    if (tracker !== null && tracked) tracker.init(this, 'Immediate');
    countImmediate(1, 1);
    if (tracked) queued.push(this);
    else queued.unshift(this);
  }

  ref() {
    if (!this._refed && !this._destroyed) {
      this._refed = true;
      countImmediate(0, 1);
    }
    return this;
  }

  unref() {
    if (this._refed && !this._destroyed) {
      this._refed = false;
      countImmediate(0, -1);
    }
    return this;
  }

  hasRef() { return this._refed; }
  [Symbol.dispose]() { clearImmediate(this); }
}

let queued = []; // to run in the next check phase
let current = null; // being run
let currentAt = 0;

function countImmediate(count, refs) {
  const before = shared[IMMEDIATE_REFS];
  shared[IMMEDIATES] += count;
  shared[IMMEDIATE_REFS] += refs;
  if ((before === 0) !== (shared[IMMEDIATE_REFS] === 0)) loop.immediatesChanged();
}

function setImmediate(callback, ...args) {
  requireFunction(callback);
  return new Immediate(callback, args.length === 0 ? undefined : args, true);
}

function clearImmediate(immediate) {
  if (!(immediate instanceof Immediate) || immediate._destroyed) return;
  destroyImmediate(immediate);
  immediate._onImmediate = null;
  if (shared[IMMEDIATES] === 0) queued.length = 0; // no check phase will empty it
}

function destroyImmediate(immediate) {
  immediate._destroyed = true;
  countImmediate(-1, immediate._refed ? -1 : 0);
  if (tracker !== null) tracker.destroy(immediate);
}

function runOneImmediate(begin) {
  // A callback that threw leaves the rest of its batch for the next call.
  if (begin && current === null) {
    current = queued;
    currentAt = 0;
    queued = [];
  }
  while (current !== null && currentAt < current.length) {
    const immediate = current[currentAt++];
    if (immediate._destroyed) continue;
    runImmediate(immediate);
    if (currentAt < current.length) return true;
  }
  current = null;
  return false;
}

function runImmediate(immediate) {
  const callback = immediate._onImmediate;
  const args = immediate._argv;
  immediate._destroyed = true;
  countImmediate(-1, immediate._refed ? -1 : 0);
  $lode.c = immediate._frame;
  const tracked = tracker !== null && immediate._asyncId >= 0;
  if (tracked) tracker.before(immediate);
  try {
    if (args === undefined) immediate._onImmediate();
    else Reflect.apply(callback, immediate, args);
    if (tracked) tracker.after(immediate);
    $lode.c = undefined;
  } finally {
    if (tracked) tracker.destroy(immediate);
    immediate._onImmediate = null;
  }
}

loop.setup(runOne, runOneImmediate);

// ---- Promise forms ----

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(fn, kPromisify, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require('timers/promises')[name]; },
  });
}

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval: function clearInterval(timer) { clearTimeout(timer); },
  setUnrefTimeout,
  setUnrefInterval,
};
for (const name of ['setUnrefTimeout', 'setUnrefInterval']) Object.defineProperty(module.exports, name, { enumerable: false });
Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('timers/promises'); },
});
Object.defineProperty(module.exports, 'internals', {
  __proto__: null,
  enumerable: false,
  value: {
    Timeout,
    Immediate,
    setTracker(value) { tracker = value; },
    // An immediate of lode's own: before the program's, and no hook sees it.
    untracked(callback) { return new Immediate(callback, undefined, false); },
    activeTimers() {
      let count = inCallback !== null && inCallback._refed && !inCallback._destroyed && inCallback._idleNext === null ? 1 : 0;
      for (const list of lists.values()) {
        for (let timer = list.next; timer !== list; timer = timer._idleNext) if (timer._refed) count++;
      }
      return count;
    },
    activeImmediates() { return shared[IMMEDIATE_REFS]; },
  },
});
