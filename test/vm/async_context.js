// SPDX-License-Identifier: MIT
//
// An AsyncLocalStorage follows the promises of a context, whichever was there first.
'use strict';

const assert = require('assert');
const vm = require('vm');

const before = vm.createContext({});
const { AsyncLocalStorage } = require('async_hooks');
const storage = new AsyncLocalStorage();
const after = vm.createContext({});
let done = 0;

for (const context of [before, after]) {
  context.get = () => storage.getStore();
  context.late = (resolve) => setTimeout(resolve, 1);
  storage.run('store', () => {
    const code = `
      const chain = new Promise(late).then(() => Promise.resolve(get())).then((value) => [value, get()]);
      const waiting = (async () => { await new Promise(late); try { await Promise.reject(1) } catch { return get() } })();
      Promise.all([chain, waiting])`;
    const promise = vm.runInContext(code, context);
    assert.ok(promise instanceof vm.runInContext('Promise', context));
    storage.run('other', () => promise.then(([chain, waiting]) => {
      assert.deepStrictEqual([...chain, waiting], ['store', 'store', 'store']);
      assert.strictEqual(storage.getStore(), 'other');
      done++;
    }));
  });
}
process.on('exit', () => assert.strictEqual(done, 2));
