// SPDX-License-Identifier: MIT
//
// A package.json that is written while the program runs is seen by what is loaded afterwards.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-test-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
fs.writeFileSync(path.join(folder, 'a.js'), 'exports.kind = typeof module;');
fs.writeFileSync(path.join(folder, 'b.js'), 'export const kind = typeof module;');
assert.strictEqual(require(path.join(folder, 'a.js')).kind, 'object');
fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
assert.strictEqual(require(path.join(folder, 'b.js')).kind, 'undefined');
import(path.join(folder, 'b.js')).then(({ kind }) => assert.strictEqual(kind, 'undefined'));
