// SPDX-License-Identifier: MIT
//
// The `then` of a thenable runs in the context that it was awaited, returned or resolved in, whatever ran before it.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
const seen = [];
const thenable = (name) => ({
  then(resolve) {
    seen.push(`${name} ${storage.getStore()}`);
    resolve(name);
  },
});

// Leaves its own context behind in between.
async function other() {
  for (let i = 0; i < 20; i++) await null;
}

(async () => {
  await Promise.all([
    storage.run('other', other),
    storage.run(1, async () => assert.strictEqual(await thenable('awaited'), 'awaited')),
    storage.run(2, async () => {
      await null;
      return thenable('returned');
    }),
    storage.run(3, async () => thenable('of an arrow')),
    storage.run(4, () => Promise.resolve(thenable('resolved'))),
    storage.run(5, () => Promise.resolve().then(() => thenable('of a reaction'))),
  ]);
  assert.deepStrictEqual(seen.sort(), ['awaited 1', 'of a reaction 5', 'of an arrow 3', 'resolved 4', 'returned 2']);
})();
