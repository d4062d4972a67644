// SPDX-License-Identifier: MIT
//
// Source maps switched on and off while the program runs, and findSourceMap.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const Module = require('module');
const { scratch } = require('../helpers/run');
const { inline, mappings } = require('../helpers/source_map');

const folder = scratch();
const text = `exports.stack = new Error('x').stack;\n${inline({ version: 3, sources: ['o.ts'], names: [], mappings: mappings([[[0, 0, 9, 0]]]) })}`;
const file = path.join(folder, 'a.js');
const inner = path.join(folder, 'node_modules', 'b.js');
fs.mkdirSync(path.dirname(inner));
fs.writeFileSync(file, text);
fs.writeFileSync(inner, text);

function load(name) {
  delete require.cache[name];
  return require(name).stack;
}
function isMapped(name) {
  return load(name).includes(`${path.dirname(name)}/o.ts:10:1`);
}

assert.deepStrictEqual(Module.getSourceMapsSupport(), Object.assign({ __proto__: null }, { enabled: false, nodeModules: false, generatedCode: false }));
assert.strictEqual(process.sourceMapsEnabled, false);
assert.strictEqual(isMapped(file), false);
assert.strictEqual(Module.findSourceMap(file), undefined);

Module.setSourceMapsSupport(true);
assert.strictEqual(process.sourceMapsEnabled, true);
assert.strictEqual(Module.getSourceMapsSupport().nodeModules, false);
assert.strictEqual(isMapped(file), true);
assert.strictEqual(isMapped(inner), false);
for (const name of [file, pathToFileURL(file).href]) {
  const map = Module.findSourceMap(name);
  assert.ok(map instanceof Module.SourceMap);
  assert.deepStrictEqual(map.payload.sources, [pathToFileURL(path.join(folder, 'o.ts')).href]);
  assert.strictEqual(map.lineLengths.length, 2);
}

process.setSourceMapsEnabled(true);
assert.strictEqual(Module.getSourceMapsSupport().generatedCode, true);
assert.strictEqual(isMapped(inner), true);

process.setSourceMapsEnabled(false);
assert.strictEqual(isMapped(file), false);

for (const value of [undefined, null, 1, {}]) {
  assert.throws(() => Module.setSourceMapsSupport(value), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => process.setSourceMapsEnabled(value), { code: 'ERR_INVALID_ARG_TYPE' });
  if (value !== undefined) assert.throws(() => Module.setSourceMapsSupport(true, { nodeModules: value }), { code: 'ERR_INVALID_ARG_TYPE' });
}
