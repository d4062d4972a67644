// SPDX-License-Identifier: MIT
//
// process.env is live both ways: strings only, enumeration, deletion, TZ.
'use strict';

const assert = require('assert');
process.env.LODE_TEST = 12;
assert.strictEqual(process.env.LODE_TEST, '12');
assert.ok('LODE_TEST' in process.env);
assert.ok(Object.keys(process.env).includes('LODE_TEST'));
delete process.env.LODE_TEST;
assert.strictEqual(process.env.LODE_TEST, undefined);
assert.strictEqual(Object.hasOwn(process.env, 'LODE_TEST'), false);
assert.throws(() => { process.env.X = Symbol('x'); }, TypeError);
