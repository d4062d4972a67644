// SPDX-License-Identifier: MIT
//
// Domains entered inside each other: a stack, which a callback starts anew; an error goes to the innermost that listens.
'use strict';

const assert = require('assert');
const domain = require('domain');

const outer = domain.create();
const inner = domain.create();
const seen = [];
outer.on('error', (error) => seen.push(error.message));

outer.run(() => {
  inner.run(() => {
    assert.deepStrictEqual(domain._stack, [outer, inner]);
    process.nextTick(() => {
      assert.deepStrictEqual(domain._stack, [inner]);
      assert.strictEqual(domain.active, inner);
    });
  });
  assert.strictEqual(process.domain, outer);
});
assert.deepStrictEqual(domain._stack, []);

inner.enter();
outer.enter();
inner.exit();
assert.deepStrictEqual(domain._stack, []);

process.once('uncaughtException', (error) => {
  assert.strictEqual(process.domain, null);
  seen.push(`uncaught ${error.message}`);
});
// Its own domain has no listener, and a callback has no other.
outer.run(() => inner.run(() => setTimeout(() => { throw new Error('of the inner'); }, 1)));
setTimeout(() => outer.run(() => inner.run(() => { throw new Error('thrown through both'); })), 2);

assert.throws(() => process.setUncaughtExceptionCaptureCallback(() => {}),
              { code: 'ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE' });
process.on('exit', () => assert.deepStrictEqual(seen, ['uncaught of the inner', 'thrown through both']));
