// SPDX-License-Identifier: MIT
//
// A module's namespace has the shape that the language prescribes.
import assert from 'node:assert';
import util from 'node:util';
import * as ns from '../fixtures/esm/counter.mjs';

assert.strictEqual(Object.getPrototypeOf(ns), null);
assert.deepStrictEqual(Reflect.ownKeys(ns), ['count', 'default', 'increment', 'the count', Symbol.toStringTag]);
assert.deepStrictEqual(Object.getOwnPropertyDescriptor(ns, 'count'), { value: 0, writable: true, enumerable: true, configurable: false });
assert.strictEqual(Object.prototype.toString.call(ns), '[object Module]');
assert.ok(Object.isSealed(ns) && !Object.isFrozen({ ...ns }));
assert.strictEqual(Reflect.set(ns, 'count', 1), false);
assert.strictEqual(Reflect.defineProperty(ns, 'count', { value: 0 }), true);
assert.strictEqual(Reflect.defineProperty(ns, 'count', { value: 1 }), false);
assert.strictEqual(Reflect.deleteProperty(ns, 'count'), false);
assert.strictEqual(Reflect.deleteProperty(ns, 'nothing'), true);
assert.strictEqual(Reflect.setPrototypeOf(ns, null), true);
assert.throws(() => { ns.count = 1; }, TypeError);
assert.ok(util.types.isModuleNamespaceObject(ns));
assert.ok(!util.types.isProxy(ns));
assert.match(util.inspect(ns), /^\[Module: null prototype\] \{\n {2}count: 0,\n {2}default: \[class Counter\],/);
assert.strictEqual(ns, await import('../fixtures/esm/counter.mjs'));
