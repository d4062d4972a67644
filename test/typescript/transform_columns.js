// SPDX-License-Identifier: MIT
//
// Where transformed text moved and no source map is used, call sites and the texts of assertions still fit the lines that run.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');

const file = path.join(scratch(), 'program.ts');
fs.writeFileSync(file, `interface Gone {
  a: string;
}
enum Level { Low }

const { getCallSites } = require('util');
const site = getCallSites()[0];
console.log(site.lineNumber, site.columnNumber, Level.Low);
require('assert').throws(() => require('assert')(Level.Low as unknown as boolean), /require\\('assert'\\)\\(0\\)/);
`);

const mapped = lode(['--experimental-transform-types', file]);
assert.strictEqual(mapped.stdout, '7 14 0\n', mapped.stderr);
const plain = lode(['--experimental-transform-types', '--no-enable-source-maps', file]);
assert.match(plain.stdout, /^[1-6] 14 0\n$/);
assert.strictEqual(plain.stderr, '');
