// SPDX-License-Identifier: MIT
//
// A context has built-ins of its own, and nothing of Node's; the object's properties go before them.
'use strict';

const assert = require('assert');
const vm = require('vm');

const context = vm.createContext({});
const run = (code, where = context) => vm.runInContext(code, where);
assert.notStrictEqual(run('Array'), Array);
assert.strictEqual(run('[] instanceof Array'), true);
assert.strictEqual(run('[]') instanceof Array, false);
assert.ok(Array.isArray(run('[]')));
assert.strictEqual(run('typeof process + typeof require + typeof setTimeout + typeof Buffer'), 'undefined'.repeat(4));
assert.strictEqual(run('Symbol.for("x")'), Symbol.for('x'));
assert.strictEqual(run('Symbol.iterator'), Symbol.iterator);
assert.strictEqual(run('Symbol.dispose'), Symbol.dispose);

// The object wins, whenever it gets the property.
assert.strictEqual(run('Math.max(1, 2)'), 2);
context.Math = { max: () => 'mine' };
assert.strictEqual(run('Math.max(1, 2)'), 'mine');
delete context.Math;
assert.strictEqual(run('Math.max(1, 2)'), 2);
run('Array = 5');
assert.strictEqual(context.Array, 5);
assert.strictEqual(run('Array + globalThis.Array'), 10);
run('globalThis.parseInt = 6; var JSON = 7;');
assert.deepStrictEqual([context.parseInt, context.JSON, run('parseInt'), run('JSON')], [6, 7, 6, 7]);
assert.strictEqual(run('var Map; typeof Map'), 'function');
assert.ok(!('Map' in context));

// Built-ins taken from outside.
const given = vm.createContext({ Array });
assert.strictEqual(run('Array', given), Array);

// Of a context without an object: the global object itself.
const vanilla = vm.createContext(vm.constants.DONT_CONTEXTIFY);
assert.strictEqual(run('globalThis', vanilla), vanilla);
assert.ok(vm.isContext(vanilla));
run('var v = 1; function fn() { return this === globalThis }', vanilla);
assert.strictEqual(vanilla.v, 1);
assert.strictEqual(vanilla.fn(), true);
