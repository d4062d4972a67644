// SPDX-License-Identifier: MIT
//
// A worker is ended while it waits in Atomics.wait, in code that the engine has optimised by then: as a pool's workers wait.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');

function work() {
  const { parentPort } = require('worker_threads');
  const words = new Int32Array(new SharedArrayBuffer(4));
  let rounds = 0;
  function turn(expected) {
    Atomics.wait(words, 0, expected);
    rounds++;
  }
  while (rounds < 3e6) turn(1); // comes back at once
  parentPort.postMessage('waits');
  for (;;) turn(0);
}

const worker = new Worker(`(${work})()`, { eval: true });
worker.once('message', async () => assert.strictEqual(await worker.terminate(), 1));
worker.on('exit', () => clearTimeout(limit));
const limit = setTimeout(() => assert.fail('the worker goes on'), 20000);
