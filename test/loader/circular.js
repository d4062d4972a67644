// SPDX-License-Identifier: MIT
//
// In a cycle of require() calls a name that is not exported yet gives undefined and a warning; afterwards the exports object is
// an ordinary one. What is no plain object is left alone.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { scratch } = require('../helpers/run');

const folder = scratch();
const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
write('a.js', 'exports.early = 1; exports.seen = require("./b.js"); exports.late = 2;');
write('b.js', 'const a = require("./a.js"); module.exports = [a.early, a.late, a.toString !== undefined, a.__esModule, Object.keys(a)];');
write('class.js', 'module.exports = class A extends Array {}; exports.seen = require("./user.js");');
write('user.js', 'module.exports = require("./class.js").nothing;');

const warnings = [];
process.on('warning', (warning) => warnings.push(warning.message));

const a = require(path.join(folder, 'a.js'));
assert.deepStrictEqual(a.seen, [1, undefined, true, undefined, ['early']]);
assert.strictEqual(Object.getPrototypeOf(a), Object.prototype);
assert.strictEqual(a.nothing, undefined);
assert.strictEqual(Object.getPrototypeOf(require(path.join(folder, 'class.js'))), Array);

setImmediate(() => {
  assert.deepStrictEqual(warnings, ['Accessing non-existent property \'late\' of module exports inside circular dependency']);
});
