// SPDX-License-Identifier: MIT
//
// createHook tells of promises: made, settled, and around their reactions, with ids that say which came of which.
'use strict';

const assert = require('assert');
const { createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } = require('async_hooks');

const events = [];
const ids = new Map();
const name = (id) => ids.get(id) ?? id;
const hook = createHook({
  init(id, type, trigger, resource) {
    if (type !== 'PROMISE') return;
    ids.set(id, `p${ids.size}`);
    events.push(`init ${name(id)} of ${name(trigger)} ${resource instanceof Promise}`);
  },
  before(id) { if (ids.has(id)) events.push(`before ${name(id)}`); },
  after(id) { if (ids.has(id)) events.push(`after ${name(id)}`); },
  promiseResolve(id) { events.push(`resolve ${name(id)}`); },
}).enable();

const made = new Promise((resolve) => resolve(1));
const derived = made.then((value) => {
  events.push(`in ${name(executionAsyncId())} of ${name(triggerAsyncId())} ${executionAsyncResource() === derived}`);
  return value;
});

setImmediate(() => {
  hook.disable();
  assert.deepStrictEqual(events, [
    'init p0 of 1 true', 'resolve p0', 'init p1 of p0 true', 'before p1', 'in p1 of p0 true', 'resolve p1', 'after p1',
  ]);
  assert.strictEqual(globalThis.Promise, Object.getPrototypeOf(async function() {}()).constructor);
});
