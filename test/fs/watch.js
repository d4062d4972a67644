// SPDX-License-Identifier: MIT
//
// A watcher tells of changes, also of those in directories that are made while it watches.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true }));

const seen = new Set();
const watcher = fs.watch(dir, { recursive: true, ignore: '*.log' }, (eventType, name) => {
  seen.add(name);
  assert.ok(eventType === 'rename' || eventType === 'change');
  if (name === 'sub/file') watcher.close();
});
watcher.on('close', () => {
  assert.ok(seen.has('sub') && !seen.has('sub/noise.log'));
});
fs.mkdirSync(path.join(dir, 'sub'));
fs.writeFileSync(path.join(dir, 'sub/noise.log'), '');
fs.writeFileSync(path.join(dir, 'sub/file'), '');

(async () => {
  const other = fs.mkdtempSync(path.join(dir, 'x'));
  setImmediate(() => fs.writeFileSync(path.join(other, 'y'), ''));
  for await (const { filename } of fs.promises.watch(other)) {
    assert.strictEqual(filename, 'y');
    break;
  }
})();
