// SPDX-License-Identifier: MIT
//
// A web lock holds off other threads, and is given back when its thread ends.
'use strict';

const assert = require('assert');
const { Worker, locks } = require('worker_threads');

const worker = new Worker(`
  const { locks, parentPort } = require('worker_threads');
  locks.request('it', () => { parentPort.postMessage('held'); return new Promise(() => setInterval(() => {}, 1000)); });`, { eval: true });
worker.once('message', async () => {
  assert.strictEqual(await locks.request('it', { ifAvailable: true }, (lock) => lock), null);
  const { held } = await locks.query();
  assert.deepStrictEqual(held.map(({ name, mode }) => [name, mode]), [['it', 'exclusive']]);
  const mine = locks.request('it', (lock) => lock.name);
  assert.strictEqual((await locks.query()).pending.length, 1);
  worker.terminate();
  worker.ref();
  worker.once('exit', () => setTimeout(() => {}, 100).unref());
  const keep = setInterval(() => {}, 1000);
  assert.strictEqual(await mine, 'it');
  clearInterval(keep);
});
