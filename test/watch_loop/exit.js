// SPDX-License-Identifier: MIT
//
// The turn in which the process ends is reported too: process.exit() in a callback, 'exit' listeners, and an uncaught error.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const busy = 'function spin() { const until = performance.now() + 150; while (performance.now() < until); }';
const watched = (program) => lode(['--watch-loop=100', '-e', `${busy}; ${program}`]);

const exiting = watched('fs.stat("/", () => { spin(); process.exit(3); })');
assert.strictEqual(exiting.status, 3);
assert.match(exiting.stderr, /blocked for \d+ ms by a file operation/);
assert.match(exiting.stderr, /spin +\[eval\]:1:\d+/);

assert.match(watched('process.on("exit", spin); fs.stat("/", () => {})').stderr, /blocked for \d+ ms by an exit listener/);

const failing = watched('fs.stat("/", () => { spin(); throw new Error("gone"); })');
assert.strictEqual(failing.status, 1);
assert.match(failing.stderr, /Error: gone[^]*blocked for/);
