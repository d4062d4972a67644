// SPDX-License-Identifier: MIT
//
// A pipe never lets a slow destination hold more than its mark and one chunk.
'use strict';

const assert = require('assert');
const { Readable, Writable } = require('stream');

let left = 100;
let most = 0;
const source = new Readable({
  highWaterMark: 10,
  read() { this.push(left-- > 0 ? Buffer.alloc(10, left) : null); },
});
const dest = new Writable({
  highWaterMark: 30,
  write(chunk, encoding, callback) {
    most = Math.max(most, this.writableLength);
    setImmediate(callback);
  },
});
source.pipe(dest);
dest.on('finish', () => {
  assert(most <= 40, `held ${most} bytes`);
  assert.strictEqual(source.destroyed, true);
});
process.on('exit', () => assert.strictEqual(dest.writableFinished, true));
