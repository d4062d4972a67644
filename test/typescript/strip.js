// SPDX-License-Identifier: MIT
//
// .ts and .cts files are required like JavaScript: types go, positions stay, and extensions are not guessed.
'use strict';

const assert = require('assert');
const point = require('../fixtures/typescript/point.ts');

assert.deepStrictEqual(point.result, { x: 5, y: 0 });
assert.match(point.where, /point\.ts:13:\d+/);
assert.strictEqual(require('../fixtures/typescript/number.cts'), 5);
assert.throws(() => require('../fixtures/typescript/point'), { code: 'MODULE_NOT_FOUND' });
assert.deepStrictEqual(Object.keys(require.extensions), ['.js', '.json', '.node']);
