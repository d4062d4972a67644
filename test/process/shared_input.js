// SPDX-License-Identifier: MIT
//
// A pipe that several processes read in turn is blocking again after one of them used process.stdin.
'use strict';
const assert = require('assert');
const { spawnSync } = require('child_process');

const program = 'process.stdin.once("data", () => process.exit())';
const script = 'echo first | ("$0" -e "$1"; cat /proc/self/fdinfo/0)';
const result = spawnSync('/bin/sh', ['-c', script, process.execPath, program], { encoding: 'utf8' });
assert.strictEqual(result.stderr, '');
const flags = parseInt(/flags:\s*(\d+)/.exec(result.stdout)[1], 8);
assert.strictEqual(flags & 0o4000, 0);
