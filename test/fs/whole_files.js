// SPDX-License-Identifier: MIT
//
// Whole files come back as they were written: every form, encoding and size, by path and by descriptor.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true }));
const file = path.join(dir, 'file');

const texts = ['', 'plain', 'h\u00e9llo \u4e2d\u6587 \u{1f600}', 'x'.repeat(70000), '\u00e9'.repeat(300000)];
for (const text of texts) {
  fs.writeFileSync(file, text);
  assert.strictEqual(fs.readFileSync(file, 'utf8'), text);
  assert.deepStrictEqual(fs.readFileSync(file), Buffer.from(text));
  const fd = fs.openSync(file);
  assert.strictEqual(fs.readFileSync(fd, 'utf8'), text);
  fs.closeSync(fd);
}
fs.writeFileSync(file, '6869', 'hex');
assert.strictEqual(fs.readFileSync(file, 'latin1'), 'hi');
fs.appendFileSync(file, '!');
assert.strictEqual(fs.readFileSync(file, { encoding: 'base64' }), 'aGkh');
assert.match(fs.readFileSync('/proc/self/status', 'utf8'), /^Name:/); // says that it is empty

(async () => {
  const { readFile, writeFile } = fs.promises;
  const big = Buffer.alloc(3 << 20, 'lode'); // read and written in chunks
  await writeFile(file, big);
  assert.ok((await readFile(file)).equals(big));
  assert.strictEqual((await readFile(file, 'latin1')).length, big.length);
  await writeFile(file, ['a', 'b', Buffer.from('c')]);
  assert.strictEqual(await readFile(file, 'utf8'), 'abc');
  await assert.rejects(readFile(dir), { code: 'EISDIR', syscall: 'read' });
  await assert.rejects(readFile(path.join(dir, 'nope')), { code: 'ENOENT', syscall: 'open' });
  await assert.rejects(readFile(file, { signal: AbortSignal.abort() }), { name: 'AbortError' });
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
