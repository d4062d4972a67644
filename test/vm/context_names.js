// SPDX-License-Identifier: MIT
//
// The global names of a context live on its object, both ways: declarations, assignments, what the host adds later.
'use strict';

const assert = require('assert');
const vm = require('vm');

const object = { late: undefined };
const context = vm.createContext(object);
assert.strictEqual(context, object);
const run = (code) => vm.runInContext(code, context);

// What a test environment does: functions called from outside see the object as it is now.
assert.strictEqual(run('var a = 1; function f() { return a } const c = 2; let l = 3; class K {}; a'), 1);
assert.strictEqual(object.f(), 1);
object.a = 7;
assert.strictEqual(object.f(), 7);
assert.strictEqual(run('a + c + l'), 12);
assert.deepStrictEqual([object.c, object.l, object.K], [undefined, undefined, undefined]);
assert.strictEqual(run('typeof K'), 'function');
object.f = () => 'mocked';
assert.strictEqual(run('f()'), 'mocked');

// Functions keep their names, texts and order.
run('function one() { return two() } function two() { return one.name }');
assert.strictEqual(object.one(), 'one');
assert.strictEqual(run('String(two)'), 'function two() { return one.name }');
assert.deepStrictEqual(Object.keys(vm.createContext(vm.runInNewContext('var x, y = 1; function z() {} globalThis', {}))).slice(-3), ['x', 'y', 'z']);

// Declarations that stand in blocks, loops and patterns.
run('for (var i = 0; i < 3; i++) { var inner = i } var { p, q: [r] } = { p: 1, q: [2] }; for (var k in { key: 1 }); if (true) { function g() { return 4 } }');
assert.deepStrictEqual([object.i, object.inner, object.p, object.r, object.k, object.g()], [3, 2, 1, 2, 'key', 4]);
assert.strictEqual(run('5; var nothing = 6;'), 5);
run('var a; var undefinedYet;');
assert.strictEqual(object.a, 7);
assert.ok('undefinedYet' in object);

// Names that the host adds when code that uses them has been compiled already.
run('function uses() { return typeof addedLater === "undefined" ? "none" : addedLater }');
assert.strictEqual(object.uses(), 'none');
object.addedLater = 8;
assert.strictEqual(object.uses(), 8);
delete object.addedLater;
assert.strictEqual(object.uses(), 'none');

// Undeclared names.
run('made = 9');
assert.strictEqual(object.made, 9);
assert.throws(() => run('"use strict"; unmade = 1'), { name: 'ReferenceError', message: 'unmade is not defined' });
assert.throws(() => run('unmade'), { name: 'ReferenceError', message: 'unmade is not defined' });
assert.strictEqual(run('typeof unmade'), 'undefined');
assert.ok(!('unmade' in object));
assert.strictEqual(run('delete made'), true);
assert.ok(!('made' in object));
assert.strictEqual(run('delete a'), false);
