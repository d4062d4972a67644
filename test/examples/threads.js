// SPDX-License-Identifier: MIT
//
// The example of threads: the number of primes is right, and the main thread was not blocked.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const { example } = require('../helpers/program');

const { stdout, stderr, status } = spawnSync(process.execPath, [example('threads.js'), '1000000'], { encoding: 'utf8' });
assert.strictEqual(stderr, '');
assert.strictEqual(status, 0);
const [, count, others] = /^(\d+) primes below 1000000, in \d+ ms on \d+ threads; meanwhile the main thread did (\d+) other things\n$/.exec(stdout);
assert.strictEqual(count, '78498');
assert.ok(Number(others) > 0);
