// SPDX-License-Identifier: MIT
//
// A folder without an index is no program.
'use strict';

const assert = require('assert');
const { lode, scratch } = require('../helpers/run');

const folder = scratch();
const result = lode([folder]);
assert.strictEqual(result.status, 1);
assert.ok(result.stderr.includes(`Cannot find module '${folder}'`), result.stderr);
assert.match(result.stderr, /MODULE_NOT_FOUND/);
