// SPDX-License-Identifier: MIT
//
// Work inside the engine and inside lode has the line that called it, and is named; waiting for something is told from computing.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const { reportOf, stackOf } = require('../helpers/loop');

const text = `[${'[1,2,3],'.repeat(2e6)}0]`;
function parseText() { JSON.parse(text); }
function sleep() { spawnSync('sleep', ['0.3']); }

(async () => {
  const parsed = await reportOf(parseText);
  const parsing = stackOf(parsed, 'parseText');
  assert.strictEqual(parsing.callee.functionName, 'parse');
  assert.ok(parsing.callee.native);
  assert.strictEqual(parsing.frames[0].line, 11);
  assert.ok(parsing.time > parsed.duration / 2, parsed);

  const slept = await reportOf(sleep);
  const sleeping = stackOf(slept, 'sleep');
  assert.strictEqual(sleeping.callee.functionName, 'spawnSync');
  assert.strictEqual(sleeping.callee.file, 'node:child_process');
  assert.strictEqual(sleeping.frames[0].line, 12);
  assert.ok(slept.cpu < slept.duration / 2, slept);
  assert.match(String(slept), /waiting: \d/);
})();
