// SPDX-License-Identifier: MIT
//
// Messages of the engine's, which quote the code, quote the author's.
'use strict';

const assert = require('assert');
const { inspect } = require('util');

async function messageOf(fn) {
  try {
    await fn();
  } catch (error) {
    return inspect(error).split('\n')[0];
  }
  return undefined;
}

(async () => {
  assert.match(await messageOf(async () => (await null).foo), /evaluating '\(await null\)\.foo'/);
  assert.match(await messageOf(async () => (await (await undefined)).bar()), /evaluating '\(await \(await undefined\)\)\.bar'/);
  assert.strictEqual(await messageOf(async () => { for await (const x of 5) assert.fail(x); }), 'TypeError: 5 is not async iterable');
})();
