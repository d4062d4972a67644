// SPDX-License-Identifier: MIT
//
// After an uncaught exception ticks wait for the next callback: ticks that throw and queue another for ever do not starve
// the loop.
'use strict';

const assert = require('assert');

let thrown = 0;
let over = false;
process.on('uncaughtException', () => { if (!over) process.nextTick(fail); });
function fail() {
  thrown++;
  throw new Error('again');
}
process.nextTick(fail);
setImmediate(() => { over = true; });
process.on('exit', () => {
  assert.ok(over);
  assert.ok(thrown < 10, `${thrown} times`);
});
