// SPDX-License-Identifier: MIT
//
// What runs after an await has an execution id and a resource of its own, between `before` and `after`.
'use strict';

const assert = require('assert');
const { createHook, executionAsyncId, executionAsyncResource } = require('async_hooks');

const key = Symbol('key');
const open = new Set();
let before = 0;
let after = 0;
const hook = createHook({
  init(id, type, trigger, resource) { resource[key] = executionAsyncResource()[key]; },
  before(id) {
    before++;
    open.add(id);
  },
  after(id) {
    after++;
    assert.ok(open.delete(id));
  },
}).enable();

async function walk(value) {
  const first = executionAsyncId();
  executionAsyncResource()[key] = value;
  await null;
  const second = executionAsyncId();
  assert.notStrictEqual(second, first);
  assert.ok(open.has(second));
  assert.strictEqual(executionAsyncResource()[key], value);
  try {
    await Promise.reject(new Error('no'));
  } catch {
    assert.notStrictEqual(executionAsyncId(), second);
    assert.ok(open.has(executionAsyncId()));
    assert.strictEqual(executionAsyncResource()[key], value);
  }
}

setTimeout(walk, 1, 'a');
setTimeout(walk, 1, 'b');
setTimeout(() => {
  hook.disable();
  assert.ok(before >= 6);
  assert.ok(before - after <= 1); // this timer's own
}, 20);
