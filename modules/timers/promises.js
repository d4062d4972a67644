// SPDX-License-Identifier: MIT
//
// timers/promises: the promise forms, with abort signals, and the scheduler object.
'use strict';

const timers = require('timers');
const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');

function check(options) {
  validateObject(options, 'options');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

// One promise over start(resolve) -> timer and stop(timer).
function promised(start, stop, options) {
  const { signal, ref = true } = options;
  if (signal?.aborted) return Promise.reject(abortError(signal));
  let onAbort;
  const promise = new Promise((resolve, reject) => {
    const timer = start(resolve);
    if (!ref) timer.unref();
    if (signal !== undefined) {
      onAbort = () => {
        stop(timer);
        reject(abortError(signal));
      };
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
  if (onAbort === undefined) return promise;
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}

function setTimeout(delay, value, options = {}) {
  try {
    if (delay !== undefined) validateNumber(delay, 'delay');
    check(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return promised((resolve) => timers.setTimeout(resolve, delay, value), timers.clearTimeout, options);
}

function setImmediate(value, options = {}) {
  try {
    check(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return promised((resolve) => timers.setImmediate(resolve, value), timers.clearImmediate, options);
}

async function* setInterval(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, 'delay');
  check(options);
  const { signal, ref = true } = options;
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake = null;
  let aborted = false;
  const onAbort = () => {
    aborted = true;
    if (wake !== null) wake();
  };
  const interval = timers.setInterval(() => {
    due++;
    if (wake !== null) wake();
  }, delay);
  if (!ref) interval.unref();
  if (signal !== undefined) signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      if (due === 0 && !aborted) {
        await new Promise((resolve) => { wake = resolve; });
        wake = null;
      }
      for (; due > 0; due--) yield value;
      if (aborted) throw abortError(signal);
    }
  } finally {
    timers.clearInterval(interval);
    if (signal !== undefined) signal.removeEventListener('abort', onAbort);
  }
}

class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  static create() {
    return Reflect.construct(function() {}, [], Scheduler);
  }
  yield() {
    if (this !== scheduler) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }
  wait(delay, options) {
    if (this !== scheduler) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}
const scheduler = Scheduler.create();

module.exports = { setTimeout, setImmediate, setInterval, scheduler };
