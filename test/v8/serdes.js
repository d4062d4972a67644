// SPDX-License-Identifier: MIT
//
// Values survive serialize and deserialize, in Node's wire format; cut or changed bytes never crash.
'use strict';
const assert = require('assert');
const v8 = require('v8');

assert.strictEqual(v8.serialize({ a: 1, b: 'x' }).toString('hex'), 'ff0f6f22016149022201622201787b02');
assert.strictEqual(v8.serialize({ k: '\u20ac' }).toString('hex'), 'ff0f6f22016b6302ac207b01');

const value = {
  list: [1, -1, 1.5, , 'x'], map: new Map([[{ x: 1 }, new Set([1])]]), date: new Date(5), expression: /x/g, bytes: Buffer.from('zz'),
  none: null, missing: undefined, big: -12345678901234567890n, text: '\u20ac\u00e9', floats: new Float64Array([0.5]), boxed: new Number(2),
};
value.self = value;
const bytes = v8.serialize(value);
assert.deepStrictEqual(v8.deserialize(bytes), value);
assert.throws(() => v8.serialize(() => 1), /\(\) => 1 could not be cloned/);

for (let i = 2; i < bytes.length; i++) {
  for (const damaged of [bytes.subarray(0, i), Buffer.concat([bytes.subarray(0, i), Buffer.from([bytes[i] ^ 0x55]), bytes.subarray(i + 1)])]) {
    try {
      v8.deserialize(damaged);
    } catch (error) {
      assert(error instanceof Error);
    }
  }
}
