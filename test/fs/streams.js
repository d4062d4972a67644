// SPDX-License-Identifier: MIT
//
// Streams read ranges, write at positions, share a FileHandle, and close what they opened.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pipeline } = require('stream/promises');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true }));
const file = path.join(dir, 'file');
const copy = path.join(dir, 'copy');

async function text(stream) {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}

(async () => {
  fs.writeFileSync(file, '0123456789');
  assert.strictEqual(await text(fs.createReadStream(file, { start: 2, end: 5 })), '2345');
  const big = Buffer.alloc(1 << 20, 'abc');
  fs.writeFileSync(file, big);
  await pipeline(fs.createReadStream(file), fs.createWriteStream(copy));
  assert.ok(fs.readFileSync(copy).equals(big));

  const writer = fs.createWriteStream(copy, { flags: 'r+', start: 3 });
  writer.end('XYZ');
  await new Promise((resolve) => writer.on('close', resolve));
  assert.strictEqual(writer.bytesWritten, 3);
  assert.strictEqual(fs.readFileSync(copy, 'latin1').slice(0, 9), 'abcXYZabc');

  const handle = await fs.promises.open(file);
  const { bytesRead } = await handle.read(Buffer.alloc(3));
  assert.strictEqual(bytesRead, 3);
  assert.strictEqual((await text(handle.createReadStream())).length, big.length - 3);
  await handle.close();
  assert.strictEqual(handle.fd, -1);
  await assert.rejects(handle.stat(), { code: 'EBADF' });
  await assert.rejects(text(fs.createReadStream(path.join(dir, 'nope'))), { code: 'ENOENT' });
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
