// SPDX-License-Identifier: MIT
//
// Carrying the async context through promise reactions: `then` is wrapped once a program uses a storage. (`await` does
// not call `then` on the engine's own promises; rewritten source carries the context there, see the bootstrap.)
//
// A reaction sets the frame of its `then` and leaves it set: whatever runs next sets its own. While somebody observes
// promises (async_hooks/promise_events), its functions stand in for those here.
'use strict';

const { then: nativeThen } = Promise.prototype;
const nativeResolve = Promise.resolve;
const nativeReject = Promise.reject;

let rejectionFrames = null; // WeakMap of a reason -> the frame in which a promise was rejected with it, or it was made
let onCreated = null; // node:domain marks the promises made inside a domain
let events = null; // { then, resolve, reject } while promises are observed
let patched = false;

function noteRejection(reason, frame) {
  if (frame !== undefined && typeof reason === 'object' && reason !== null) (rejectionFrames ??= new WeakMap()).set(reason, frame);
}

function isThenable(value) {
  return typeof value === 'object' && value !== null && !(value instanceof Promise);
}

// Assimilating a thenable takes a microtask: its `then` is to run in the frame of now.
function inFrame(value) {
  if ($lode.c === undefined) return value;
  const { then } = value;
  if (typeof then !== 'function') return value;
  const frame = $lode.c;
  return {
    then(onFulfilled, onRejected) {
      $lode.c = frame;
      return then.call(value, onFulfilled, onRejected);
    },
  };
}

function carry(fn, frame) {
  if (typeof fn !== 'function') return fn;
  return (value) => {
    $lode.c = frame;
    let result;
    try {
      result = fn(value);
    } catch (error) {
      noteRejection(error, frame);
      throw error;
    }
    return isThenable(result) ? inFrame(result) : result;
  };
}

function replace(target, name, value) {
  Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable: false, writable: true, value });
}

// ---- What stands in the place of Promise's methods ----

const methods = {
  then(onFulfilled, onRejected) {
    if (events !== null) return events.then(this, onFulfilled, onRejected);
    const frame = $lode.c;
    const promise = nativeThen.call(this, carry(onFulfilled, frame), carry(onRejected, frame));
    if (onCreated !== null) onCreated(promise);
    return promise;
  },
  resolve(value) {
    const promise = nativeResolve.call(this, isThenable(value) ? inFrame(value) : value);
    if (promise === value) return promise;
    if (onCreated !== null) onCreated(promise);
    if (events !== null) events.made(promise, true);
    return promise;
  },
  reject(reason) {
    const promise = nativeReject.call(this, reason);
    noteRejection(reason, $lode.c);
    if (onCreated !== null) onCreated(promise);
    if (events !== null) events.made(promise, true);
    return promise;
  },
};

// ---- What stands in the place of $lode's functions ----

function awaited(value) {
  $lode.v = isThenable(value) ? inFrame(value) : value;
  return $lode.c;
}

function returned(value) { return isThenable(value) ? inFrame(value) : value; }

// Results of the iterator are replaced by ones that restore the frame when the loop reads `done`, which it does first.
class LoopResult {
  #result;
  #frame;
  constructor(result, frame) {
    this.#result = result;
    this.#frame = frame;
  }
  get done() {
    $lode.c = this.#frame;
    return this.#result.done;
  }
  get value() { return this.#result.value; }
}

function loopResult(result, frame) {
  $lode.c = frame;
  return typeof result === 'object' && result !== null ? new LoopResult(result, frame) : result;
}

class LoopIterator {
  constructor(iterator, frame) {
    this.iterator = iterator;
    this.frame = frame;
    this.nextMethod = iterator.next;
    // A loop asks whether there is a `return` before it calls it.
    if (iterator.return === undefined || iterator.return === null) this.return = undefined;
  }
  next() { return this.wrap(Reflect.apply(this.nextMethod, this.iterator, [])); }
  return() { return this.wrap(this.iterator.return()); }
  wrap(result) {
    return nativeThen.call(nativeResolve.call(Promise, result), (value) => loopResult(value, this.frame));
  }
}

// Over an iterator that is not asynchronous, whose values are awaited.
class SyncLoopIterator extends LoopIterator {
  wrap(result) {
    if (typeof result !== 'object' || result === null) return result;
    const { done } = result;
    return nativeThen.call(
      nativeResolve.call(Promise, result.value),
      (value) => new LoopResult({ done, value }, this.frame),
      (error) => {
        if (!done) this.iterator.return?.();
        throw error;
      });
  }
}

function loop(frame, iterable) {
  if (iterable === undefined || iterable === null) return iterable; // the engine has the words for it
  const method = iterable[Symbol.asyncIterator] ?? undefined;
  const open = method === undefined ? iterable[Symbol.iterator] : method;
  const Iterator = method === undefined ? SyncLoopIterator : LoopIterator;
  if (typeof open !== 'function') return iterable;
  return {
    [Symbol.asyncIterator]() {
      const iterator = Reflect.apply(open, iterable, []);
      return typeof iterator === 'object' && iterator !== null ? new Iterator(iterator, frame) : iterator;
    },
  };
}

// ---- Installation ----

function patchClass(Class) {
  replace(Class.prototype, 'then', methods.then);
  replace(Class, 'resolve', methods.resolve);
  replace(Class, 'reject', methods.reject);
}

exports.patch = function() {
  if (patched) return;
  patched = true;
  patchClass(Promise);
  if (require.cache.has('vm/contexts')) {
    for (const { builtins } of require('vm/contexts').living()) patchClass(builtins.Promise);
  }
  $lode.a = awaited;
  $lode.f = loop;
  $lode.t = returned;
};

// Of a context of node:vm.
exports.patchRealm = (Class) => { if (patched) patchClass(Class); };

exports.setEvents = function(value) {
  events = value;
  $lode.a = value === null ? awaited : value.awaited;
};

exports.rejectionFrame = (reason) => rejectionFrames?.get(reason);
exports.setOnCreated = (fn) => { onCreated = fn; };
Object.assign(exports, { noteRejection, nativeThen, nativeResolve, carry, isThenable, inFrame, replace });
