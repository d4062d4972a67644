// SPDX-License-Identifier: MIT
//
// Stacks name the author's lines and columns, although the text before them was rewritten for await.
'use strict';

const assert = require('assert');

const columnOf = (error) => +/rewritten_places\.js:\d+:(\d+)/.exec(error.stack)[1];

async function later() { await null; await 1; return new Error('here'); }
async function guarded() { try { await null; await Promise.reject(1); } catch { await 2; return new Error('here'); } }

(async () => {
  assert.strictEqual(columnOf(await later()), later.toString().indexOf('new Error') + 1);
  assert.strictEqual(columnOf(await guarded()), guarded.toString().indexOf('new Error') + 1);
  const line = require('fs').readFileSync(__filename, 'utf8').split('\n').find((text) => text.includes('two ' + 'errors'));
  const one = new Error('first'); await null; const two = new Error('second'); // two errors
  assert.strictEqual(columnOf(one), line.indexOf('new Error') + 1);
  assert.strictEqual(columnOf(two), line.lastIndexOf('new Error') + 1);
})();
