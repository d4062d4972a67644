// SPDX-License-Identifier: MIT
//
// --disallow-code-generation-from-strings: eval and the Function constructors throw, vm still runs texts.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const attempts = ['eval("1")', '(0, eval)("1")', 'new Function("1")', 'Function("return import(1)")', 'new (async function() {}).constructor("1")'];
const code = `for (const text of ${JSON.stringify(attempts)}) {
  try {
    require('vm').runInThisContext(text);
    console.log('ran', text);
  } catch (error) {
    console.log(error instanceof EvalError, error.message);
  }
}
console.log(eval(2), require('util').inspect({ a: [1] }));`;
const { stdout, stderr } = lode(['--disallow-code-generation-from-strings', '-e', code]);
assert.strictEqual(stderr, '');
assert.strictEqual(stdout, 'true Code generation from strings disallowed for this context\n'.repeat(attempts.length) + '2 { a: [ 1 ] }\n');

assert.strictEqual(lode(['--use-largepages=on', '-p', '42']).stdout, '42\n');
const wrong = lode(['--use-largepages=other', '-p', '42']);
assert.strictEqual(wrong.status, 9);
assert.match(wrong.stderr, /invalid value for --use-largepages$/m);
