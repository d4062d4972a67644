// SPDX-License-Identifier: MIT
// util.inspect shows every kind of object with its name, its contents and its own properties.
'use strict';

const assert = require('assert');
const { inspect } = require('util');

const rows = [
  [[1, , 'x'], "[ 1, <1 empty item>, 'x' ]"],
  [{ a: { b: { c: {} } } }, '{ a: { b: { c: {} } } }'],
  [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: [Object] } } }'],
  [new Map([['k', new Set([1])]]), "Map(1) { 'k' => Set(1) { 1 } }"],
  [new (class Foo extends Map {})(), 'Foo(0) [Map] {}'],
  [Object.create(null), '[Object: null prototype] {}'],
  [new Map([[1, 2]]).entries(), '[Map Entries] { [ 1, 2 ] }'],
  [Promise.resolve(1), 'Promise { 1 }'],
  [new Promise(() => {}), 'Promise { <pending> }'],
  [new Proxy({ a: 1 }, { get() { throw new Error('trap'); } }), '{ a: 1 }'],
  [Object(1n), '[BigInt: 1n]'],
  [Object(Symbol('s')), '[Symbol: Symbol(s)]'],
  [class A extends Map {}, '[class A extends Map]'],
  [async () => {}, '[AsyncFunction (anonymous)]'],
  [function* g() {}, '[GeneratorFunction: g]'],
  [new Uint8Array(2), 'Uint8Array(2) [ 0, 0 ]'],
  [new ArrayBuffer(1), 'ArrayBuffer { [Uint8Contents]: <00>, [byteLength]: 1 }'],
  [new WeakSet(), 'WeakSet { <items unknown> }'],
  [{ get a() { return 1; } }, '{ a: [Getter] }'],
  ["it's", '"it\'s"'],
  [-0, '-0'],
];
for (const [value, expected] of rows) assert.strictEqual(inspect(value), expected);

const cycle = { name: 'c' };
cycle.self = cycle;
assert.strictEqual(inspect(cycle), "<ref *1> { name: 'c', self: [Circular *1] }");
