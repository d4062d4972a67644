// SPDX-License-Identifier: MIT
//
// Hooks that are switched on or off inside a tick, a microtask, a timer or an immediate: nothing throws, and each
// callback has an execution id of its own.
'use strict';

const assert = require('assert');
const { createHook, executionAsyncId } = require('async_hooks');

const top = executionAsyncId();
const hook = createHook({ before() {}, after() {} });
const seen = [];
const ids = new Set([top]);
const checkId = () => {
  assert.ok(!ids.has(executionAsyncId()));
  ids.add(executionAsyncId());
};
const flip = (name, on) => () => {
  seen.push(name);
  if (on) hook.enable();
  else hook.disable();
};

hook.enable();
process.nextTick(flip('tick off', false));
process.nextTick(() => {
  checkId();
  hook.enable();
  queueMicrotask(flip('microtask off', false));
  setTimeout(() => {
    checkId();
    seen.push('timer on');
    hook.enable();
    setTimeout(flip('timer off', false), 1);
    setImmediate(() => {
      hook.enable();
      setImmediate(flip('immediate off', false));
    });
  }, 1);
});
process.on('exit', () => {
  assert.deepStrictEqual(seen.slice(0, 3), ['tick off', 'microtask off', 'timer on']);
  assert.deepStrictEqual(seen.slice(3).sort(), ['immediate off', 'timer off']);
});
