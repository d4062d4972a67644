// SPDX-License-Identifier: MIT
//
// CPU time of single Buffer, URL and path operations, in nanoseconds. Run it under any runtime:
//   lode bench/micro/buffer.js
// The sizes stand on both sides of the thresholds in modules/buffer/encodings.js, which come from here.
'use strict';

const path = require('path');

let sink; // keeps results alive, so that nothing is optimised away

exports.sink = () => sink;

function measure(name, operation, times = 200000) {
  for (let i = 0; i < times / 10; i++) sink = operation(i);
  const start = process.cpuUsage();
  for (let i = 0; i < times; i++) sink = operation(i);
  const { user, system } = process.cpuUsage(start);
  console.log(`${name.padEnd(32)} ${Math.round((user + system) * 1000 / times)}`);
}

for (const size of [8, 24, 64, 128, 256, 512, 1024, 65536]) {
  const text = 'abcdefgh'.repeat(size / 8);
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const base64 = bytes.toString('base64');
  const target = Buffer.alloc(size + 8);
  const times = size > 4096 ? 2000 : 100000;
  measure(`Buffer.from, utf8 ${size}`, () => Buffer.from(text), times);
  measure(`write, utf8 ${size}`, () => target.write(text, 3), times);
  measure(`toString, utf8 ${size}`, () => bytes.toString(), times);
  measure(`toString, latin1 ${size}`, () => bytes.toString('latin1'), times);
  measure(`toString, hex ${size}`, () => bytes.toString('hex'), times);
  measure(`toString, base64 ${size}`, () => bytes.toString('base64'), times);
  measure(`Buffer.from, hex ${size}`, () => Buffer.from(hex, 'hex'), times);
  measure(`Buffer.from, base64 ${size}`, () => Buffer.from(base64, 'base64'), times);
  measure(`equals ${size}`, () => bytes.equals(target.subarray(0, size)), times);
  measure(`copy ${size}`, () => bytes.copy(target, 3), times);
  measure(`byteLength ${size}`, () => Buffer.byteLength(text), times);
}

const numbers = Buffer.alloc(64);
measure('writeUInt32LE', (i) => numbers.writeUInt32LE(i, 8));
measure('readUInt32BE', () => numbers.readUInt32BE(8));
measure('readDoubleLE', () => numbers.readDoubleLE(8));
measure('Buffer.alloc(16)', () => Buffer.alloc(16));
measure('Buffer.allocUnsafe(64)', () => Buffer.allocUnsafe(64));
measure('subarray', () => numbers.subarray(8, 24));

const url = new URL('https://example.org/a/b?c=d#e');
measure('new URL', (i) => new URL(`https://example.org/a/b?c=d#${i & 7}`), 100000);
measure('url.pathname', () => url.pathname);
measure('new URLSearchParams', () => new URLSearchParams('a=1&b=2&c=d%20e'), 100000);
measure('path.join', () => path.join('/a/b', '../c', 'd.js'));
measure('path.resolve', () => path.resolve('/a/b', '../c', 'd.js'));
measure('path.basename', () => path.basename('/a/b/c.js', '.js'));
