// SPDX-License-Identifier: MIT
//
// compileFunction: parameters, the context to compile in, objects around the function, its text, places in stacks.
'use strict';

const assert = require('assert');
const vm = require('vm');

assert.strictEqual(vm.compileFunction('return a + b', ['a', 'b'])(1, 2), 3);
assert.strictEqual(String(vm.compileFunction('return x', ['x'])), 'function (x) {\nreturn x\n}');

const context = vm.createContext({ y: 5 });
const inContext = vm.compileFunction('z = y + n; return [typeof process, Array]', ['n'], { parsingContext: context });
assert.deepStrictEqual([inContext(1)[0], context.z], ['undefined', 6]);
assert.strictEqual(inContext(1)[1], vm.runInContext('Array', context));

const extensions = [{ p: 1, q: 2 }, { q: 3 }];
assert.strictEqual(vm.compileFunction('return p + q', [], { contextExtensions: extensions })(), 4);
vm.compileFunction('p = 10', [], { contextExtensions: extensions })();
assert.strictEqual(extensions[0].p, 10);

for (const body of ['}); (function () {', '}]; [function () {', '} {', 'return }']) {
  assert.throws(() => vm.compileFunction(body), SyntaxError, body);
}
assert.throws(() => vm.compileFunction('\n  a b', [], { filename: 'f.js', lineOffset: 4 }), (error) => {
  assert.match(error.stack, /^f\.js:6\n {2}a b\n {4}\^\n\nSyntaxError: Unexpected identifier 'b'/);
  return true;
});

function stackOf(body, options) {
  try {
    vm.compileFunction(body, ['one', 'two'], { filename: 'g.js', ...options })();
  } catch (error) {
    return error.stack.split('\n')[1].trim();
  }
}
assert.strictEqual(stackOf('throw new Error()'), 'at g.js:1:7');
assert.strictEqual(stackOf('throw new Error()', { lineOffset: 3, columnOffset: 2 }), 'at g.js:4:9');
assert.strictEqual(stackOf('\n throw new Error()', { lineOffset: 3 }), 'at g.js:5:8');
