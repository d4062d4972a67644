// SPDX-License-Identifier: MIT
//
// --enable-source-maps: stacks and the report of an uncaught error show the originals, from maps inline or in files; a call site keeps
// its generated position; without the option nothing is mapped.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');
const { inline, mappings } = require('../helpers/source_map');

const folder = scratch();
const original = '// a comment\nfunction original(value: string) {\n  throw new Error(value);\n}\noriginal("x");\n';
const generated = 'function g(v){throw new Error(v)}g("x");';
const map = {
  version: 3, sources: ['src/a.ts'], names: ['original'], sourcesContent: [original],
  mappings: mappings([[[0, 0, 1, 0], [9, 0, 1, 9, 0], [14, 0, 2, 2], [20, 0, 2, 8], [33, 0, 4, 0]]]),
};

function write(name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

const expected = [
  `${folder}/src/a.ts:3`, '  throw new Error(value);', '  ^', '', 'Error: x',
  `    at original (${folder}/src/a.ts:3:9)`, `    at Object.<anonymous> (${folder}/src/a.ts:5:1)`,
];
const inFile = write('inline.js', `${generated}\n${inline(map)}\n`);
assert.deepStrictEqual(lode(['--enable-source-maps', inFile]).stderr.split('\n').slice(0, 7), expected);

write('out.js.map', JSON.stringify({ ...map, sourceRoot: 'src', sources: ['a.ts'] }));
const external = write('external.js', `${generated}\n//# sourceMappingURL=out.js.map`);
assert.deepStrictEqual(lode(['--enable-source-maps', external]).stderr.split('\n').slice(0, 7), expected);

const plain = lode([inFile]).stderr;
assert.ok(plain.includes(`at g (${inFile}:1:21)`), plain);

// Not a comment, broken, or not to be found: the program's own positions.
for (const tail of [`\`\n${inline(map)}\n//\``, '//# sourceMappingURL=data:application/json;base64,e30', '//# sourceMappingURL=missing.map',
  '//# sourceMappingURL=unknown-protocol://x/y', '//# sourceMappingURL=data:application/json,%%%']) {
  const file = write('other.js', `${generated}\n${tail}`);
  const { stderr } = lode(['--enable-source-maps', file]);
  assert.ok(stderr.includes(`at g (${file}:1:21)`), `${tail}\n${stderr}`);
}

const sites = write('sites.js', `Error.prepareStackTrace = (error, trace) => [trace[0].getFileName(), trace[0].getLineNumber(), trace[0].getColumnNumber()];
try { require('./inline.js'); } catch (error) { console.log(JSON.stringify(error.stack)); }`);
assert.deepStrictEqual(JSON.parse(lode(['--enable-source-maps', sites]).stdout), [inFile, 1, 21]);
