// SPDX-License-Identifier: MIT
//
// Both ends learn of close() after what was posted before, also ports on which nobody started; and it lets the loop end.
'use strict';

const assert = require('assert');
const { MessageChannel } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
const seen = [];
port1.on('close', () => seen.push('close 1'));
port2.on('message', (message) => seen.push(message));
port2.on('close', () => seen.push('close 2'));
port1.postMessage('last words');
port1.close(() => seen.push('callback'));

const silent = new MessageChannel();
silent.port2.on('close', () => seen.push('never started'));
silent.port2.ref();
silent.port1.close();

process.on('exit', () => {
  assert.deepStrictEqual(seen.toSorted(), ['callback', 'close 1', 'close 2', 'last words', 'never started'].sort());
  assert.ok(seen.indexOf('last words') < seen.indexOf('close 2'));
});
