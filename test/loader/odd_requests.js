// SPDX-License-Identifier: MIT
//
// Requests from a folder that is gone, paths that are no strings, a package that preloads itself, and module.parent's deprecation.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');

const folder = scratch();
fs.mkdirSync(path.join(folder, 'gone'));
fs.writeFileSync(path.join(folder, 'gone', 'a.js'), 'module.exports = () => require("../b.js");');
fs.writeFileSync(path.join(folder, 'b.js'), 'module.exports = "b";');
const a = require(path.join(folder, 'gone', 'a.js'));
fs.rmSync(path.join(folder, 'gone'), { recursive: true });
assert.strictEqual(a(), 'b');

for (const wrong of [1, null, undefined, {}]) assert.throws(() => require.resolve('.', { paths: [wrong] }), { code: 'ERR_INVALID_ARG_TYPE' });

fs.writeFileSync(path.join(folder, 'package.json'), '{ "name": "self", "exports": "./self.js" }');
fs.writeFileSync(path.join(folder, 'self.js'), 'console.log("preloaded");');
assert.strictEqual(lode(['-r', 'self', 'b.js'], { cwd: folder }).stdout, 'preloaded\n');

assert.match(lode(['--pending-deprecation', '-e', 'module.parent; module.parent = 1']).stderr, /^\(node:\d+\) \[DEP0144\] DeprecationWarning: module\.parent is deprecated/);
assert.strictEqual(lode(['-e', 'module.parent']).stderr, '');
