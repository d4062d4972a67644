// SPDX-License-Identifier: MIT
//
// A rejection that nobody handles: each mode of --unhandled-rejections.
'use strict';

const assert = require('assert');
const { program, lode } = require('../helpers/run');

const text = "Promise.reject(new Error('lost')); setTimeout(() => console.log('later'), 5);";
const plain = program(text);
assert.strictEqual(plain.status, 1);
assert.match(plain.stderr, /Error: lost/);
assert.strictEqual(plain.stdout, '');
const value = program('Promise.reject(7)');
assert.match(value.stderr, /ERR_UNHANDLED_REJECTION/);
const run = (mode) => lode([`--unhandled-rejections=${mode}`, '-e', text]);
assert.deepStrictEqual([run('none').status, run('none').stderr, run('none').stdout], [0, '', 'later\n']);
const warned = run('warn');
assert.strictEqual(warned.status, 0);
assert.match(warned.stderr, /UnhandledPromiseRejectionWarning/);
assert.strictEqual(run('warn-with-error-code').status, 1);
assert.strictEqual(run('strict').status, 1);
assert.strictEqual(run('nonsense').status, 9);
const handled = program("process.on('unhandledRejection', (reason, p) => { console.log(reason.message, p instanceof Promise); p.catch(() => {}); });\n" +
  "process.on('rejectionHandled', () => console.log('handled'));\n" + text);
assert.strictEqual(handled.stdout, 'lost true\nhandled\nlater\n', handled.stderr);
