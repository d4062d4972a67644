// SPDX-License-Identifier: MIT
//
// v8.promiseHooks: a promise and its parent when it is made, around its reaction, and when it is settled; until stopped.
'use strict';

const assert = require('assert');
const { promiseHooks } = require('v8');

const seen = [];
const stop = promiseHooks.createHook({
  init(promise, parent) { seen.push(['init', promise, parent]); },
  before(promise) { seen.push(['before', promise]); },
  after(promise) { seen.push(['after', promise]); },
  settled(promise) { seen.push(['settled', promise]); },
});
const parent = Promise.resolve(1);
const child = parent.then(() => seen.push('in'));

setImmediate(() => {
  stop();
  const expected = [
    ['init', parent, undefined], ['settled', parent], ['init', child, parent], ['before', child], 'in', ['settled', child], ['after', child],
  ];
  assert.strictEqual(seen.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    for (let j = 0; j < expected[i].length; j++) assert.ok(seen[i][j] === expected[i][j], `${i} ${j}`);
  }
  Promise.resolve(2);
  assert.strictEqual(seen.length, expected.length);
});

for (const name of ['onInit', 'onBefore', 'onAfter', 'onSettled']) {
  assert.throws(() => promiseHooks[name](async () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
}
