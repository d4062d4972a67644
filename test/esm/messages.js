// SPDX-License-Identifier: MIT
//
// What a program hears of missing exports, of syntax errors and of modules that never end: text, place, exit code.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

function run(source) {
  return spawnSync(process.execPath, ['--input-type=module', '-e', source], { cwd: __dirname, encoding: 'utf8' });
}

let result = run('import fs,\n  { nope } from "node:fs";');
assert.strictEqual(result.status, 1);
assert.match(result.stderr, /\[eval1\]:2\n {2}\{ nope \} from "node:fs";\n {4}\^\^\^\^\n\n?SyntaxError: The requested module 'node:fs' does not provide an export named 'nope'/);
result = run('import { three } from "../fixtures/esm/values.cjs";');
assert.match(result.stderr, /Named export 'three' not found\. The requested module '\.\.\/fixtures\/esm\/values\.cjs' is a CommonJS module/);
result = run('let a;\nlet a;');
assert.match(result.stderr, /\[eval1\]:2\nlet a;\n {4}\^\n\nSyntaxError: Identifier 'a' has already been declared/);
result = run('await new Promise(() => {});');
assert.strictEqual(result.status, 13);
assert.match(result.stderr, /^Warning: Detected unsettled top-level await at .*\[eval1\]:1\nawait new Promise/);
