// SPDX-License-Identifier: MIT
//
// A SharedArrayBuffer is one memory in all threads, growing included, and waiting at it wakes across threads.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');

const memory = new SharedArrayBuffer(16, { maxByteLength: 65536 });
const words = new Int32Array(memory);
const worker = new Worker(`
  const { workerData: { memory, words } } = require('worker_threads');
  if (words.buffer !== memory) throw new Error('two memories');
  Atomics.store(words, 1, 42);
  memory.grow(4096);
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  if (Atomics.wait(words, 2, 0) === 'timed-out') throw new Error('not woken');
  Atomics.add(words, 1, 1);`, { eval: true, workerData: { memory, words } });
assert.ok(['ok', 'not-equal'].includes(Atomics.wait(words, 0, 0, 30000)));
assert.strictEqual(words[1], 42);
assert.strictEqual(memory.byteLength, 4096);
Atomics.store(words, 2, 1);
Atomics.notify(words, 2);
worker.on('exit', (code) => {
  assert.strictEqual(code, 0);
  assert.strictEqual(words[1], 43);
});
