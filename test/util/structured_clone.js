// SPDX-License-Identifier: MIT
// structuredClone copies graphs with their cycles, moves buffers, and takes nothing when it fails.
'use strict';

const assert = require('assert');

const source = { date: new Date(1), map: new Map([[{ k: 1 }, new Set([1n])]]), list: [1, , 3], re: /a/gi };
source.self = source;
const copy = structuredClone(source);
assert.notStrictEqual(copy, source);
assert.strictEqual(copy.self, copy);
assert.strictEqual(copy.date.getTime(), 1);
assert.deepStrictEqual([...copy.map.keys()], [{ k: 1 }]);
assert.strictEqual(1 in copy.list, false);
assert.strictEqual(String(copy.re), '/a/gi');

const error = structuredClone(new RangeError('r', { cause: { why: 1 } }));
assert(error instanceof RangeError);
assert.deepStrictEqual(error.cause, { why: 1 });

const buffer = new ArrayBuffer(8);
assert.throws(() => structuredClone({ view: new Uint8Array(buffer), f() {} }, { transfer: [buffer] }),
              { name: 'DataCloneError' });
assert.strictEqual(buffer.byteLength, 8);
const moved = structuredClone({ view: new Uint8Array(buffer, 2) }, { transfer: [buffer] });
assert.strictEqual(buffer.byteLength, 0);
assert.strictEqual(moved.view.length, 6);
assert.strictEqual(moved.view.buffer.byteLength, 8);
