// SPDX-License-Identifier: MIT
//
// Every pair of functions on whole buffers gives back what went in: synchronously, with a callback, as streams.
'use strict';

const assert = require('assert');
const zlib = require('zlib');
const { pipeline, Readable, Writable } = require('stream');

const pairs = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'],
  ['deflate', 'unzip'], ['brotliCompress', 'brotliDecompress'], ['zstdCompress', 'zstdDecompress']];
const inputs = [Buffer.alloc(0), Buffer.from('x'), Buffer.alloc(200000, 'abc'), require('crypto').randomBytes(70000)];
const capital = (name) => name[0].toUpperCase() + name.slice(1);
let pending = 0;

function expectEqual(input) {
  pending++;
  return (error, output) => {
    assert.ifError(error);
    assert.ok(input.equals(output));
    pending--;
  };
}

for (const [pack, unpack] of pairs) {
  for (const input of inputs) {
    assert.ok(zlib[`${unpack}Sync`](zlib[`${pack}Sync`](input)).equals(input), pack);

    const done = expectEqual(input);
    zlib[pack](input, (error, packed) => (error ? done(error) : zlib[unpack](packed, done)));

    const parts = [];
    const streamed = expectEqual(input);
    pipeline(
      Readable.from(input.length ? [input.subarray(0, 1000), input.subarray(1000)].filter((b) => b.length) : [input]),
      zlib[`create${capital(pack)}`](), zlib[`create${capital(unpack)}`]({ chunkSize: 100 }),
      new Writable({ write(chunk, encoding, next) { parts.push(chunk); next(); } }),
      (error) => streamed(error, Buffer.concat(parts)));
  }
}

process.on('exit', () => assert.strictEqual(pending, 0));
