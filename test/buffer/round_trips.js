// SPDX-License-Identifier: MIT
//
// Text survives the way into bytes and back in every encoding, at sizes on both sides of each fast path.
'use strict';

const assert = require('assert');

const lossless = { utf8: 'h\u00e9llo \u20ac \u{1f600}', utf16le: 'h\u00e9llo \u20ac \u{1f600}', latin1: 'h\u00e9\u00ff\0' };
for (const [encoding, sample] of Object.entries(lossless)) {
  for (const times of [0, 1, 3, 10, 20, 60, 500]) {
    const text = sample.repeat(times);
    assert.strictEqual(Buffer.from(text, encoding).toString(encoding), text, `${encoding} x${times}`);
    assert.strictEqual(Buffer.byteLength(text, encoding), Buffer.from(text, encoding).length);
  }
}

for (const encoding of ['hex', 'base64', 'base64url']) {
  for (const size of [0, 1, 2, 3, 23, 48, 49, 95, 96, 97, 127, 128, 129, 1000, 5000]) {
    const bytes = Buffer.from(Array.from({ length: size }, (_, i) => i * 7 & 255));
    assert.deepStrictEqual(Buffer.from(bytes.toString(encoding), encoding), bytes, `${encoding} of ${size}`);
  }
}
