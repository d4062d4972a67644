// SPDX-License-Identifier: MIT
//
// A script that is not there: Node's message, code and status.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

const result = lode(['/nowhere/missing.js']);
assert.strictEqual(result.status, 1);
assert.match(result.stderr, /Error: Cannot find module '\/nowhere\/missing\.js'/);
assert.match(result.stderr, /code: 'MODULE_NOT_FOUND'/);
assert.match(result.stderr, /requireStack: \[\]/);
