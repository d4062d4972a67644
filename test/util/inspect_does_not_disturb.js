// SPDX-License-Identifier: MIT
// Looking at an iterator, a weak collection or a proxy leaves it as it was.
'use strict';

const assert = require('assert');
const { inspect } = require('util');

const iterator = new Map([[1, 'a'], [2, 'b'], [3, 'c']]).values();
iterator.next();
assert.strictEqual(inspect(iterator), "[Map Iterator] { 'b', 'c' }");
assert.deepStrictEqual([...iterator], ['b', 'c']);
assert.strictEqual(inspect(iterator), '[Map Iterator] {  }');

const key = {};
assert.strictEqual(inspect(new WeakMap([[key, 1]]), { showHidden: true }), 'WeakMap { {} => 1 }');

const calls = [];
const handler = new Proxy({}, { get(_, trap) { calls.push(trap); } });
inspect(new Proxy({ a: 1 }, handler));
assert.deepStrictEqual(calls, []);
