// SPDX-License-Identifier: MIT
//
// Two hundred children, many of which fail in assorted ways, leave no descriptor open.
// time limit: 120 seconds
'use strict';

const assert = require('assert');
const { execFile, fork, spawn, spawnSync } = require('child_process');
const fs = require('fs');

const open = () => fs.readdirSync('/proc/self/fd').length;
if (!fs.existsSync('/proc/self/fd')) {
  console.log('skip: there is no /proc');
  process.exit(0);
}

const closed = (child) => new Promise((resolve) => {
  child.on('error', () => child.pid === undefined && resolve());
  child.on('close', resolve);
});
const kinds = [
  () => closed(spawn('true')),
  () => closed(spawn('true', { stdio: ['pipe', 'inherit', 'ignore', 'pipe', 'pipe'] })),
  () => closed(spawn('/missing')),
  () => closed(spawn('/missing', { stdio: ['pipe', 'pipe', 'pipe', 'ipc', 'pipe'] })),
  () => closed(spawn('true', { cwd: '/missing' })),
  () => closed(fork('/missing.js', { execPath: '/missing' })),
  () => closed(spawn('true', { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })),
  () => new Promise((resolve) => { execFile('yes', { maxBuffer: 10 }, resolve); }),
  () => new Promise((resolve) => { execFile('sleep', ['60'], { timeout: 1 }, resolve); }),
  () => new Promise((resolve) => { execFile('sleep', ['60'], { signal: AbortSignal.abort() }, resolve); }),
  async () => { spawnSync('yes', { maxBuffer: 10 }); },
  async () => { spawnSync('/missing', { input: 'x' }); },
  async () => { assert.throws(() => spawn('true', { stdio: ['pipe', 'ipc', 'ipc'] }), { code: 'ERR_IPC_ONE_PIPE' }); },
  async () => { assert.throws(() => spawn('true', { stdio: ['pipe', {}] }), { code: 'ERR_INVALID_ARG_VALUE' }); },
  async () => { assert.throws(() => spawn('true', { stdio: ['pipe', 'pipe', 9999] }), { code: 'EBADF' }); },
];

// Handles that were closed are gone.
async function settle() {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
}

async function main() {
  for (const kind of kinds) await kind(); // what opens once stays: the loop's own
  await settle();
  const before = open();
  for (let i = 0; i < 200; i += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, k) => kinds[(i + k) % kinds.length]()));
  }
  await settle();
  assert.strictEqual(open(), before);
}

main();
