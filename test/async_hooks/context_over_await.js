// SPDX-License-Identifier: MIT
//
// The store of AsyncLocalStorage outlives await: also where it throws, in catch and finally, in loops, and beside others.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();

async function walk(id) {
  const here = () => assert.strictEqual(storage.getStore(), id);
  await null;
  here();
  try {
    await Promise.reject(new Error('no'));
    assert.fail('not reached');
  } catch {
    here();
    await null;
    here();
  } finally {
    here();
    await null;
    here();
  }
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    here();
  }
  try {
    await nested(id);
  } catch (error) {
    here();
    assert.strictEqual(error.message, id);
  }
  return storage.getStore();
}

async function nested(id) {
  try {
    await storage.run('other', async () => {
      await null;
      assert.strictEqual(storage.getStore(), 'other');
      throw new Error(id);
    });
  } finally {
    assert.strictEqual(storage.getStore(), id);
  }
}

(async () => {
  const ids = ['a', 'b', 'c'];
  assert.deepStrictEqual(await Promise.all(ids.map((id) => storage.run(id, walk, id))), ids);
  assert.strictEqual(storage.getStore(), undefined);
})();
