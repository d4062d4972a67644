// SPDX-License-Identifier: MIT
//
// A failed assertion says what differs, in the words that programs and people know from Node.
'use strict';

const assert = require('assert');

function messageOf(fn) {
  try {
    fn();
  } catch (error) {
    assert.strictEqual(error.code, 'ERR_ASSERTION');
    return error.message;
  }
  throw new Error('did not fail');
}

assert.strictEqual(messageOf(() => assert.strictEqual(1, 2)), 'Expected values to be strictly equal:\n\n1 !== 2\n');
assert.strictEqual(messageOf(() => assert.equal(1, 2)), '1 == 2');
assert.strictEqual(messageOf(() => assert.strictEqual('some long text', 'some long test')),
                   'Expected values to be strictly equal:\n+ actual - expected\n\n' +
                   "+ 'some long text'\n- 'some long test'\n" + ' '.repeat(15) + '^\n');
assert.strictEqual(messageOf(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] })),
                   'Expected values to be strictly deep-equal:\n+ actual - expected\n\n' +
                   '  {\n    a: 1,\n    b: [\n      1,\n+     2\n-     3\n    ]\n  }\n');
assert.strictEqual(messageOf(() => assert.deepStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 0])),
                   'Expected values to be strictly deep-equal:\n+ actual - expected\n... Skipped lines\n\n' +
                   '  [\n    1,\n    2,\n    3,\n    4,\n...\n    8,\n+   9\n-   0\n  ]\n');
assert.strictEqual(messageOf(() => assert.strictEqual([], [])),
                   'Values have same structure but are not reference-equal:\n\n[]\n');
assert.strictEqual(messageOf(() => assert.match('abc', /x/)),
                   "The input did not match the regular expression /x/. Input:\n\n'abc'\n");
assert.strictEqual(messageOf(() => assert.strictEqual(1, 2, 'mine')), 'mine\n\n1 !== 2\n');
assert.strictEqual(messageOf(() => assert.fail()), 'Failed');
