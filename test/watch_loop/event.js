// SPDX-License-Identifier: MIT
//
// 'loopBlocked' comes in a later turn, with everything that the documentation promises, and a report is text as it is printed.
'use strict';

const assert = require('assert');
const { busy, reportOf } = require('../helpers/loop');

let turn = 0;
let blockedIn = -1;
const before = performance.now();

function block() {
  blockedIn = turn;
  setImmediate(() => turn++);
  busy(150);
}

reportOf(block).then((report) => {
  assert.ok(turn > blockedIn);
  assert.ok(report.startTime >= before && report.startTime + report.duration <= performance.now() + 1, report);
  assert.ok(report.cpu > 0 && report.cpu <= report.duration, report);
  assert.ok(report.callbacks >= 1);
  assert.ok(report.longestCallback > 50 && report.longestCallback <= report.duration + 1, report);
  const all = report.stacks.reduce((sum, { time }) => sum + time, report.unsampled);
  assert.ok(Math.abs(all - report.duration) < 1, report);
  const [{ frames: [frame], samples }] = report.stacks;
  assert.ok(samples >= 1);
  assert.deepStrictEqual(Object.keys(frame), ['functionName', 'file', 'line', 'column', 'native']);
  assert.match(String(report), /^lode: The event loop was blocked for \d+ ms by a timer \(at \d\d:\d\d:\d\d\.\d{3}(, .*)?\)\n +\d+ ms +\d+ % {2}bigint +node:process\n +busy +\S*test\/helpers\/loop\.js:9:\d+\n +block /);
  assert.strictEqual(JSON.parse(JSON.stringify(report)).duration, report.duration);
});
