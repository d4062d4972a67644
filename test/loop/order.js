// SPDX-License-Identifier: MIT
//
// Node's order of ticks, microtasks, timers, immediates and close events.
'use strict';

const assert = require('assert');
const order = [];
const log = (name) => () => order.push(name);

setTimeout(() => {
  order.push('timeout 1');
  process.nextTick(log('tick in timeout'));
  Promise.resolve().then(log('microtask in timeout'));
}, 0);
setTimeout(log('timeout 2'), 0);
setImmediate(() => {
  order.push('immediate 1');
  process.nextTick(log('tick in immediate'));
  queueMicrotask(log('microtask in immediate'));
  setImmediate(log('immediate in immediate'));
});
setImmediate(log('immediate 2'));
process.nextTick(() => {
  order.push('tick 1');
  process.nextTick(log('tick 3'));
  Promise.resolve().then(() => process.nextTick(log('tick from microtask')));
});
process.nextTick(log('tick 2'));
Promise.resolve().then(log('microtask 1')).then(log('microtask 2'));
order.push('main');
const spin = Date.now();
while (Date.now() - spin < 5);

process.on('beforeExit', log('beforeExit'));
process.on('exit', () => {
  assert.deepStrictEqual(order, [
    'main', 'tick 1', 'tick 2', 'tick 3', 'microtask 1', 'microtask 2', 'tick from microtask',
    'timeout 1', 'tick in timeout', 'microtask in timeout', 'timeout 2',
    'immediate 1', 'tick in immediate', 'microtask in immediate', 'immediate 2', 'immediate in immediate', 'beforeExit',
  ]);
});
