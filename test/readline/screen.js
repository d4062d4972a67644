// SPDX-License-Identifier: MIT
//
// What is written to a terminal: the prompt, echoed characters, redrawn lines, completions after the second Tab.
'use strict';

const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

process.env.TERM = 'xterm';
const input = new PassThrough();
const output = new PassThrough();
const completer = (line) => [['alpha', 'alps', 'beta'].filter((word) => word.startsWith(line)), line];
const rl = readline.createInterface({ input, output, terminal: true, completer });
const written = () => (output.read() ?? '').toString();

rl.prompt();
assert.strictEqual(written(), '\x1b[1G\x1b[0J> \x1b[3G');
input.write('a');
assert.strictEqual(written(), 'a');
input.write('\t');
assert.strictEqual(written(), 'lp');
input.write('\t');
assert.strictEqual(written(), '\r\nalpha\r\nalps\r\n\r\n\x1b[1G\x1b[0J> alp\x1b[6G');
input.write('\x1b[D');
assert.strictEqual(written(), '\x1b[1D');
input.write('x');
assert.strictEqual(written(), '\x1b[1G\x1b[0J> alxp\x1b[6G');
rl.once('line', (line) => assert.strictEqual(line, 'alxp'));
input.write('\r');
assert.strictEqual(written(), '\x1b[1C\r\n');

// A program that hides what is typed.
rl._writeToOutput = () => {};
input.write('secret');
assert.strictEqual(written(), '');
assert.strictEqual(rl.line, 'secret');
rl.on('SIGINT', () => rl.close());
input.write('\x03');
assert.ok(rl.closed);
