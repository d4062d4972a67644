// SPDX-License-Identifier: MIT
//
// Standard output on a full disk, and with a closed reader: an error with Node's code, never a crash or a hang.
'use strict';

const assert = require('assert');
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');

const full = fs.openSync('/dev/full', 'w');
const text = "process.stdout.on('error', (e) => { process.stderr.write(e.code); }); process.stdout.write('x'.repeat(10));";
const result = spawnSync(process.execPath, ['-e', text], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8', timeout: 10000 });
assert.strictEqual(result.stderr, 'ENOSPC');
assert.strictEqual(spawnSync(process.execPath, ['-e', 'console.log(1)'], { stdio: ['ignore', full, 'pipe'], timeout: 10000 }).signal, null);

const child = spawn(process.execPath, ['-e', `
process.stdout.on('error', (e) => { process.stderr.write(e.code); process.exit(0); });
process.stdin.once('data', () => setInterval(() => process.stdout.write('y'.repeat(65536)), 1));
`], { stdio: ['pipe', 'pipe', 'pipe'] });
child.stdout.destroy();
child.stdin.write('go');
let errors = '';
child.stderr.setEncoding('utf8').on('data', (chunk) => { errors += chunk; });
child.on('close', (code) => {
  assert.strictEqual(errors, 'EPIPE');
  assert.strictEqual(code, 0);
});
