// SPDX-License-Identifier: MIT
//
// Places are the author's: in files that were rewritten before they ran, and in TypeScript.
'use strict';

const assert = require('assert');
const path = require('path');
const { pathToFileURL } = require('url');
const { reportOf, stackOf } = require('../helpers/loop');

const fixture = (name) => path.join(__dirname, '../fixtures/watch_loop', name);

async function placeIn(name, line) {
  const { start } = await import(pathToFileURL(fixture(name)));
  const report = await reportOf(start);
  const [frame] = stackOf(report, 'spin').frames;
  assert.ok(frame.file.endsWith(fixture(name)), frame.file);
  assert.strictEqual(frame.line, line, name);
  return frame;
}

(async () => {
  const { column } = await placeIn('module.mjs', 5);
  assert.ok(column >= 38 && column <= 70, `column ${column}`);
  await placeIn('types.mts', 11);
})();
