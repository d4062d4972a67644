// SPDX-License-Identifier: MIT
//
// What is no shared object is refused by require() and process.dlopen() in the system's words.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { scratch } = require('../helpers/run');

const file = path.join(scratch(), 'x.node');
fs.writeFileSync(file, 'abc');
assert.throws(() => require(file), { name: 'Error', code: 'ERR_DLOPEN_FAILED', message: `${file}: file too short` });
assert.throws(() => process.dlopen({ exports: {} }, `${file}x`), { code: 'ERR_DLOPEN_FAILED', message: /cannot open shared object file/ });
assert.throws(() => process.dlopen({}), { code: 'ERR_MISSING_ARGS' });
