// SPDX-License-Identifier: MIT
//
// A file of which nobody says what it is runs as a module if only that parses; its package is asked, once, to say so.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-test-'));
const run = () => spawnSync(process.execPath, [path.join(folder, 'main.js')], { encoding: 'utf8' });
try {
  fs.writeFileSync(path.join(folder, 'main.js'), 'import { a } from "./a.js";\nconsole.log(a, await 2, typeof require);\n');
  fs.writeFileSync(path.join(folder, 'a.js'), 'export const a = 1;\n');
  let { stdout, stderr } = run();
  assert.strictEqual(stdout, '1 2 undefined\n');
  assert.strictEqual(stderr, '');
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  ({ stdout, stderr } = run());
  assert.strictEqual(stdout, '1 2 undefined\n');
  assert.strictEqual(stderr.match(/MODULE_TYPELESS_PACKAGE_JSON/g).length, 1);
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }');
  ({ stderr } = run());
  assert.match(stderr, /SyntaxError: Cannot use import statement outside a module/);
} finally {
  fs.rmSync(folder, { recursive: true });
}
