// SPDX-License-Identifier: MIT
//
// Decoders never fail: hexadecimal stops at the first bad pair, base64 skips what it does not know and ends at
// '=', UTF-8 replaces what is ill-formed, and a write never splits a character.
'use strict';

const assert = require('assert');

assert.strictEqual(Buffer.from('abxxcd', 'hex').toString('hex'), 'ab');
assert.strictEqual(Buffer.from('abc', 'hex').toString('hex'), 'ab');
assert.strictEqual(Buffer.from('aG*Vs\nbG8=ignored', 'base64').toString(), 'hello');
assert.strictEqual(Buffer.from('_-8', 'base64').toString('hex'), 'ffef');
assert.strictEqual(Buffer.from([0x61, 0xf0, 0x9f, 0x98, 0x62]).toString(), 'a\ufffdb');
assert.strictEqual(Buffer.from([0xed, 0xa0, 0x80]).toString(), '\ufffd\ufffd\ufffd');
assert.strictEqual(Buffer.from('\ud800x').toString('hex'), 'efbfbd78');

const short = Buffer.alloc(4);
assert.strictEqual(short.write('ab\u20ac'), 2);
assert.strictEqual(short.toString('hex'), '61620000');
assert.strictEqual(Buffer.alloc(3).write('abcd', 'utf16le'), 2);
