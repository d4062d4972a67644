// SPDX-License-Identifier: MIT
//
// require() of ES modules: the namespace with __esModule, the same module as import() gives, refusals where it would wait.
'use strict';

const assert = require('assert');

const counter = require('../fixtures/esm/counter.mjs');
assert.strictEqual(counter.__esModule, true);
assert.strictEqual(counter.count, 0);
counter.increment();
assert.strictEqual(counter.count, 1);
assert.strictEqual(require('../fixtures/esm/counter.mjs'), counter);
assert.throws(() => require('../fixtures/esm/waits.mjs'), { code: 'ERR_REQUIRE_ASYNC_MODULE' });
import('../fixtures/esm/counter.mjs').then((ns) => {
  assert.strictEqual(ns.count, 1);
  assert.strictEqual(ns.default, counter.default);
  assert.strictEqual('__esModule' in ns, false);
});
