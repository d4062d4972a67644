// SPDX-License-Identifier: MIT
//
// exit codes: exitCode, exit(code), exit listeners that change it, and what is refused.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

assert.strictEqual(program('process.exitCode = 3').status, 3);
assert.strictEqual(program('process.exit(4); console.log("no")').status, 4);
assert.strictEqual(program("process.on('exit', (c) => { process.exitCode = c + 1; }); process.exit(5)").status, 6);
assert.strictEqual(program("process.on('exit', () => process.exit(9))").status, 9);
assert.throws(() => { process.exitCode = 'x'; }, { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.exit(1.5), { code: 'ERR_OUT_OF_RANGE' });
