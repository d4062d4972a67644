// SPDX-License-Identifier: MIT
//
// A worker in a blocking Atomics.wait can be terminated, and leaves no waiter behind.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');

const words = new Int32Array(new SharedArrayBuffer(8));
const worker = new Worker(`
  const { workerData: words } = require('worker_threads');
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  Atomics.wait(words, 1, 0);
  Atomics.store(words, 0, 2);`, { eval: true, workerData: words });
Atomics.wait(words, 0, 0, 30000);
setTimeout(async () => {
  await worker.terminate();
  assert.strictEqual(Atomics.notify(words, 1), 0);
  assert.strictEqual(words[0], 1);
}, 5);
