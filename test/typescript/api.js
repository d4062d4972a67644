// SPDX-License-Identifier: MIT
//
// module.stripTypeScriptTypes: both modes, source URLs and maps, and its checks.
'use strict';

const assert = require('assert');
const { stripTypeScriptTypes } = require('module');

const warnings = [];
process.on('warning', (warning) => warnings.push(warning));

assert.strictEqual(stripTypeScriptTypes('const \u00e9: number = 1;'), 'const \u00e9         = 1;');
assert.strictEqual(stripTypeScriptTypes('let a: A', { sourceUrl: 'a.ts' }), 'let a   \n\n//# sourceURL=a.ts');
assert.match(stripTypeScriptTypes('enum A { B }', { mode: 'transform' }), /^var A = /);

const text = stripTypeScriptTypes('enum A { B }', { mode: 'transform', sourceMap: true, sourceUrl: 'a.ts' });
const map = JSON.parse(Buffer.from(/\n\/\/# sourceMappingURL=data:application\/json;base64,(.*)$/.exec(text)[1], 'base64'));
assert.deepStrictEqual(map.sources, ['a.ts']);

const bad = [
  [[1], 'ERR_INVALID_ARG_TYPE'],
  [['', null], 'ERR_INVALID_ARG_TYPE'],
  [['', { mode: 'other' }], 'ERR_INVALID_ARG_VALUE'],
  [['', { sourceMap: true }], 'ERR_INVALID_ARG_VALUE'],
  [['', { sourceUrl: 1 }], 'ERR_INVALID_ARG_TYPE'],
  [['enum A {}'], 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'],
  [['let a: ='], 'ERR_INVALID_TYPESCRIPT_SYNTAX'],
];
for (const [args, code] of bad) assert.throws(() => stripTypeScriptTypes(...args), { code }, JSON.stringify(args));

setImmediate(() => assert.deepStrictEqual(warnings.map((warning) => warning.name), ['ExperimentalWarning']));
