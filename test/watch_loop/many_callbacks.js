// SPDX-License-Identifier: MIT
//
// Many short callbacks of one turn that add up are reported, as many.
'use strict';

const assert = require('assert');
const { busy, reportOf, stackOf } = require('../helpers/loop');

function short() { busy(5); }

function start() {
  for (let i = 0; i < 40; i++) setImmediate(short);
}

reportOf(start).then((report) => {
  assert.ok(report.duration >= 200, report);
  assert.ok(report.callbacks >= 40, report);
  assert.ok(report.longestCallback < report.duration / 2, report);
  assert.ok(stackOf(report, 'busy').frames.some(({ functionName }) => functionName === 'short'));
  assert.match(String(report), /blocked for \d+ ms by 4\d callbacks, the longest took at least \d/);
});
