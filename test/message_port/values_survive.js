// SPDX-License-Identifier: MIT
//
// Every kind of value that can be cloned arrives as structuredClone would copy it, cycles and shared parts included.
'use strict';

const assert = require('assert');
const { inspect } = require('util');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
const send = (value) => {
  port1.postMessage(value);
  return receiveMessageOnPort(port2).message;
};

const cycle = { a: 1 };
cycle.self = cycle;
cycle.list = [cycle, [cycle]];
const memory = new ArrayBuffer(16);
const part = { q: 1 };

const values = [
  1, -1, 0, -0, 2 ** 27, -(2 ** 27), 2 ** 31, 1.5, NaN, Infinity, true, false, null, undefined, 10n, -(2n ** 90n), 0n,
  'a', '', '\u4e00x', 'x'.repeat(5000), ['a'.repeat(3000), 'b'.repeat(3000), 'c', '\u4e00', 'z'.repeat(10000), 'd'],
  { a: 1, b: { c: [1, , 3], 5: 6, 'a name so long that it travels as text and not by number': 1 } },
  [, 1], Object.assign([1, 2], { x: 1 }), [1, 'two', 3.5, null, undefined], JSON.parse('{"__proto__": 5, "toString": 1}'),
  new Map([[1, { a: 1 }], ['x', new Set([1, '2'])]]), new Date(5), new Date(NaN), /ab+c/giu,
  Object(1), Object('s'), Object(true), Object(5n),
  new Uint8Array([1, 2, 3]), Buffer.from('hello'), new Float64Array([1.5, 2]), new BigInt64Array([1n]), new Uint8Array(0),
  new DataView(new ArrayBuffer(8), 2, 3), new Uint8Array(10000).fill(7), new Float32Array(5000).fill(2), new ArrayBuffer(3),
  new ArrayBuffer(4, { maxByteLength: 8 }), new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 })),
  new Error('x', { cause: { a: 1 } }), new RangeError('y'), new DOMException('m', 'AbortError'),
  Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true }, hidden: { value: 3 } }),
  cycle, [new Uint8Array(memory), new Uint16Array(memory, 4, 2), memory], Array.from({ length: 20 }, () => part),
  Array.from({ length: 100 }, (_, i) => ({ i, s: `s${i}`, o: [{}] })),
];
for (const value of values) {
  const expected = structuredClone(value);
  const got = send(value);
  assert.deepStrictEqual(got, expected);
  assert.strictEqual(inspect(got, { depth: 9 }), inspect(expected, { depth: 9 }));
}
assert.deepStrictEqual(send(values), structuredClone(values));

const [bytes, units, both] = send([new Uint8Array(memory), new Uint16Array(memory, 4, 2), memory]);
assert.ok(bytes.buffer === both && units.buffer === both);
const [x, y] = send([part, part]);
assert.strictEqual(x, y);
