// SPDX-License-Identifier: MIT
//
// assert.ok without a message shows the source of the call.
'use strict';

const assert = require('assert');

function messageOf(fn) {
  try {
    fn();
  } catch (error) {
    return error.message.replace('The expression evaluated to a falsy value:\n\n  ', '');
  }
  throw new Error('did not fail');
}

const o = { in: { check: assert } };
assert.strictEqual(messageOf(() => assert.ok(1 === 2)), 'assert.ok(1 === 2)\n');
assert.strictEqual(messageOf(() => { assert(true); assert(null, undefined); }), 'assert(null, undefined)\n');
assert.strictEqual(messageOf(() => o['in'].check(/[)]/.test(`${'('}`))), "o['in'].check(/[)]/.test(`${'('}`))\n");
assert.strictEqual(messageOf(() => assert?.ok.call(null, 0)), 'assert?.ok.call(null, 0)\n');
assert.strictEqual(messageOf(() => assert.ok(
  false)), 'assert.ok(\n');
