// SPDX-License-Identifier: MIT
//
// Runs programs under the runtime that runs the test.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

// A folder of the test's own, removed when the test ends.
function scratch() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-test-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// { status, signal, stdout, stderr } of `lode ...args`.
function lode(args, options = {}) {
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20000, ...options });
}

// Writes the text to a file of the given name and runs it.
function program(text, name = 'program.js', args = [], options = {}) {
  const file = path.join(scratch(), name);
  fs.writeFileSync(file, text);
  return { file, ...lode([file, ...args], options) };
}

module.exports = { scratch, lode, program };
