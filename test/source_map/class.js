// SPDX-License-Identifier: MIT
//
// module.SourceMap: decoding, look-ups between segments and lines, sections, extreme numbers, unsorted and malformed mappings.
'use strict';

const assert = require('assert');
const { SourceMap } = require('module');
const { mappings } = require('../helpers/source_map');

const payload = {
  version: 3, sources: ['a.ts', 'b.ts'], names: ['x', 'y'], sourcesContent: ['text', null],
  mappings: mappings([[[0, 0, 0, 0, 0], [4, 0, 0, 7], [9]], [], [[3, 1, 5, 2, 1]]]),
};
const map = new SourceMap(payload, { lineLengths: [12, 0, 5] });

function at(line, column) {
  const { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name } = map.findEntry(line, column);
  return [generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name];
}
assert.deepStrictEqual(at(0, 0), [0, 0, 'a.ts', 0, 0, 'x']);
assert.deepStrictEqual(at(0, 3), [0, 0, 'a.ts', 0, 0, 'x']);
assert.deepStrictEqual(at(0, 8), [0, 4, 'a.ts', 0, 7, undefined]);
assert.deepStrictEqual(at(0, 99), [0, 9, undefined, undefined, undefined, undefined]);
assert.deepStrictEqual(at(2, 2), [0, 9, undefined, undefined, undefined, undefined]);
assert.deepStrictEqual(at(7, 0), [2, 3, 'b.ts', 5, 2, 'y']);
assert.deepStrictEqual(map.findEntry(-1, 0), {});
assert.deepStrictEqual(map.findOrigin(1, 7), { name: undefined, fileName: 'a.ts', lineNumber: 1, columnNumber: 10 });
assert.deepStrictEqual(map.findOrigin(1, 50), {});

assert.deepStrictEqual(map.payload, payload);
assert.notStrictEqual(map.payload.sources, payload.sources);
assert.deepStrictEqual(map.lineLengths, [12, 0, 5]);
assert.strictEqual(new SourceMap(payload).lineLengths, undefined);

const sections = new SourceMap({ sections: [
  { offset: { line: 0, column: 0 }, map: { version: 3, sources: ['one'], names: [], mappings: mappings([[[0, 0, 0, 0]]]) } },
  { offset: { line: 0, column: 10 }, map: { version: 3, sources: ['two'], names: [], mappings: mappings([[[1, 0, 4, 0]], [[2, 0, 5, 0]]]) } },
] });
assert.strictEqual(sections.findEntry(0, 10).originalSource, 'one');
assert.strictEqual(sections.findEntry(0, 11).originalLine, 4);
assert.strictEqual(sections.findEntry(1, 2).originalLine, 5); // only the first line is moved to the right

const numbers = { A: 0, B: -2147483648, C: 1, D: -1, '+/////D': 2147483647, '//////D': -2147483647 };
for (const text in numbers) {
  assert.strictEqual(new SourceMap({ sources: ['s'], mappings: `AAA${text}` }).findEntry(0, 0).originalColumn, numbers[text], text);
}

const unsorted = new SourceMap({ sources: ['s'], mappings: mappings([[[10, 0, 0, 1], [8, 0, 0, 2], [6, 0, 0, 3]]]) });
assert.deepStrictEqual([6, 8, 10].map((column) => unsorted.findEntry(0, column).originalColumn), [3, 2, 1]);
assert.deepStrictEqual(new SourceMap({ sources: ['s'], mappings: ';;;' }).findEntry(0, 1), {});
assert.doesNotThrow(() => new SourceMap({ sources: ['s'], mappings: '\u00e9!A,,,AAAAAAAA;g' }).findEntry(5, 5));

assert.throws(() => new SourceMap('text'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => SourceMap(payload), TypeError);
