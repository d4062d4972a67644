// SPDX-License-Identifier: MIT
// Errors show their class, their stack, what else they carry, and what caused them.
'use strict';

const assert = require('assert');
const { inspect } = require('util');

class MyTypeError extends TypeError {}
assert.match(inspect(new MyTypeError('m')), /^MyTypeError: m\n {4}at /);
class Odd extends TypeError {}
assert.match(inspect(new Odd('m')), /^Odd \[TypeError\]: m\n/);

const named = new Error('x');
named.name = 'Named';
named.code = 'E_X';
assert.match(inspect(named), /^Named: x\n[^]*\{\n {2}code: 'E_X'\n\}$/);

const caused = new Error('outer', { cause: new Error('inner') });
assert.match(inspect(caused), /\[cause\]: Error: inner\n/);

const bare = new Error('no stack');
bare.stack = undefined;
assert.strictEqual(inspect(bare), '[Error: no stack]');
