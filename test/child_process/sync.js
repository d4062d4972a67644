// SPDX-License-Identifier: MIT
//
// The synchronous forms: input, output, status, signal, time limit, output limit.
'use strict';
const assert = require('assert');
const { spawnSync, execSync, execFileSync } = require('child_process');

assert.strictEqual(spawnSync('cat', { input: 'abc', encoding: 'utf8' }).stdout, 'abc');
assert.strictEqual(execSync('echo "$X"', { env: { X: 'y' }, encoding: 'utf8' }), 'y\n');
assert.strictEqual(execFileSync('echo', ['a b'], { encoding: 'utf8' }), 'a b\n');
assert.throws(() => execSync('exit 4', { stdio: 'pipe' }), { status: 4, message: 'Command failed: exit 4' });
assert.strictEqual(spawnSync('sh', ['-c', 'kill -9 $$']).signal, 'SIGKILL');
const late = spawnSync('sleep', ['5'], { timeout: 50 });
assert.strictEqual(late.error.code, 'ETIMEDOUT');
assert.strictEqual(late.signal, 'SIGTERM');
assert.strictEqual(spawnSync('yes', { maxBuffer: 1000 }).error.code, 'ENOBUFS');
assert.strictEqual(spawnSync('/does/not/exist').error.code, 'ENOENT');
const big = Buffer.alloc(3 * 1024 * 1024, 'z');
assert(spawnSync('cat', { input: big, maxBuffer: Infinity }).stdout.equals(big));
