// SPDX-License-Identifier: MIT
//
// `this`, globalThis and the global of sloppy functions are one object, which is not the contextified object and behaves
// like it.
'use strict';

const assert = require('assert');
const vm = require('vm');

const object = { x: 1 };
object.self = object;
const context = vm.createContext(object);
const run = (code) => vm.runInContext(code, context);

const global = run('this');
assert.notStrictEqual(global, object);
for (const code of ['globalThis', '(function () { return this })()', '(() => this)()', 'eval("this")', '(0, eval)("this")',
  'new Function("return this")()', '[0].map(function () { return this })[0]', 'self']) {
  assert.strictEqual(run(code), global, code);
}
assert.strictEqual(run('(function () { "use strict"; return this })()'), undefined);

assert.strictEqual(global.x, 1);
global.y = 2;
assert.strictEqual(object.y, 2);
assert.strictEqual(run('y'), 2);
assert.deepStrictEqual(Object.keys(global), ['x', 'self', 'y']);
assert.ok(Object.getOwnPropertyNames(global).includes('Array'));
assert.ok(!Object.getOwnPropertyNames(global).some((name) => name.startsWith('$')));
assert.ok('Array' in global && !('nothing' in global));

// Descriptors.
Object.defineProperty(global, 'z', { value: 3 });
assert.deepStrictEqual(Object.getOwnPropertyDescriptor(object, 'z'), { value: 3, writable: false, enumerable: false, configurable: false });
assert.deepStrictEqual(run('Object.getOwnPropertyDescriptor(globalThis, "z").writable'), false);
assert.throws(() => run('"use strict"; z = 4'), { name: 'TypeError', message: /Cannot assign to read only property 'z'/ });
assert.strictEqual(run('z = 4; z'), 3);
assert.throws(() => run('Object.defineProperty(this, "z", { value: 5 })'), { message: 'Cannot redefine property: z' });
run('Object.defineProperty(this, "accessor", { get() { return x }, set(value) { x = value }, configurable: true })');
assert.strictEqual(run('accessor = 10; x'), 10);
assert.strictEqual(object.accessor, 10);
assert.strictEqual(run('delete this.accessor'), true);
assert.ok(!('accessor' in object));

// Symbols and indices.
const symbol = Symbol('s');
object[symbol] = 'symbol';
assert.strictEqual(global[symbol], 'symbol');
run('this[3] = "three"');
assert.strictEqual(object[3], 'three');

// Inherited properties are seen; those of the prototype chain of the context's own global are, too.
const child = vm.createContext(Object.create({ inherited: 'i' }));
assert.strictEqual(vm.runInContext('inherited', child), 'i');
assert.strictEqual(vm.runInContext('Object.hasOwn(this, "inherited")', child), false);
assert.strictEqual(vm.runInContext('Object.prototype.extra = 1; extra', child), 1);
