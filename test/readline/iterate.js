// SPDX-License-Identifier: MIT
//
// `for await` gives every line of a file, pauses the stream when it is slow, and throws what the stream fails with.
'use strict';

const assert = require('assert');
const fs = require('fs');
const readline = require('readline');
const { Readable } = require('stream');

async function main() {
  const own = fs.readFileSync(__filename, 'utf8');
  const lines = [];
  for await (const line of readline.createInterface({ input: fs.createReadStream(__filename), crlfDelay: Infinity })) lines.push(line);
  assert.strictEqual(`${lines.join('\n')}\n`, own);

  const many = Readable.from(['x\n'.repeat(3000)]);
  let paused = false;
  let count = 0;
  for await (const line of readline.createInterface({ input: many })) {
    assert.strictEqual(line, 'x');
    paused ||= many.isPaused();
    count++;
  }
  assert.deepStrictEqual([count, paused], [3000, true]);

  const missing = readline.createInterface({ input: fs.createReadStream('/no/such/file') });
  await assert.rejects(async () => { for await (const line of missing) assert.fail(line); }, { code: 'ENOENT' });
}
main();
