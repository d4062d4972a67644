// SPDX-License-Identifier: MIT
//
// A thrown value that is no error is shown, with a hint, and status 1.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

for (const [text, shown] of [['throw 5', '5'], ['throw null', 'null'], ['throw "plain"', 'plain'], ['throw { a: 1 }', '{ a: 1 }']]) {
  const result = program(text);
  assert.strictEqual(result.status, 1);
  assert.ok(result.stderr.includes(`\n${shown}\n`), result.stderr);
  assert.match(result.stderr, /--trace-uncaught/);
}
