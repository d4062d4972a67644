// SPDX-License-Identifier: MIT
//
// 'end' or 'finish' comes before 'close', 'error' before 'close', each once.
'use strict';

const assert = require('assert');
const { Readable, Writable, PassThrough } = require('stream');

function record(stream) {
  const events = [];
  for (const name of ['end', 'prefinish', 'finish', 'error', 'close']) stream.on(name, () => events.push(name));
  return events;
}

const readable = new Readable({ read() { this.push(null); } });
const ofReadable = record(readable);
readable.resume();

const writable = new Writable({ write(chunk, encoding, callback) { callback(); } });
const ofWritable = record(writable);
writable.end('x');

const failing = new Writable({ write(chunk, encoding, callback) { callback(new Error('no')); } });
const ofFailing = record(failing);
failing.write('x');
failing.end();

const through = new PassThrough();
const ofThrough = record(through);
through.end('x');
through.resume();

process.on('exit', () => {
  assert.deepStrictEqual(ofReadable, ['end', 'close']);
  assert.deepStrictEqual(ofWritable, ['prefinish', 'finish', 'close']);
  assert.deepStrictEqual(ofFailing, ['error', 'close']);
  assert.deepStrictEqual(ofThrough.toSorted(), ['close', 'end', 'finish', 'prefinish']);
  assert.strictEqual(ofThrough.at(-1), 'close');
});
