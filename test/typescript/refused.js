// SPDX-License-Identifier: MIT
//
// What cannot be stripped is refused with Node's codes, and the report shows the author's line once.
'use strict';

const assert = require('assert');
const path = require('path');
const { spawnSync } = require('child_process');

const folder = path.join(__dirname, '../fixtures/typescript');
const values = path.join(folder, 'values.ts');

assert.throws(() => require(values), (error) => {
  assert.ok(error instanceof SyntaxError);
  assert.strictEqual(error.code, 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX');
  assert.strictEqual(error.message, 'TypeScript enum is not supported in strip-only mode');
  assert.ok(error.stack.startsWith(`${values}:1\nenum Direction { Up = 1, Down }\n^^^^`), error.stack);
  return true;
});
assert.throws(() => require(path.join(folder, 'node_modules/dep/index.ts')), { code: 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING' });

const invalid = path.join(folder, 'invalid.ts');
const { status, stderr } = spawnSync(process.execPath, [invalid], { encoding: 'utf8' });
assert.strictEqual(status, 1);
const lines = stderr.split('\n');
assert.deepStrictEqual(lines.slice(0, 5), [`${invalid}:2`, 'const fine: number = 1;', 'const broken:: number = 2;', '             ^', '']);
assert.match(lines[5], /^SyntaxError \[ERR_INVALID_TYPESCRIPT_SYNTAX\]: Unexpected token `:`/);
assert.strictEqual(stderr.split('broken').length, 2);
