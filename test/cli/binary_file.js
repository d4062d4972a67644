// SPDX-License-Identifier: MIT
//
// A binary file gives a syntax error that names the file, not a crash.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');

const file = path.join(scratch(), 'binary.js');
const bytes = Buffer.alloc(4096);
for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 37 + 11) & 255;
fs.writeFileSync(file, Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), bytes]));
const result = lode([file]);
assert.strictEqual(result.signal, null);
assert.strictEqual(result.status, 1);
assert.ok(result.stderr.includes(file), result.stderr.slice(0, 400));
assert.match(result.stderr, /SyntaxError/);
