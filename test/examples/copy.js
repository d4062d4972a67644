// SPDX-License-Identifier: MIT
//
// The file-copy pipeline: the copy is equal, the progress line ends at 100 %, and failures end with a status.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { example, run } = require('../helpers/program');

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-copy-'));
  try {
    const from = path.join(folder, 'from');
    const to = path.join(folder, 'to');
    const bytes = Buffer.alloc(300000, 'some bytes, not a multiple of the chunk size');
    fs.writeFileSync(from, bytes);

    const good = await run(example('copy.js'), [from, to]);
    assert.strictEqual(good.stderr, '');
    assert.match(good.stdout, /^(\r\d+% of 300000 bytes)+\ncopied\n$/);
    assert.ok(good.stdout.includes('\r100% of 300000 bytes\n'));
    assert.strictEqual(good.code, 0);
    assert.ok(fs.readFileSync(to).equals(bytes));

    const missing = await run(example('copy.js'), [path.join(folder, 'nothing'), to]);
    assert.match(missing.stderr, /^cannot copy: ENOENT: no such file or directory, stat '.*nothing'\n$/);
    assert.strictEqual(missing.code, 1);

    const usage = await run(example('copy.js'));
    assert.strictEqual(usage.stderr, 'usage: lode examples/copy.js FROM TO\n');
    assert.strictEqual(usage.code, 2);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main();
