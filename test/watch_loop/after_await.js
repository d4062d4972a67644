// SPDX-License-Identifier: MIT
//
// What an async function does after an await is attributed to that function, and said to come from there.
'use strict';

const assert = require('assert');
const { busy, reportOf, stackOf } = require('../helpers/loop');

async function innocent() { await null; }
async function guilty() {
  await innocent();
  busy(200);
}

reportOf(guilty).then((report) => {
  const { frames, cause } = stackOf(report, 'busy');
  assert.deepStrictEqual(frames.map(({ functionName }) => functionName), ['busy', 'guilty']);
  assert.strictEqual(frames[1].line, 12);
  assert.strictEqual(cause, 'code after an await');
});
