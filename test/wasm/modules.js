// SPDX-License-Identifier: MIT
//
// WebAssembly as ES modules: imports and exports of all kinds of names, globals between WebAssembly modules, start functions, source
// phase imports, and what is refused.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');
const { I32, adder, binary } = require('../helpers/wasm');

const folder = scratch();
const write = (name, content) => fs.writeFileSync(path.join(folder, name), content);

write('numbers.wasm', binary({ globals: [42], exports: [['forty two', 'global', 0], ['*/;`${x}\'"', 'global', 0]] }));
write('main.wasm', binary({
  types: [[[I32, I32], [I32]], [[], []], [[], [I32]]],
  imports: [
    ['./dep.mjs', 'started', 'function', 1],
    ['./dep.mjs', 'twice', 'function', 0],
    ['./numbers.wasm', 'forty two', 'global', [I32, 0]],
    ['./numbers.wasm', '*/;`${x}\'"', 'global', [I32, 0]],
  ],
  functions: [[1, [0x10, 0]], [0, [0x20, 0, 0x20, 1, 0x10, 1]], [2, [0x23, 0, 0x23, 1, 0x6a]]],
  exports: [['twice', 'function', 3], ['sum', 'function', 4]],
  start: 2,
}));
write('dep.mjs', 'export let state = "new"; export function started() { state = "started"; } export const twice = (a, b) => 2 * (a + b);');
write('main.mjs', `
import { twice, sum } from './main.wasm';
import * as numbers from './numbers.wasm';
import source compiled from './unlinkable.wasm';
import { state } from './dep.mjs';
import { strict as assert } from 'assert';
assert.equal(state, 'started');
assert.equal(twice(1, 2), 6);
assert.equal(sum(), 84);
assert.deepEqual(Object.keys(numbers), ['*/;\`\${x}\\'"', 'forty two']);
assert.equal(numbers['forty two'], 42);
assert.ok(compiled instanceof WebAssembly.Module);
assert.ok(await import.source('./main.wasm') instanceof WebAssembly.Module);
await assert.rejects(import('./unlinkable.wasm'), { code: 'ERR_MODULE_NOT_FOUND' });
await assert.rejects(import('./missing.wasm'), { name: 'SyntaxError', message: /does not provide an export named 'nothing'/ });
await assert.rejects(import('./reserved.wasm'), { name: 'LinkError', message: /^Invalid Wasm export name "wasm:x" in file:/ });
await assert.rejects(import.source('./dep.mjs'), { name: 'SyntaxError', message: /^Source phase import object is not defined for module 'file:/ });
await assert.rejects(import('./broken.wasm'), WebAssembly.CompileError);
console.log('done');
`);
write('unlinkable.wasm', binary({ types: [[[], []]], imports: [['nowhere', 'nothing', 'function', 0]] }));
write('missing.wasm', binary({ types: [[[], []]], imports: [['./dep.mjs', 'nothing', 'function', 0]] }));
write('reserved.wasm', binary({ ...adder, exports: [['wasm:x', 'function', 0]] }));
write('broken.wasm', binary(adder).subarray(0, 19));

const { status, stdout, stderr } = lode([path.join(folder, 'main.mjs')]);
assert.strictEqual(status, 0, stderr);
assert.strictEqual(stdout, 'done\n');
assert.match(stderr, /ExperimentalWarning: Importing WebAssembly module instances/);
