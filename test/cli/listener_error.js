// SPDX-License-Identifier: MIT
//
// An error in a listener ends the process; 'uncaughtException' can keep it alive.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

const listener = `const { EventEmitter } = require('events');
const e = new EventEmitter();
e.on('x', () => { throw new Error('in listener'); });
setImmediate(() => e.emit('x'));
`;
const dead = program(listener);
assert.strictEqual(dead.status, 1);
assert.match(dead.stderr, /Error: in listener/);

const alive = program(`process.on('uncaughtException', (error, origin) => console.log(error.message, origin));\n${listener}
process.on('exit', () => console.log('still here'));`);
assert.strictEqual(alive.status, 0, alive.stderr);
assert.strictEqual(alive.stdout, 'in listener uncaughtException\nstill here\n');
