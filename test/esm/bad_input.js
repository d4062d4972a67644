// SPDX-License-Identifier: MIT
//
// What is wrong with a module is said in Node's words, with its place and code, and with status 1: never a crash.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { run } = require('../helpers/program');
const { scratch } = require('../helpers/run');

const folder = scratch();

const nested = '['.repeat(100_000) + ']'.repeat(100_000);
const files = {
  'good.mjs': 'export const present = 1;\n',
  'cycle.mjs': 'import "./late.mjs";\nexport let value = 1;\n',
  'late.mjs': 'import { value } from "./cycle.mjs";\nconsole.log(value);\n',
  'node_modules/bad/package.json': '{ "exports": { ".": "/absolute.js", "./up": "../up.js" } }',
};

// name of the file: [text, what must be printed to standard error]
const programs = {
  'missing.mjs': ['import { present,\n  absent } from "./good.mjs";',
                  /missing\.mjs:2\n {2}absent .*\n {2}\^{6}\n\nSyntaxError: The requested module '\.\/good\.mjs' does not provide an export named 'absent'/],
  'cyclic.mjs': ['import "./cycle.mjs";', /late\.mjs:2\nconsole\.log\(value\);\n {12}\^\n\nReferenceError: Cannot access 'value' before initialization\n.*late\.mjs:2:13/],
  'attribute.mjs': ['import x from "./good.mjs" with { nope: "x" };', /TypeError \[ERR_IMPORT_ATTRIBUTE_UNSUPPORTED\]: Import attribute "nope" with value "x" is not supported/],
  'type.mjs': ['import x from "./good.mjs" with { type: "json" };', /TypeError \[ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE\]: Module "file:.*good\.mjs" is not of type "json"/],
  'package.mjs': ['import "no-such-package";', /Error \[ERR_MODULE_NOT_FOUND\]: Cannot find package 'no-such-package' imported from .*package\.mjs/],
  'file.mjs': ['import "./nowhere.mjs";', /Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module '.*nowhere\.mjs' imported from .*file\.mjs/],
  'target.mjs': ['import "bad";', /Error \[ERR_INVALID_PACKAGE_TARGET\]: Invalid "exports" main target "\/absolute\.js" defined in the package config .*targets must start with "\.\/"/],
  'up.mjs': ['import "bad/up";', /Error \[ERR_INVALID_PACKAGE_TARGET\]: Invalid "exports" target "\.\.\/up\.js" defined for '\.\/up'/],
  'syntax.mjs': ['const a = ;', /syntax\.mjs:1\nconst a = ;\n {10}\^\n\nSyntaxError: Unexpected token ';'/],
  'twice.mjs': ['const a = 1;\nlet a;', /twice\.mjs:2\nlet a;\n {4}\^\n\nSyntaxError: Identifier 'a' has already been declared/],
  'nested.mjs': [nested, /SyntaxError: The program is nested too deeply/],
  'nested.cjs': [nested, /RangeError: Maximum call stack size exceeded/],
  'nested_await.cjs': [`async () => { await 1; }; ${nested}`, /SyntaxError: The program is nested too deeply/],
  'bytes.mjs': [Buffer.from([0x65, 0xff, 0xfe, 0x80, 0x3b]), /bytes\.mjs:1\n.*\n.*\n\nSyntaxError: Invalid or unexpected token/],
  'defer.mjs': ['import defer * as x from "./good.mjs";', /SyntaxError: Deferred imports \(import defer\) are not supported/],
};

async function check(name, pattern) {
  const { code, signal, stderr } = await run(path.join(folder, name));
  assert.strictEqual(signal, null, name);
  assert.match(stderr, pattern, name);
  assert.strictEqual(code, 1, name);
}

(async function main() {
  fs.mkdirSync(path.join(folder, 'node_modules/bad'), { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  for (const [name, [text, pattern]] of Object.entries(programs)) {
    fs.writeFileSync(path.join(folder, name), text);
    await check(name, pattern);
  }
})();
