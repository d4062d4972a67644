// SPDX-License-Identifier: MIT
//
// Atomics.wait, notify and waitAsync over the process's table of waiters (atomics.c), in place of the engine's.
//
// WebAssembly's own instructions wait in the engine: notify() wakes those too, but what they notify does not reach
// waiters here.
'use strict';

const native = binding('atomics');
const { isSharedArrayBuffer } = require('util/types');

const NOT_EQUAL = 1;
const STOPPED = 3;
const results = ['ok', 'not-equal', 'timed-out'];
const typeOf = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);

const waiting = new Map(); // id -> { view, index, wide, resolve, timer }
let lastId = 0;

function shown(value) {
  const type = typeOf(value);
  if (type !== undefined) return `[object ${type}]`;
  if (typeof value === 'object' && value !== null) return `#<${value.constructor?.name ?? 'Object'}>`;
  return String(value);
}

// Whether the elements have 64 bits.
function check(view, mustShare) {
  const type = typeOf(view);
  if (type !== 'Int32Array' && type !== 'BigInt64Array') {
    throw new TypeError(`${shown(view)} is not an int32 or BigInt64 typed array.`);
  }
  if (mustShare && !isSharedArrayBuffer(view.buffer)) throw new TypeError(`${shown(view)} is not a shared typed array.`);
  return type === 'BigInt64Array';
}

function indexIn(view, index) {
  const number = Math.trunc(+index) || 0;
  if (number < 0 || number >= view.length) throw new RangeError('Invalid atomic access index');
  return number;
}

function valueOf(value, wide) {
  return wide ? BigInt.asIntN(64, value) : value | 0;
}

function timeOf(timeout) {
  const time = +timeout;
  return time !== time ? Infinity : Math.max(time, 0);
}

// The thread is being ended, and nothing may run any more. A function of its own, which runs once and so is interpreted:
// in optimised code, which begins with the call that led here, the engine would take a loop of nothing for one that cannot be stopped.
function standStill() {
  for (;;);
}

const methods = {
  wait(typedArray, index, value, timeout) {
    const wide = check(typedArray, true);
    const at = indexIn(typedArray, index);
    const expected = valueOf(value, wide);
    const result = native.wait(typedArray, at, wide, expected, timeOf(timeout));
    if (result === STOPPED) standStill();
    return results[result];
  },

  notify(typedArray, index, count) {
    const wide = check(typedArray, false);
    const at = indexIn(typedArray, index);
    const most = count === undefined ? Infinity : Math.max(Math.trunc(+count) || 0, 0);
    if (!isSharedArrayBuffer(typedArray.buffer)) return 0;
    const woken = native.notify(typedArray, at, wide, most);
    return woken < most ? woken + notifyInEngine(typedArray, at, most - woken) : woken;
  },

  waitAsync(typedArray, index, value, timeout) {
    const wide = check(typedArray, true);
    const at = indexIn(typedArray, index);
    const expected = valueOf(value, wide);
    const time = timeOf(timeout);
    if (time === 0) {
      const same = Atomics.load(typedArray, at) === expected;
      return { async: false, value: same ? 'timed-out' : 'not-equal' };
    }
    const id = ++lastId;
    if (native.waitAsync(typedArray, at, wide, expected, id) === NOT_EQUAL) return { async: false, value: 'not-equal' };
    return { async: true, value: new Promise((resolve) => remember(id, typedArray, at, wide, resolve, time)) };
  },
};
Object.defineProperty(methods.wait, 'length', { value: 4, configurable: true });
Object.defineProperty(methods.waitAsync, 'length', { value: 4, configurable: true });

let enginesOwn;
function notifyInEngine(view, index, most) {
  enginesOwn ??= require('runtime/env/globals').engineNotify;
  return enginesOwn(view, index, most === Infinity ? undefined : most);
}

function remember(id, view, index, wide, resolve, time) {
  const waiter = { view, index, wide, resolve, timer: undefined };
  waiting.set(id, waiter);
  if (time === Infinity) return;
  const { setTimeout } = require('timers');
  waiter.timer = setTimeout(() => {
    if (native.cancel(view, index, wide, id)) settle(id, 'timed-out');
  }, Math.min(Math.ceil(time), 2 ** 31 - 1));
  waiter.timer.unref();
}

function settle(id, result) {
  const waiter = waiting.get(id);
  waiting.delete(id);
  if (waiter.timer !== undefined) require('timers').clearTimeout(waiter.timer);
  waiter.resolve(result);
}

native.setup((id) => settle(id, 'ok'));

module.exports = methods;
