// SPDX-License-Identifier: MIT
//
// A worker's standard streams: megabytes through stdin and stdout with back-pressure, and nothing lost at its end.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');
const { Readable } = require('stream');

const chunks = Array.from({ length: 64 }, (_, i) => Buffer.alloc(32768, i));
const echo = new Worker('process.stdin.pipe(process.stdout)', { eval: true, stdin: true, stdout: true });
Readable.from(chunks).pipe(echo.stdin);
const got = [];
echo.stdout.on('data', (chunk) => got.push(chunk));
echo.stdout.on('end', () => assert.ok(Buffer.concat(got).equals(Buffer.concat(chunks))));

const talker = new Worker(`console.log('one'); process.stderr.write('two'); process.on('exit', () => console.log('three')); process.exit()`, {
  eval: true, stdout: true, stderr: true,
});
let text = '';
talker.stdout.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
talker.stderr.setEncoding('utf8').on('data', (chunk) => { text += `<${chunk}>`; });
talker.on('exit', () => setImmediate(() => assert.strictEqual(text.replace('<two>', ''), 'one\nthree\n')));
assert.strictEqual(talker.stdin, null);
process.on('exit', () => {
  assert.strictEqual(got.length > 0, true);
  assert.ok(text.includes('<two>'));
});
