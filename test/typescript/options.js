// SPDX-License-Identifier: MIT
//
// --experimental-transform-types runs enums and their like; --no-strip-types switches all of it off; process.features tells.
'use strict';

const assert = require('assert');
const path = require('path');
const { spawnSync } = require('child_process');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: path.join(__dirname, '../fixtures/typescript') });
  return { status, stdout: stdout.trim(), stderr };
}

const print = ['-p', 'process.features.typescript'];
assert.strictEqual(run(...print).stdout, 'strip');
assert.strictEqual(run('--experimental-strip-types', ...print).stdout, 'strip');
assert.strictEqual(run('--no-strip-types', ...print).stdout, 'false');
assert.strictEqual(run('--no-experimental-strip-types', ...print).stdout, 'false');
assert.strictEqual(run('--experimental-transform-types', ...print).stdout, 'transform');

const values = 'JSON.stringify(require("./values.ts").all)';
assert.strictEqual(run('--experimental-transform-types', '-p', values).stdout, '[2,"Up",4,"n"]');

const off = run('--no-strip-types', 'number.cts');
assert.strictEqual(off.status, 1);
assert.match(off.stderr, /^SyntaxError: /m);
assert.doesNotMatch(off.stderr, /TYPESCRIPT/);
