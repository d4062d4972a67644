// SPDX-License-Identifier: MIT
//
// Numbers of every width read back as written, and offsets and values out of range are refused by name.
'use strict';

const assert = require('assert');

const buffer = Buffer.alloc(16);
const cases = [
  ['UInt8', 0xfe, 1], ['Int8', -2, 1], ['UInt16LE', 0xfffe, 2], ['Int16BE', -2, 2], ['UInt32BE', 0xfffffffe, 4],
  ['Int32LE', -2, 4], ['FloatLE', 0.5, 4], ['DoubleBE', Math.PI, 8], ['BigInt64LE', -2n, 8], ['BigUInt64BE', 2n ** 64n - 1n, 8],
];
for (const [kind, value, size] of cases) {
  assert.strictEqual(buffer[`write${kind}`](value, 3), 3 + size);
  assert.strictEqual(buffer[`read${kind}`](3), value);
  assert.throws(() => buffer[`read${kind}`](17 - size), { code: 'ERR_OUT_OF_RANGE',
    message: `The value of "offset" is out of range. It must be >= 0 and <= ${16 - size}. Received ${17 - size}` });
}
for (let size = 1; size <= 6; size++) {
  buffer.writeIntBE(-3, 1, size);
  assert.strictEqual(buffer.readIntBE(1, size), -3);
  buffer.writeUIntLE(2 ** (8 * size) - 1, 1, size);
  assert.strictEqual(buffer.readUIntLE(1, size), 2 ** (8 * size) - 1);
}
assert.throws(() => buffer.writeUInt8(256), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => buffer.readUIntLE(0, 7), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => buffer.readInt8('1'), { code: 'ERR_INVALID_ARG_TYPE' });
