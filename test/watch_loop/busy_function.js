// SPDX-License-Identifier: MIT
//
// A function that keeps a timer's callback busy is named, with its callers and about its time.
'use strict';

const assert = require('assert');
const { busy, reportOf, stackOf } = require('../helpers/loop');

function outer() { busy(200); }

reportOf(outer).then((report) => {
  assert.ok(report.duration >= 200 && report.duration < 2000, report);
  assert.strictEqual(report.phase, 'running');
  assert.strictEqual(report.cause, 'a timer');
  const stack = stackOf(report, 'busy');
  assert.ok(stack.time > 100 && stack.time <= report.duration, report);
  assert.ok(Math.abs(stack.share - stack.time / report.duration) < 1e-9);
  assert.deepStrictEqual(stack.frames.map(({ functionName }) => functionName).slice(0, 2), ['busy', 'outer']);
  assert.strictEqual(stack.frames[1].file, __filename);
  assert.strictEqual(stack.frames[1].line, 9);
});
