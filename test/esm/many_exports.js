// SPDX-License-Identifier: MIT
//
// Modules with thousands of names: the lists of what they import and export survive collections while they are made.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { scratch } = require('../helpers/run');

const folder = scratch();
const count = 20_000;
const names = Array.from({ length: count }, (_, i) => `a_name_that_takes_some_room_${i}`);
fs.writeFileSync(path.join(folder, 'many.mjs'), names.map((name, i) => `export const ${name} = ${i};\n`).join(''));
const sum = names.map((name) => `total += ${name};\n`).join('');
fs.writeFileSync(path.join(folder, 'sum.mjs'), `import { ${names.join(', ')} } from './many.mjs';\nlet total = 0;\n${sum}export { total };\n`);

import(pathToFileURL(path.join(folder, 'sum.mjs'))).then(async ({ total }) => {
  assert.strictEqual(total, count * (count - 1) / 2);
  assert.deepStrictEqual(Object.keys(await import(pathToFileURL(path.join(folder, 'many.mjs')))), names.sort());
});
