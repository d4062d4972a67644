// SPDX-License-Identifier: MIT
//
// v8.deserialize throws for bytes that nobody wrote, and never crashes or takes much memory.
'use strict';

const assert = require('assert');
const v8 = require('v8');

const good = v8.serialize({ a: [1, 'two', { c: new Map([[1, new Set([2n])]]) }], d: new Date(0), b: Buffer.from('xyz'), e: new Error('m'), r: /x/g,
                            f: new Float64Array([1.5]), w: '\u4e00', big: -(2n ** 70n) });
let seed = 12345;
const random = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed % n;
};
function attempt(bytes) {
  try {
    v8.deserialize(bytes);
    return true;
  } catch (error) {
    assert.ok(error instanceof Error);
    return false;
  }
}
for (let i = 0; i < good.length; i++) assert.ok(!attempt(good.subarray(0, i)) || i > 2);
for (let round = 0; round < 4000; round++) {
  const bytes = Buffer.from(good);
  for (let n = 1 + random(4); n > 0; n--) bytes[random(bytes.length)] = random(256);
  attempt(bytes);
}
for (let round = 0; round < 4000; round++) {
  const bytes = Buffer.alloc(2 + random(40));
  for (let i = 0; i < bytes.length; i++) bytes[i] = random(256);
  bytes[0] = 0xff;
  bytes[1] = 15;
  attempt(bytes);
}
