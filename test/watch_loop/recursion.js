// SPDX-License-Identifier: MIT
//
// A recursive function is one stack and not one for each depth.
'use strict';

const assert = require('assert');
const { busy, reportOf, stackOf } = require('../helpers/loop');

function down(depth) {
  busy(2);
  if (depth > 0) down(depth - 1);
}
function even(depth) {
  if (depth > 0) odd(depth - 1);
  else busy(150);
}
function odd(depth) { even(depth - 1); }

(async () => {
  const direct = await reportOf(() => down(80));
  const { frames, time } = stackOf(direct, 'busy');
  assert.deepStrictEqual(frames.slice(0, 2).map(({ functionName }) => functionName), ['busy', 'down']);
  assert.ok(time > direct.duration / 2, direct);
  const mutual = await reportOf(() => even(100));
  assert.deepStrictEqual(new Set(stackOf(mutual, 'busy').frames.slice(0, 3).map(({ functionName }) => functionName)), new Set(['busy', 'even', 'odd']));
})();
