// SPDX-License-Identifier: MIT
//
// Errors of scripts have V8's stacks, with an excerpt of the source in front; they are of the context they arose in, and
// thrown values come out as they are.
'use strict';

const assert = require('assert');
const vm = require('vm');

const context = vm.createContext({});
function thrown(code, options, where = context) {
  try {
    vm.runInContext(code, where, options);
  } catch (error) {
    return error;
  }
  assert.fail(`nothing thrown by ${code}`);
}

const made = thrown('\nfunction g() { throw new TypeError("wrong") }\n  g()', 'made.js');
assert.match(made.stack, /^made\.js:2\nfunction g\(\) \{ throw new TypeError\("wrong"\) \}\n {15}\^\n\nTypeError: wrong\n {4}at g \(made\.js:2:22\)\n {4}at made\.js:3:3\n/);
assert.ok(!(made instanceof TypeError));
assert.ok(made instanceof vm.runInContext('TypeError', context));
assert.ok(require('util').types.isNativeError(made));

assert.match(thrown('null.x', 'engine.js').stack, /^engine\.js:1\nnull\.x\n[^\n]*\^\n\nTypeError: /);
assert.match(thrown('missing', { filename: 'at.js', lineOffset: 9, columnOffset: 4 }).stack, /^at\.js:10\nmissing\n\^\n\nReferenceError: missing is not defined\n {4}at at\.js:10:5\n/);
assert.match(thrown('throw new Error("plain")', { displayErrors: false }).stack, /^Error: plain\n {4}at evalmachine\.<anonymous>:1:7\n/);

const syntax = thrown('var x = 1;\n  x x', 'syntax.js');
assert.ok(syntax instanceof SyntaxError);
assert.match(syntax.stack, /^syntax\.js:2\n {2}x x\n {4}\^\n\nSyntaxError: Unexpected identifier 'x'\n/);
assert.throws(() => new vm.Script('a b'), { name: 'SyntaxError', message: 'Unexpected identifier \'b\'' });

// Identity.
const value = {};
assert.strictEqual(thrown('throw value', undefined, vm.createContext({ value })), value);
const frozen = Object.freeze(new Error('frozen'));
assert.strictEqual(thrown('throw frozen', undefined, vm.createContext({ frozen })), frozen);

// The Error of a context has settings of its own.
assert.strictEqual(vm.runInContext('Error.prepareStackTrace = (error, sites) => sites[0].getFileName(); new Error().stack', context, 'own.js'), 'own.js');
assert.ok(new Error().stack.startsWith('Error\n    at '));
assert.strictEqual(vm.runInNewContext('Error.stackTraceLimit = 0; new Error("short").stack'), 'Error: short');
assert.ok(vm.runInNewContext('const o = {}; Error.captureStackTrace(o); o.stack', {}, 'captured.js').includes('captured.js:1'));
