// SPDX-License-Identifier: MIT
//
// --experimental-transform-types brings source maps with it: stacks show the TypeScript.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');

const file = path.join(scratch(), 'program.ts');
fs.writeFileSync(file, `enum Level { Low }
namespace Space { export const level: Level = Level.Low; }

function fail(message: string) {
  const value: number = Space.level;
  throw new Error(message + value);
}
fail('level ');
`);
const { status, stderr } = lode(['--experimental-transform-types', file]);
assert.strictEqual(status, 1);
assert.deepStrictEqual(stderr.split('\n').slice(0, 7), [
  `${file}:6`, '  throw new Error(message + value);', '  ^', '', 'Error: level 0', `    at fail (${file}:6:9)`, `    at Object.<anonymous> (${file}:8:1)`,
]);
