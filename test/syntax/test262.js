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

// The tests are of 2017; what they say is wrong today, or was never right on the web.
const exceptions = {};

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
assert.deepStrictEqual(wrong.sort(), Object.keys(exceptions).sort());
