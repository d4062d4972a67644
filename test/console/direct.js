// SPDX-License-Identifier: MIT
//
// The global console prints in order with process.stdout, before and after a program touches that stream.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

const program = `
console.log('one', 1, null, undefined, true);
console.error('err');
process.stdout.write('two\\n');
console.log('three');
const { write } = process.stdout;
let seen = '';
process.stdout.write = (text) => { seen += text; return true; };
console.log('caught');
process.stdout.write = write;
console.log(JSON.stringify(seen), '\\u20ac');
`;
const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
assert.strictEqual(stdout, 'one 1 null undefined true\ntwo\nthree\n"caught\\n" \u20ac\n');
assert.strictEqual(stderr, 'err\n');
