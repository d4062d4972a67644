// SPDX-License-Identifier: MIT
//
// TypeScript in -e, -p and standard input: where a text is no JavaScript, or as --input-type says; and the error of a text that is neither.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const typed = 'const a: number = 1; ';
assert.strictEqual(lode(['-p', `${typed}a`]).stdout, '1\n');
assert.strictEqual(lode(['-e', `import fs from 'fs'; ${typed}console.log(typeof fs, a)`]).stdout, 'object 1\n');
assert.strictEqual(lode(['-'], { input: `${typed}console.log(a)` }).stdout, '1\n');
assert.strictEqual(lode(['--input-type=commonjs-typescript', '-p', `${typed}require('os') && a`]).stdout, '1\n');
assert.strictEqual(lode(['--input-type=module-typescript', '-e', `${typed}console.log(a, await 2)`]).stdout, '1 2\n');
assert.strictEqual(lode(['--experimental-transform-types', '-p', 'enum A { B }; A.B']).stdout, '0\n');
// Valid JavaScript is not taken for TypeScript.
assert.strictEqual(lode(['-p', 'const f = 1; f<Number>(1)']).stdout, 'false\n');

function report(...args) {
  const { status, stderr } = lode(args);
  assert.strictEqual(status, 1);
  return stderr.split('\n');
}
assert.deepStrictEqual(report('-e', 'enum A { B }').slice(0, 5),
                       ['[eval]:1', 'enum A { B }', '^^^^', 'TypeScript enum is not supported in strip-only mode', '']);
assert.match(report('-e', 'enum A { B }')[5], /^SyntaxError: Unexpected reserved word/);
assert.match(report('--no-strip-types', '-e', typed).join('\n'), /^SyntaxError: Missing initializer in const declaration/m);
assert.match(report('--input-type=commonjs', '-e', typed).join('\n'), /^SyntaxError: /m);
assert.match(report('--input-type=commonjs-typescript', '-e', 'enum A {}').join('\n'), /^SyntaxError \[ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX\]/m);
