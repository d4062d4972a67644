// SPDX-License-Identifier: MIT
//
// fs.watchFile tells of a file that is not there, though nobody uses async_hooks.
'use strict';

const assert = require('assert');
const fs = require('fs');

const file = `${__dirname}/no-such-file`;
let told = 0;
fs.watchFile(file, { interval: 10 }, (now, before) => {
  told++;
  assert.strictEqual(now.ino, 0);
  assert.strictEqual(before.ino, 0);
  fs.unwatchFile(file);
});
process.on('exit', () => assert.strictEqual(told, 1));
