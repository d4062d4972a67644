// SPDX-License-Identifier: MIT
//
// run() takes back only its own store: enterWith() of another storage inside it stays; disable, exit, withScope, names and
// default values.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');

const one = new AsyncLocalStorage({ name: 'one', defaultValue: 'nothing' });
const two = new AsyncLocalStorage();
assert.strictEqual(one.name, 'one');
assert.strictEqual(two.name, '');
assert.strictEqual(one.getStore(), 'nothing');

assert.strictEqual(one.run(1, (a, b) => a + b + one.getStore(), 2, 3), 6);
one.run(1, () => {
  two.enterWith('kept');
  one.enterWith('taken back');
  one.exit(() => assert.strictEqual(one.getStore(), undefined));
  assert.strictEqual(one.getStore(), 'taken back');
});
assert.strictEqual(one.getStore(), 'nothing');
assert.strictEqual(two.getStore(), 'kept');

assert.throws(() => one.run(2, () => { throw new Error('no'); }), /no/);
assert.strictEqual(one.getStore(), 'nothing');

const scope = one.withScope('in scope');
assert.strictEqual(one.getStore(), 'in scope');
scope.dispose();
scope.dispose();
assert.strictEqual(one.getStore(), 'nothing');

two.run('inner', () => {
  two.disable();
  assert.strictEqual(two.getStore(), undefined);
});
assert.strictEqual(two.getStore(), 'kept');
two.disable();
assert.strictEqual(two.getStore(), undefined);
assert.throws(() => new AsyncLocalStorage(null), { code: 'ERR_INVALID_ARG_TYPE' });
