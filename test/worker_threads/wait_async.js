// SPDX-License-Identifier: MIT
//
// Atomics.waitAsync settles in the thread that waits, whoever notifies, in the order of waiting.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');

const words = new Int32Array(new SharedArrayBuffer(8));
const seen = [];
const keep = setInterval(() => {}, 1000);
const first = Atomics.waitAsync(words, 0, 0);
assert.strictEqual(first.async, true);
first.value.then((result) => seen.push(`first ${result}`));
const second = Atomics.waitAsync(words, 0, 0).value.then((result) => seen.push(`second ${result}`));
assert.deepStrictEqual(Atomics.waitAsync(words, 0, 1), { async: false, value: 'not-equal' });
assert.deepStrictEqual(Atomics.waitAsync(words, 0, 0, 0), { async: false, value: 'timed-out' });
const late = Atomics.waitAsync(words, 1, 0, 5).value;
new Worker(`
  const { workerData } = require('worker_threads');
  if (Atomics.notify(workerData, 0, 1) !== 1 || Atomics.notify(workerData, 0) !== 1) throw new Error('count');`,
           { eval: true, workerData: words });
Promise.all([second, late]).then(([, result]) => {
  assert.deepStrictEqual(seen, ['first ok', 'second ok']);
  assert.strictEqual(result, 'timed-out');
  clearInterval(keep);
});
