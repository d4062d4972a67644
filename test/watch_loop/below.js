// SPDX-License-Identifier: MIT
//
// Turns below the threshold are not reported, however many there are.
'use strict';

const { strictEqual } = require('assert');
const { lode } = require('../helpers/run');

const program = `
  let left = 20;
  (function next() {
    const until = performance.now() + 30;
    while (performance.now() < until);
    if (--left > 0) setTimeout(next, 1);
  })();`;
strictEqual(lode(['--watch-loop=5000', '-e', program]).stderr, '');
