// SPDX-License-Identifier: MIT
//
// A module of a hundred megabytes runs.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { run } = require('../helpers/program');
const { scratch } = require('../helpers/run');

const folder = scratch();

const line = `text.push('${'0123456789abcdef'.repeat(4000)}', ${'1 + '.repeat(200)}0); // ${'comment '.repeat(4000)}\n`;
const count = Math.ceil(100_000_000 / line.length);
const file = path.join(folder, 'large.mjs');
fs.writeFileSync(file, 'import { writeSync } from "node:fs";\nconst text = [];\n');
for (let i = 0; i < count; i++) fs.appendFileSync(file, line);
fs.appendFileSync(file, 'writeSync(1, `${text.length} ${text[0].length} ${text[1]}`);\n');
assert.ok(fs.statSync(file).size > 100_000_000);

run(file).then(({ code, stdout, stderr }) => {
  assert.strictEqual(stderr, '');
  assert.strictEqual(stdout, `${count * 2} 64000 200`);
  assert.strictEqual(code, 0);
});
