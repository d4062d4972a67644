// SPDX-License-Identifier: MIT
//
// A program runs in a working directory that was removed: as a file, preloaded, evaluated, as a module.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { scratch } = require('../helpers/run');

const folder = scratch();
const file = path.join(folder, 'program.js');
fs.writeFileSync(file, 'console.log("ran");\n');

for (const args of [[file], ['-r', file, '-e', '0'], ['-e', 'console.log("ran")'], ['--input-type=module', '-e', 'console.log("ran")']]) {
  const script = 'mkdir gone; cd gone; rmdir ../gone; exec "$@"';
  const { stdout, stderr, status } = spawnSync('sh', ['-c', script, 'sh', process.execPath, ...args], { cwd: folder, encoding: 'utf8' });
  assert.deepStrictEqual({ stdout, stderr, status }, { stdout: 'ran\n', stderr: '', status: 0 }, args.join(' '));
}
