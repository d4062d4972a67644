// SPDX-License-Identifier: MIT
//
// Runs `true` a thousand times, one after the other, and prints how many milliseconds one takes.
'use strict';

const { spawn } = require('child_process');

const TIMES = 1000;
let left = TIMES;
const start = process.hrtime.bigint();

(function next() {
  if (left-- > 0) spawn('true').on('close', next);
  else console.log(`each ${Number(process.hrtime.bigint() - start) / 1e6 / TIMES}`);
})();
