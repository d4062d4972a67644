// SPDX-License-Identifier: MIT
//
// --env-file sets variables without overriding, -r preloads, --check only parses.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');

const folder = scratch();
fs.writeFileSync(path.join(folder, '.env'), '# comment\nA=1\nB="two words" # note\nexport C=\'x\'\nPATH=no\n');
fs.writeFileSync(path.join(folder, 'pre.js'), 'globalThis.preloaded = module.isPreloading;');
fs.writeFileSync(path.join(folder, 'bad.js'), 'console.log(1);\n let = = 1;');
const env = lode([`--env-file=${path.join(folder, '.env')}`, '-p', '[process.env.A, process.env.B, process.env.C, process.env.PATH !== "no"].join()']);
assert.strictEqual(env.stdout, '1,two words,x,true\n', env.stderr);
assert.strictEqual(lode(['-r', path.join(folder, 'pre.js'), '-p', 'preloaded']).stdout, 'true\n');
const check = lode(['--check', path.join(folder, 'bad.js')]);
assert.strictEqual(check.status, 1);
assert.match(check.stderr, /SyntaxError/);
assert.strictEqual(check.stdout, '');
assert.strictEqual(lode(['--env-file', '/nowhere/.env', '-p', '1']).status, 9);
