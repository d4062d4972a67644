// SPDX-License-Identifier: MIT
//
// TypeScript as ES modules: .mts files, .ts files whose text decides, names that a .cts file exports, and --no-experimental-require-module.
'use strict';

const assert = require('assert');
const path = require('path');
const fs = require('fs');
const { lode, scratch } = require('../helpers/run');

const graph = path.join(__dirname, '../fixtures/typescript/graph.mts');
assert.strictEqual(require(graph).text, 'from cts');
assert.strictEqual(require(graph).default.where, graph);

const folder = scratch();
fs.writeFileSync(path.join(folder, 'ambiguous.ts'), 'import { basename } from "path"; const a: string = basename("/x/y"); console.log(a, await 1);');
assert.strictEqual(lode([path.join(folder, 'ambiguous.ts')]).stdout, 'y 1\n');
fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
fs.writeFileSync(path.join(folder, 'main.ts'), `export {}; const file: string = import.meta.filename; console.log(file.length > 0 as boolean, typeof require);`);
assert.strictEqual(lode([path.join(folder, 'main.ts')]).stdout, 'true undefined\n');

const refused = lode(['--no-experimental-require-module', '-p', `require(${JSON.stringify(graph)})`]);
assert.match(refused.stderr, /ERR_REQUIRE_ESM/);
