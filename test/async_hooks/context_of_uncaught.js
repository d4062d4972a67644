// SPDX-License-Identifier: MIT
//
// Handlers of uncaught exceptions and unhandled rejections run in the context of what failed, and leave none behind.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');
const fs = require('fs');

const storage = new AsyncLocalStorage();
const seen = [];
const note = (error) => seen.push(`${error.message} ${storage.getStore()}`);
process.on('uncaughtException', note);
process.on('unhandledRejection', note);

const fail = (name) => () => { throw new Error(name); };
storage.run(1, () => setTimeout(fail('timer'), 1));
storage.run(2, () => process.nextTick(fail('tick')));
storage.run(3, () => queueMicrotask(fail('microtask')));
storage.run(4, () => fs.stat('/', fail('fs')));
storage.run(5, () => Promise.resolve().then(fail('reaction')));
storage.run(6, () => Promise.reject(new Error('rejected')));
storage.run(7, () => setImmediate(fail('immediate')));
storage.run(9, async () => {
  await null;
  throw new Error('async');
});
setTimeout(() => storage.run(8, fail('inside run')), 2);

process.on('exit', () => {
  assert.deepStrictEqual(seen.sort(), [
    'async 9', 'fs 4', 'immediate 7', 'inside run undefined', 'microtask 3', 'reaction 5', 'rejected 6', 'tick 2', 'timer 1',
  ]);
  assert.strictEqual(storage.getStore(), undefined);
});
