// SPDX-License-Identifier: MIT
//
// --trace-exit tells who called process.exit(), in a worker too, and nothing where a program just ends.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

const run = (program) => spawnSync(process.execPath, ['--trace-exit', '-e', program], { encoding: 'utf8' });

const main = run('function leave() { process.exit(3); }\nleave()');
assert.strictEqual(main.status, 3);
assert.match(main.stderr, /^\(node:\d+\) WARNING: Exited the environment with code 3\n {4}at leave \(\[eval\]:1:28\)\n/);
const worker = run('new (require("worker_threads").Worker)("process.exit()", { eval: true })');
assert.match(worker.stderr, /^\(node:\d+, thread:1\) WARNING: Exited the environment with code 0\n {4}at \[worker eval\]:1:/);
assert.strictEqual(run('1').stderr, '');
