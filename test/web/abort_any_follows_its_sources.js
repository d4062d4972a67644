// SPDX-License-Identifier: MIT
//
// A signal made of others aborts with the first of them, after them, and before any listener of it asks.
'use strict';

const assert = require('assert');

const a = new AbortController();
const b = new AbortController();
const any = AbortSignal.any([a.signal, b.signal]);
const nested = AbortSignal.any([any, new AbortController().signal]);
const order = [];
a.signal.addEventListener('abort', () => {
  order.push('a');
  assert.strictEqual(any.aborted, true);
  assert.strictEqual(nested.aborted, true);
});
any.addEventListener('abort', () => order.push('any'));
nested.onabort = (event) => {
  order.push('nested');
  assert.strictEqual(event.isTrusted, true);
};
a.abort('why');
b.abort('too late');
assert.deepStrictEqual(order, ['a', 'any', 'nested']);
assert.strictEqual(nested.reason, 'why');
assert.strictEqual(AbortSignal.any([a.signal]).reason, 'why');
