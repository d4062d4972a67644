// SPDX-License-Identifier: MIT
//
// -e, -p, standard input and - run programs that are no file.
'use strict';

const assert = require('assert');
const { lode } = require('../helpers/run');

assert.strictEqual(lode(['-e', 'console.log(process.argv.length, process.argv[1])', 'a']).stdout, '2 a\n');
assert.strictEqual(lode(['-p', '[1, 2].map((x) => x * 2)']).stdout, '[ 2, 4 ]\n');
assert.strictEqual(lode(['-p', 'path.basename(__filename) + os.EOL.length']).stdout, '[eval]1\n');
assert.strictEqual(lode([], { input: 'console.log(40 + 2)' }).stdout, '42\n');
assert.strictEqual(lode(['-', 'x'], { input: 'console.log(process.argv.slice(1))' }).stdout, "[ '-', 'x' ]\n");
assert.strictEqual(lode(['-v']).stdout, 'v25.8.1\n');
