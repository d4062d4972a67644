// SPDX-License-Identifier: MIT
//
// WebAssembly.compile and instantiate keep the program alive until they are done, and their rejections are noticed.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');
const { adder, binary } = require('../helpers/wasm');

const code = `const bytes = Buffer.from('${binary(adder).toString('hex')}', 'hex');
WebAssembly.compile(bytes).then((module) => console.log(module instanceof WebAssembly.Module));
WebAssembly.instantiate(bytes).then(({ instance }) => console.log(instance.exports.add(2, 3)));
WebAssembly.instantiate(new WebAssembly.Module(bytes)).then((instance) => console.log(instance.exports.add(2, 4)));`;
assert.deepStrictEqual(lode(['-e', code]).stdout.split('\n').sort(), ['', '5', '6', 'true']);

const failing = lode(['-e', 'process.on("unhandledRejection", (e) => console.log(e instanceof WebAssembly.CompileError)); WebAssembly.compile(new Uint8Array(8))']);
assert.strictEqual(failing.stdout, 'true\n');

assert.rejects(WebAssembly.compileStreaming({}), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
assert.rejects(WebAssembly.instantiateStreaming(Promise.reject(new RangeError('x'))), RangeError);
