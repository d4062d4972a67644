// SPDX-License-Identifier: MIT
//
// The tests of test262-parser-tests (from npm) are accepted and refused as they say, but for a short list of exceptions, which must be
// exceptions indeed.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { parseFiles } = require('../helpers/syntax');

const root = path.join(__dirname, '..', '..', 'node_modules', 'test262-parser-tests');
if (!fs.existsSync(root)) {
  console.log('skip: test262-parser-tests is not installed (npm ci)');
  process.exit(0);
}

// The tests are of 2017: the standard has moved on, or says in its Annex B what these tests leave out.
const exceptions = {
  'U+2028 and U+2029 may stand in strings (ES2019)': ['fail/647e21f8f157c338.js', 'fail/8af69d8f15295ed2.js'],
  '\\8 and \\9 may stand in strings of sloppy code (ES2021)': ['fail/0d5e450f1da8a92a.js', 'fail/748656edbfb2d0bb.js', 'fail/79f882da06f88c9f.js',
    'fail/92b6af54adef3624.js'],
  'classes have fields (ES2022)': ['fail/98204d734f8c72b3.js', 'fail/ef81b93cf9bdb4ec.js'],
  'f() = 1 fails only when it runs, in sloppy code (ES2025)': ['fail/a8beb1480f385441.js'],
  'for (var x = 1 in o), Annex B.3.5': ['fail/e3fbcf63d7e43ead.js'],
  'catch (e) { for (var e of o); }, Annex B.3.4 since ES2020': ['early/0f5f47108da5c34e.js'],
  'a block of sloppy code may declare a function twice, Annex B.3.2': ['early/12a74c60f52a60de.js', 'early/1aff49273f3e3a98.js',
    'early/be7329119eaa3d47.js', 'early/ec31fa5e521c5df4.js'],
};

const wrong = [];
let count = 0;
for (const folder of ['pass', 'pass-explicit', 'fail', 'early']) {
  const files = fs.readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.js'));
  const answers = parseFiles(files.map((name) => `${name.endsWith('.module.js') ? 'module' : 'script'}\t${path.join(root, folder, name)}`));
  files.forEach((name, i) => {
    const accepted = answers[i].error === undefined;
    count++;
    if (accepted !== folder.startsWith('pass')) wrong.push(`${folder}/${name}`);
  });
}
assert.ok(count > 5000);
assert.deepStrictEqual(wrong.sort(), Object.values(exceptions).flat().sort());
