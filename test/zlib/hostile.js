// SPDX-License-Identifier: MIT
//
// Bad input to decoders: coded errors, no crash, and a small input that unpacks to a large output stays bounded.
'use strict';

const assert = require('assert');
const zlib = require('zlib');

for (const [name, code] of [['gunzip', 'Z_DATA_ERROR'], ['inflate', 'Z_DATA_ERROR'], ['inflateRaw', 'Z_DATA_ERROR'],
  ['brotliDecompress', /^ERR_/], ['zstdDecompress', 'ZSTD_error_prefix_unknown']]) {
  const check = (error) => {
    if (typeof code === 'string') assert.strictEqual(error.code, code);
    else assert.match(error.code, code);
    return true;
  };
  const garbage = Buffer.alloc(1000, 0xff);
  assert.throws(() => zlib[`${name}Sync`](garbage), check);
  zlib[name](garbage, (error) => check(error));
}

const bomb = zlib.gzipSync(Buffer.alloc(5e7));
assert.throws(() => zlib.gunzipSync(bomb, { maxOutputLength: 1e6 }), { code: 'ERR_BUFFER_TOO_LARGE' });
zlib.gunzip(bomb, { maxOutputLength: 1e6 }, (error) => assert.strictEqual(error.code, 'ERR_BUFFER_TOO_LARGE'));

// A reader that does not read: the stream stops at its high-water mark.
const stream = zlib.createGunzip();
stream.end(bomb);
stream.once('readable', () => setImmediate(() => {
  assert.ok(stream.readableLength <= stream.readableHighWaterMark);
  stream.destroy(); // with work in flight
}));
stream.on('close', () => assert.ok(stream.destroyed));

// Cut short at every byte.
const whole = zlib.deflateSync('hello hello hello');
for (let length = 0; length < whole.length; length++) {
  assert.throws(() => zlib.inflateSync(whole.subarray(0, length)), { code: 'Z_BUF_ERROR', errno: -5 });
}
