// SPDX-License-Identifier: MIT
//
// Control sequences: clearLine, clearScreenDown, cursorTo, moveCursor; and Readline, which collects them.
'use strict';

const assert = require('assert');
const readline = require('readline');
const { Readline } = require('readline/promises');
const { PassThrough } = require('stream');

const stream = new PassThrough();
const written = (call) => {
  call(stream);
  return (stream.read() ?? '').toString();
};
assert.strictEqual(written((s) => readline.clearLine(s, -1)), '\x1b[1K');
assert.strictEqual(written((s) => readline.clearLine(s, 1)), '\x1b[0K');
assert.strictEqual(written((s) => readline.clearLine(s, 0)), '\x1b[2K');
assert.strictEqual(written((s) => readline.clearScreenDown(s)), '\x1b[0J');
assert.strictEqual(written((s) => readline.cursorTo(s, 3)), '\x1b[4G');
assert.strictEqual(written((s) => readline.cursorTo(s, 3, 4)), '\x1b[5;4H');
assert.strictEqual(written((s) => readline.moveCursor(s, -2, 3)), '\x1b[2D\x1b[3B');
assert.strictEqual(written((s) => readline.moveCursor(s, 0, 0)), '');
assert.throws(() => readline.cursorTo(stream, 'a', 1), { code: 'ERR_INVALID_CURSOR_POS' });
assert.throws(() => readline.cursorTo(stream, NaN), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => readline.clearLine(stream, 0, null), { code: 'ERR_INVALID_ARG_TYPE' });
let called = 0;
readline.clearScreenDown(null, () => called++);
process.on('exit', () => assert.strictEqual(called, 1));

async function main() {
  const collected = new Readline(stream);
  collected.cursorTo(1, 2).clearLine(0).moveCursor(1, 0);
  assert.strictEqual(stream.read(), null);
  await collected.commit();
  assert.strictEqual(stream.read().toString(), '\x1b[3;2H\x1b[2K\x1b[1C');
  await collected.clearScreenDown().rollback().commit();
  assert.ok(!stream.read()?.length);
  assert.throws(() => new Readline({}), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => collected.cursorTo('1'), { code: 'ERR_INVALID_ARG_TYPE' });
}
main();
