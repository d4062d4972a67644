// SPDX-License-Identifier: MIT
//
// One failing stream of a pipeline takes all the others down, and its error reaches the callback.
'use strict';

const assert = require('assert');
const { pipeline, PassThrough, Readable, Transform, Writable } = require('stream');

const reason = new Error('kaput');
const streams = [
  new Readable({ read() { this.push('x'); } }),
  new PassThrough(),
  new Transform({ transform(chunk, encoding, callback) { callback(reason); } }),
  new Writable({ write(chunk, encoding, callback) { callback(); } }),
];
let called = 0;
pipeline(...streams, (error) => {
  called++;
  assert.strictEqual(error, reason);
  assert(streams.every((stream) => stream.destroyed));
});
process.on('exit', () => assert.strictEqual(called, 1));
