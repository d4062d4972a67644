// SPDX-License-Identifier: MIT
//
// --watch-loop alone means 50 ms; the value follows `=`; bad values end with status 9; NODE_OPTIONS may carry it.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const program = ['-e', 'const until = performance.now() + 120; while (performance.now() < until);'];
const blocked = /^lode: The event loop was blocked for \d+ ms while loading the program/;

assert.match(lode(['--watch-loop', ...program]).stderr, blocked);
assert.match(lode(['--watch_loop=100', ...program]).stderr, blocked);
assert.match(lode(program, { env: { ...process.env, NODE_OPTIONS: '--watch-loop=40' } }).stderr, blocked);
assert.strictEqual(lode(['--watch-loop=60000', ...program]).stderr, '');
for (const [option, message] of [['--watch-loop=x', 'must be a number'], ['--watch-loop=0', 'must be at least 1'], ['--watch-loop=', 'requires an argument']]) {
  const { status, stderr } = lode([option, ...program]);
  assert.strictEqual(status, 9);
  assert.ok(stderr.includes(message), stderr);
}
assert.match(lode(['--help']).stdout, /--watch-loop\[=MS\]/);
