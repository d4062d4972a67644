// SPDX-License-Identifier: MIT
//
// Reactions run in the context of their `then`, `catch` or `finally`, and leave it to nobody.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
const seen = [];
const note = (name) => () => { seen.push(`${name} ${storage.getStore()}`); };

const promise = Promise.resolve();
storage.run(1, () => promise.then(note('then')).then(note('chained')));
promise.then(note('outside'));
storage.run(2, () => Promise.reject(new Error('no')).catch(note('catch')).finally(note('finally')));
queueMicrotask(note('microtask outside'));
storage.run(3, () => queueMicrotask(note('microtask')));
storage.run(4, async () => {
  await null;
  storage.enterWith('entered');
});
promise.then(() => promise).then(note('last outside'));

// A class of one's own keeps its kind.
class Mine extends Promise {}
assert.ok(storage.run(5, () => new Mine((resolve) => resolve()).then(note('mine'))) instanceof Mine);

setImmediate(() => {
  assert.deepStrictEqual(seen.sort(), [
    'catch 2', 'chained 1', 'finally 2', 'last outside undefined', 'microtask 3', 'microtask outside undefined', 'mine 5',
    'outside undefined', 'then 1',
  ]);
  assert.strictEqual(storage.getStore(), undefined);
});
