// SPDX-License-Identifier: MIT
// TextDecoder streams characters cut in the middle, knows legacy encodings, and refuses bad input when fatal.
'use strict';

const assert = require('assert');

const bytes = new TextEncoder().encode('a\u20ac\u{1f600}');
for (let cut = 0; cut <= bytes.length; cut++) {
  const decoder = new TextDecoder();
  const text = decoder.decode(bytes.subarray(0, cut), { stream: true }) + decoder.decode(bytes.subarray(cut));
  assert.strictEqual(text, 'a\u20ac\u{1f600}');
}
assert.strictEqual(new TextDecoder().decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)), 'A');
assert.strictEqual(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.of(0xef, 0xbb, 0xbf)), '\ufeff');
assert.strictEqual(new TextDecoder().decode(Uint8Array.of(0xf0, 0x9f, 0x41)), '\ufffdA');
assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.of(0xff)),
              { code: 'ERR_ENCODING_INVALID_ENCODED_DATA', name: 'TypeError' });
assert.strictEqual(new TextDecoder('windows-1252').decode(Uint8Array.of(0x80)), '\u20ac');
assert.strictEqual(new TextDecoder('shift_jis').decode(Uint8Array.of(0x82, 0xa0)), '\u3042');
assert.strictEqual(new TextDecoder('utf-16le').decode(Uint8Array.of(0x3d, 0xd8, 0x00, 0xde)), '\u{1f600}');
assert.throws(() => new TextDecoder('nope'), { code: 'ERR_ENCODING_NOT_SUPPORTED' });

const target = new Uint8Array(4);
assert.deepStrictEqual(new TextEncoder().encodeInto('a\u20acb', target), { read: 2, written: 4 });
