// SPDX-License-Identifier: MIT
// util.format fills placeholders and appends what is left.
'use strict';

const assert = require('assert');
const { format, formatWithOptions } = require('util');

assert.strictEqual(format('%s %d %i %f %j %% %x', 'a', 1.5, 2.9, '3.5', { b: 1 }, 'rest'), 'a 1.5 2 3.5 {"b":1} % %x rest');
assert.strictEqual(format('%s', { toString() { return 'own'; } }), 'own');
assert.strictEqual(format('%s', { a: { b: 1 } }), '{ a: [Object] }');
assert.strictEqual(format('%O', { a: { b: { c: {} } } }), '{ a: { b: { c: {} } } }');
assert.strictEqual(format(1, 'a', { b: 2 }), '1 a { b: 2 }');
assert.strictEqual(format('%s'), '%s');
const circular = {};
circular.me = circular;
assert.strictEqual(format('%j', circular), '[Circular]');
assert.strictEqual(formatWithOptions({ colors: true }, '%d', 1), '1');
