// SPDX-License-Identifier: MIT
//
// Lines end at every kind of line end, also when one is split between chunks, and the last one at the end of the stream.
'use strict';

const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

const input = new PassThrough();
const rl = readline.createInterface({ input });
const lines = [];
rl.on('line', (line) => lines.push(line));
rl.on('close', () => {
  assert.deepStrictEqual(lines, ['one', 'two', '', 'three', 'f\u00fcr', 'five', 'six', 'rest']);
  assert.ok(rl.closed);
  assert.throws(() => rl.write('x'), { code: 'ERR_USE_AFTER_CLOSE' });
});
input.write('one\ntwo\r\n\r');
input.write('\nthree\rf');
input.write(Buffer.from([0xc3]));
input.write(Buffer.from([0xbc, 0x72, 0x0a]));
input.write('five\u2028six\u2029re');
input.end('st');
