// SPDX-License-Identifier: MIT
//
// A child that floods its output is ended at maxBuffer; what came until then is kept, and memory does not grow with the flood.
'use strict';

const assert = require('assert');
const { execFile, execFileSync, exec, spawnSync } = require('child_process');

const LIMIT = 100000;
const code = 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
let calls = 0;

execFile('yes', { maxBuffer: LIMIT }, (error, stdout, stderr) => {
  calls++;
  assert.strictEqual(error.code, code);
  assert.strictEqual(error.message, 'stdout maxBuffer length exceeded');
  assert.strictEqual(stdout.length, LIMIT);
  assert.strictEqual(stderr, '');
});
exec('yes >&2', { maxBuffer: LIMIT, encoding: 'buffer' }, (error, stdout, stderr) => {
  calls++;
  assert.strictEqual(error.message, 'stderr maxBuffer length exceeded');
  assert.strictEqual(stderr.length, LIMIT);
});
exec('echo "\u20ac\u20ac\u20ac"', { maxBuffer: 6 }, (error, stdout) => {
  calls++;
  assert.strictEqual(error.code, code); // bytes count
});
exec('printf 123456', { maxBuffer: 6 }, (error, stdout) => {
  calls++;
  assert.deepStrictEqual([error, stdout], [null, '123456']);
});
process.on('exit', () => assert.strictEqual(calls, 4));

const result = spawnSync('yes', { maxBuffer: LIMIT });
assert.strictEqual(result.error.code, 'ENOBUFS');
assert.strictEqual(result.error.syscall, 'spawnSync yes');
assert.strictEqual(result.signal, 'SIGTERM');
assert.ok(result.stdout.length >= LIMIT && result.stdout.length < 2 * LIMIT); // to the end of the read that was too much

assert.throws(() => execFileSync('yes', { maxBuffer: LIMIT, killSignal: 'SIGKILL', stdio: 'pipe' }), (error) => {
  assert.deepStrictEqual([error.code, error.signal], ['ENOBUFS', 'SIGKILL']);
  return true;
});
assert.ok(process.memoryUsage.rss() < 300e6);
