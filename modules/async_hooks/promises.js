// SPDX-License-Identifier: MIT
//
// Carrying the async context through promise reactions: `then` is wrapped once a program uses a storage. (`await` does
// not call `then` on the engine's own promises; rewritten source carries the context there, see the bootstrap.)
//
// A reaction sets the frame of its `then` and leaves it set: whatever runs next sets its own.
'use strict';

const { then: nativeThen } = Promise.prototype;
const nativeResolve = Promise.resolve;
const nativeReject = Promise.reject;

let rejectionFrames = null; // WeakMap of a reason -> the frame in which a promise was rejected with it, where known
let onCreated = null; // node:domain marks the promises made inside a domain

function noteRejection(reason, frame) {
  if (frame !== undefined && typeof reason === 'object' && reason !== null) (rejectionFrames ??= new WeakMap()).set(reason, frame);
}

function isThenable(value) {
  return typeof value === 'object' && value !== null && !(value instanceof Promise);
}

// Assimilating a thenable takes a microtask: its `then` is to run in the frame of now.
function inFrame(value) {
  const { then } = value;
  if (typeof then !== 'function' || $lode.c === undefined) return value;
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

const methods = {
  then(onFulfilled, onRejected) {
    const frame = $lode.c;
    const promise = nativeThen.call(this, carry(onFulfilled, frame), carry(onRejected, frame));
    if (onCreated !== null) onCreated(promise);
    return promise;
  },
  resolve(value) {
    const promise = nativeResolve.call(this, isThenable(value) ? inFrame(value) : value);
    if (onCreated !== null && promise !== value) onCreated(promise);
    return promise;
  },
  reject(reason) {
    const promise = nativeReject.call(this, reason);
    noteRejection(reason, $lode.c);
    if (onCreated !== null) onCreated(promise);
    return promise;
  },
};

exports.patch = function() {
  replace(Promise.prototype, 'then', methods.then);
  replace(Promise, 'resolve', methods.resolve);
  replace(Promise, 'reject', methods.reject);
  $lode.a = (value) => (isThenable(value) ? inFrame(value) : value);
};

exports.rejectionFrame = (reason) => rejectionFrames?.get(reason);
exports.setOnCreated = (fn) => { onCreated = fn; };
