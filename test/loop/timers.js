// SPDX-License-Identifier: MIT
//
// Timers: refresh, unref, hasRef, primitive ids, intervals that clear themselves, arguments.
'use strict';

const assert = require('assert');
const seen = [];
const unrefed = setTimeout(() => assert.fail('an unreferenced timer must not keep the process'), 60000).unref();
assert.strictEqual(unrefed.hasRef(), false);
const id = +setTimeout(() => assert.fail('cleared by its number'), 1);
clearTimeout(id);
let count = 0;
const interval = setInterval((a, b) => {
  seen.push(a + b);
  if (++count === 3) clearInterval(interval);
}, 1, 'x', 'y');
const refreshed = setTimeout(() => seen.push('refreshed'), 1);
refreshed.refresh();
process.on('exit', () => {
  assert.deepStrictEqual(seen.slice().sort(), ['refreshed', 'xy', 'xy', 'xy']);
});
