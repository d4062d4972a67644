// SPDX-License-Identifier: MIT
//
// throws and rejects accept classes, patterns, objects and functions, and say what came instead.
'use strict';

const assert = require('assert');

const thrower = (error) => () => { throw error; };
assert.throws(thrower(new TypeError('bad')), TypeError);
assert.throws(thrower(new TypeError('bad')), /^TypeError: bad$/);
assert.throws(thrower(new TypeError('bad')), { name: 'TypeError', message: /b.d/ });
assert.throws(thrower(7), (value) => value === 7);
assert.doesNotThrow(() => {});
assert.throws(() => assert.throws(() => {}, TypeError, 'why'),
              { message: 'Missing expected exception (TypeError): why' });
assert.throws(() => assert.throws(thrower(new Error('x')), TypeError), {
  message: 'The error is expected to be an instance of "TypeError". Received "Error"\n\nError message:\n\nx',
});
assert.throws(() => assert.throws(thrower(new Error('x')), { message: 'y' }), {
  operator: 'throws',
  message: 'Expected values to be strictly deep-equal:\n+ actual - expected\n\n' +
    "  Comparison {\n+   message: 'x'\n-   message: 'y'\n  }\n",
});
assert.throws(() => assert.throws(thrower(new Error('x')), 'x'), { code: 'ERR_AMBIGUOUS_ARGUMENT' });

(async () => {
  await assert.rejects(Promise.reject(new Error('no')), /no/);
  await assert.rejects(assert.rejects(async () => {}), { message: 'Missing expected rejection.' });
  await assert.rejects(assert.rejects(5), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.doesNotReject(async () => {});
})();
