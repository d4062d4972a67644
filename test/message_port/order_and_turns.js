// SPDX-License-Identifier: MIT
//
// Each message is an entry of its own: ticks and microtasks run between two of one turn.
'use strict';

const assert = require('assert');
const { MessageChannel } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
const seen = [];
port2.on('message', (message) => {
  seen.push(message);
  process.nextTick(() => seen.push(`tick ${message}`));
  Promise.resolve().then(() => seen.push(`microtask ${message}`));
  if (message === 3) port2.close();
});
for (const message of [1, 2, 3]) port1.postMessage(message);
process.on('exit', () => {
  assert.deepStrictEqual(seen, [1, 'tick 1', 'microtask 1', 2, 'tick 2', 'microtask 2', 3, 'tick 3', 'microtask 3']);
});
