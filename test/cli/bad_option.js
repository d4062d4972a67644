// SPDX-License-Identifier: MIT
//
// Unknown options end with status 9 and a message.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const result = lode(['--no-such-option', 'x.js']);
assert.strictEqual(result.status, 9);
assert.match(result.stderr, /bad option: --no-such-option/);
const fromEnvironment = lode(['-p', '1'], { env: { ...process.env, NODE_OPTIONS: '--eval=1' } });
assert.strictEqual(fromEnvironment.status, 9);
assert.match(fromEnvironment.stderr, /not allowed in NODE_OPTIONS/);
