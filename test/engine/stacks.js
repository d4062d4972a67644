// SPDX-License-Identifier: MIT
//
// Stacks in V8's form: captureStackTrace, prepareStackTrace with call sites, stackTraceLimit, subclasses, engine errors.
'use strict';

const assert = require('assert');
const path = require('path');

const here = path.basename(__filename);
const error = new TypeError('wrong');
assert.match(error.stack, new RegExp(`^TypeError: wrong\\n {4}at Object\\.<anonymous> \\(.*${here}:\\d+:\\d+\\)`));
class Special extends Error {}
assert.ok(new Special('s') instanceof Special);
assert.match(new Special('s').stack, /^Error: s\n {4}at /);
assert.deepStrictEqual(Object.keys(error), []);

function outer() { return inner(); }
function inner() {
  const holder = {};
  Error.captureStackTrace(holder, inner);
  return holder.stack;
}
assert.match(outer(), /^Error\n {4}at outer \(/);

Error.stackTraceLimit = 1;
assert.strictEqual(new Error('one').stack.split('\n').length, 2);
Error.stackTraceLimit = 10;

Error.prepareStackTrace = (e, sites) => sites;
const sites = new Error('sites').stack;
Error.prepareStackTrace = undefined;
assert.strictEqual(sites[0].getFileName(), __filename);
assert.strictEqual(typeof sites[0].getLineNumber(), 'number');

try {
  null.property;
} catch (thrown) {
  assert.ok(thrown instanceof TypeError);
  assert.match(require('util').inspect(thrown), new RegExp(`\\n {4}at Object\\.<anonymous> \\(.*${here}`));
}
