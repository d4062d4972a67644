// SPDX-License-Identifier: MIT
//
// The names found in CommonJS files of packages are those that cjs-module-lexer finds.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { collect, parseFiles } = require('../helpers/syntax');

const packages = path.join(__dirname, '..', '..', 'node_modules');
if (!fs.existsSync(path.join(packages, 'cjs-module-lexer'))) {
  console.log('skip: cjs-module-lexer is not installed (npm ci)');
  process.exit(0);
}

const { parse } = require(path.join(packages, 'cjs-module-lexer'));
const files = collect(packages, /\.c?js$/).filter((file) => !file.includes('test262-parser-tests') && fs.statSync(file).size < 50000);
// Node takes `name: require('x')` in module.exports = {...} for a reexport, too; the package does not.
const otherwise = ['ajv/lib/compile/util.js', 'ajv/lib/dotjs/index.js'].map((name) => path.join(packages, name));
let named = 0;
parseFiles(files, ['--goal', 'commonjs', '--cjs']).forEach((answer, i) => {
  if (answer.error !== undefined || otherwise.includes(files[i])) return;
  const { exports, reexports } = parse(fs.readFileSync(files[i], 'utf8'));
  if (exports.length) named++;
  assert.deepStrictEqual([answer.cjsExports ?? [], answer.cjsReexports ?? []], [[...exports], [...reexports]], files[i]);
});
assert.ok(named > 50, `${named}`);
