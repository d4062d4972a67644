// SPDX-License-Identifier: MIT
//
// JavaScript files of this repository and of the packages it is checked with get the same verdict as from acorn, as a script, as
// CommonJS and as a module, and the same imports and exports. (A third of them: `make corpus` does it with 36,000 files.)
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { collect } = require('../helpers/syntax');
const { compare } = require('../helpers/acorn_compare');

const root = path.join(__dirname, '..', '..');
const packages = path.join(root, 'node_modules');
if (!fs.existsSync(path.join(packages, 'acorn'))) {
  console.log('skip: acorn is not installed (npm ci)');
  process.exit(0);
}

const files = ['modules', 'web', 'runtime', 'test', 'node_modules']
  .flatMap((folder) => collect(path.join(root, folder), /\.[cm]?js$/))
  .filter((file) => !file.includes('test262-parser-tests') && fs.statSync(file).size < 50000)
  .filter((file, i) => i % 3 === 0);
const { differences } = compare(require(path.join(packages, 'acorn')), files);
assert.ok(files.length > 300);
assert.deepStrictEqual(differences, []);
