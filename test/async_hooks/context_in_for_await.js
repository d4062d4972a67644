// SPDX-License-Identifier: MIT
//
// Every turn of a for await loop, and what comes after it, runs in the context in which the loop began.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();

async function* numbers() {
  yield 1;
  await null;
  yield 2;
}

async function loop(iterable, id) {
  const seen = [];
  for await (const value of iterable) {
    assert.strictEqual(storage.getStore(), id);
    seen.push(value);
  }
  assert.strictEqual(storage.getStore(), id);
  return seen;
}

async function leave(iterable, id) {
  for await (const value of iterable) {
    assert.strictEqual(value, 1);
    break;
  }
  assert.strictEqual(storage.getStore(), id);
}

async function fail(id) {
  try {
    for await (const value of [1, Promise.reject(new Error('no'))]) assert.strictEqual(value, 1);
    assert.fail('not reached');
  } catch (error) {
    assert.strictEqual(error.message, 'no');
    assert.strictEqual(storage.getStore(), id);
  }
}

(async () => {
  const results = await Promise.all([
    storage.run('a', loop, numbers(), 'a'),
    storage.run('b', loop, [1, Promise.resolve(2)], 'b'),
    storage.run('c', leave, numbers(), 'c'),
    storage.run('d', fail, 'd'),
  ]);
  assert.deepStrictEqual(results.slice(0, 2), [[1, 2], [1, 2]]);
  assert.strictEqual(storage.getStore(), undefined);
})();
