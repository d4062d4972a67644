// SPDX-License-Identifier: MIT
//
// However bytes are cut into chunks, a StringDecoder gives the text of the whole.
'use strict';

const assert = require('assert');
const { StringDecoder } = require('string_decoder');

const inputs = [
  Buffer.from('a\u20ac\u{1f600}z'),
  Buffer.from([0xf0, 0x9f, 0x41, 0xe2, 0x82, 0xc3, 0xff, 0xed, 0xa0, 0x80, 0xf4]),
];
for (const input of inputs) {
  for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex', 'latin1', 'ascii']) {
    const whole = input.toString(encoding);
    for (let first = 0; first <= input.length; first++) {
      for (let second = first; second <= input.length; second++) {
        const decoder = new StringDecoder(encoding);
        const text = decoder.write(input.subarray(0, first)) + decoder.write(input.subarray(first, second)) +
          decoder.end(input.subarray(second));
        assert.strictEqual(text, whole, `${encoding} at ${first}, ${second}`);
      }
    }
  }
}
