// SPDX-License-Identifier: MIT
//
// Timeouts and immediates that are made and cleared by the million leave nothing behind, even if no other of their kind ever runs.
'use strict';

const assert = require('assert');

const before = process.memoryUsage.rss();

async function round(make, clear) {
  for (let i = 0; i < 2000; i++) clear(make());
  await new Promise((resolve) => setTimeout(resolve, 0));
}

(async () => {
  for (let i = 0; i < 500; i++) await round(() => setTimeout(() => {}, 1e6), clearTimeout);
  for (let i = 0; i < 500; i++) await round(() => setImmediate(() => {}), clearImmediate);
  const grown = process.memoryUsage.rss() - before;
  assert.ok(grown < 120e6, `${Math.round(grown / 1e6)} MB`);
})();
