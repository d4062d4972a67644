// SPDX-License-Identifier: MIT
//
// A child's streams, exit code and end arrive in order; a missing program is an 'error'.
'use strict';
const assert = require('assert');
const { spawn } = require('child_process');

const events = [];
const child = spawn('/bin/sh', ['-c', 'cat; echo problem >&2; exit 3']);
let out = '';
let err = '';
child.stdout.on('data', (chunk) => { out += chunk; });
child.stderr.on('data', (chunk) => { err += chunk; });
for (const name of ['spawn', 'exit', 'close']) child.on(name, (...args) => events.push([name, ...args]));
child.stdin.end('given');
child.on('close', () => {
  assert.strictEqual(out, 'given');
  assert.strictEqual(err, 'problem\n');
  assert.deepStrictEqual(events, [['spawn'], ['exit', 3, null], ['close', 3, null]]);
});

spawn('/does/not/exist').on('error', (error) => {
  assert.strictEqual(error.code, 'ENOENT');
  assert.strictEqual(error.syscall, 'spawn /does/not/exist');
});
