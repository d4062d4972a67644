// SPDX-License-Identifier: MIT
//
// Accessors that a program puts on Object.prototype are not called by loading modules.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { scratch } = require('../helpers/run');

const folder = scratch();
fs.mkdirSync(path.join(folder, 'pkg'));
fs.writeFileSync(path.join(folder, 'pkg', 'package.json'), '{}');
fs.writeFileSync(path.join(folder, 'pkg', 'index.js'), 'module.exports = 7;');
fs.writeFileSync(path.join(folder, 'm.mjs'), 'import seven from "./pkg/index.js"; export { seven };');

const called = [];
for (const name of ['main', 'type', 'exports', 'imports']) {
  Object.defineProperty(Object.prototype, name, {
    __proto__: null, configurable: true, get() { called.push(`get ${name}`); return undefined; }, set() { called.push(`set ${name}`); },
  });
}
assert.strictEqual(require(path.join(folder, 'pkg')), 7);
import(path.join(folder, 'm.mjs')).then((namespace) => {
  assert.strictEqual(namespace.seven, 7);
  assert.deepStrictEqual(called, []);
});
