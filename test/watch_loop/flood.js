// SPDX-License-Identifier: MIT
//
// Many blocked turns do not flood standard error: some reports are printed, the others are counted.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const program = `
  let left = 40;
  setTimeout(function block() {
    const until = performance.now() + 15;
    while (performance.now() < until);
    if (--left > 0) setTimeout(block, 1);
  }, 1);`;
const { stderr } = lode(['--watch-loop=10', '-e', program]);
const printed = stderr.match(/ was blocked for /g).length;
assert.ok(printed >= 5 && printed < 20, stderr);
let untold = 0;
for (const [, count] of stderr.matchAll(/(\d+|One) more blocked turns? w[a-z]+ not shown/g)) untold += count === 'One' ? 1 : +count;
assert.ok(printed + untold >= 20, stderr); // two timers may share a turn
assert.match(stderr, /not shown: \d+ ms in all, the longest \d+ ms\n/);
