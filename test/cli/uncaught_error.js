// SPDX-License-Identifier: MIT
//
// An uncaught error shows its source line, its stack in V8's form and its own properties.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

const result = program(`function inner() {
  throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
}
inner();
`);
assert.strictEqual(result.status, 1);
const lines = result.stderr.split('\n');
assert.strictEqual(lines[0], `${result.file}:2`);
assert.ok(lines[1].includes('throw Object.assign'));
assert.match(lines[2], /^ +\^$/);
assert.match(result.stderr, /\nRangeError: too far\n {4}at inner \(.*program\.js:2:\d+\)\n {4}at Object\.<anonymous> \(.*program\.js:4:\d+\)\n/);
assert.match(result.stderr, /code: 'E_FAR'/);
