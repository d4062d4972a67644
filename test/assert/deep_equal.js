// SPDX-License-Identifier: MIT
//
// Deep comparison: what is equal loosely, strictly, partially, and what closes cycles.
'use strict';

const assert = require('assert');
const { isDeepStrictEqual } = require('util');

function verdicts(a, b) {
  return ['deepEqual', 'deepStrictEqual', 'partialDeepStrictEqual'].map((name) => {
    try {
      assert[name](a, b);
      return true;
    } catch {
      return false;
    }
  }).join();
}

class A { constructor() { this.x = 1; } }
const yes = 'true,true,true';
const no = 'false,false,false';
assert.strictEqual(verdicts({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), yes);
assert.strictEqual(verdicts(new A(), { x: 1 }), 'true,false,true');
assert.strictEqual(verdicts([1, 2, 3], [1, 3]), 'false,false,true');
assert.strictEqual(verdicts({ a: 1, b: 2 }, { a: 1 }), 'false,false,true');
assert.strictEqual(verdicts(new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }])), yes);
assert.strictEqual(verdicts(new Set([1]), new Set(['1'])), 'true,false,false');
assert.strictEqual(verdicts(new Map([[{ k: 1 }, 'v']]), new Map([[{ k: 1 }, 'v']])), yes);
assert.strictEqual(verdicts(new Map([[{ k: 1 }, 'v']]), new Map([[{ k: 1 }, 'w']])), no);
assert.strictEqual(verdicts([0], [-0]), 'true,false,false');
assert.strictEqual(verdicts([NaN], [NaN]), yes);
assert.strictEqual(verdicts(new Date(1), new Date(2)), no);
assert.strictEqual(verdicts(/a/g, /a/), no);
assert.strictEqual(verdicts(new Error('a'), new Error('b')), no);
assert.strictEqual(verdicts(new Error('a', { cause: 1 }), new Error('a', { cause: 1 })), yes);
assert.strictEqual(verdicts(new Uint8Array([1, 2]), new Uint8Array([1, 2])), yes);
assert.strictEqual(verdicts(new Uint8Array([1, 2]), Buffer.from([1, 2])), 'true,false,true');
assert.strictEqual(verdicts([, 1], [undefined, 1]), no);
assert.strictEqual(verdicts(Object(1n), Object(1n)), yes);

const a = {};
a.self = a;
const b = {};
b.self = b;
const c = { self: a };
assert.strictEqual(verdicts(a, b), yes);
assert.strictEqual(verdicts(b, c), no);
assert.strictEqual(isDeepStrictEqual(new A(), { x: 1 }), false);
