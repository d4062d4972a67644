// SPDX-License-Identifier: MIT
//
// A million contexts, each carried over awaits, reactions and ticks, leave nothing behind.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');
const { spawnSync } = require('child_process');
const { getHeapStatistics } = require('v8');

const storage = new AsyncLocalStorage();
const CONTEXTS = 1000000;
const AT_ONCE = 1000;

async function request(store) {
  await null;
  assert.strictEqual(storage.getStore(), store);
}

function used() {
  globalThis.gc();
  return getHeapStatistics().used_heap_size;
}

async function batch(count) {
  for (let i = 0; i < count; i += AT_ONCE) {
    const jobs = [];
    for (let j = 0; j < AT_ONCE; j++) {
      const store = { id: i + j };
      jobs.push(storage.run(store, request, store));
    }
    await Promise.all(jobs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function main() {
  await batch(50000);
  const before = used();
  await batch(CONTEXTS);
  const growth = used() - before;
  assert.ok(growth < 1 << 20, `grew by ${growth} bytes`);
}

if (globalThis.gc === undefined) {
  process.exitCode = spawnSync(process.execPath, ['--expose-gc', __filename], { stdio: 'inherit' }).status;
} else {
  main();
}
