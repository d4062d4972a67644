// SPDX-License-Identifier: MIT
//
// Finds what is to be compared, and fetches from npm what the machine does not have: Node 26 and Bun as binaries,
// Express as a library. Fetched things live in build/bench and stay there between runs. What cannot be had is left
// out, with a note.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const root = path.resolve(__dirname, '..');
const cache = path.join(root, 'build', 'bench');

// npm install into build/bench/<name>; returns the folder, or null.
function fetched(name, specs, expects) {
  const folder = path.join(cache, name);
  if (fs.existsSync(path.join(folder, expects))) return folder;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  console.error(`fetching ${specs.join(' ')} ...`);
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...specs],
                        { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (npm.status === 0 && fs.existsSync(path.join(folder, expects))) return folder;
  console.error(`${name} could not be fetched: left out`);
  return null;
}

function versionOf(binary, args = ['--version']) {
  const run = spawnSync(binary, args, { encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim().split('\n')[0] : null;
}

function fetchedBinary(folder, file) {
  return folder === null ? null : path.join(folder, file);
}

// Each: { id, label, command(program) -> argv, version }. `lode` comes first, the reference for ratios is node26.
function findRuntimes() {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const wanted = process.env.BENCH_ONLY ? process.env.BENCH_ONLY.split(',') : null;
  const wants = (id) => wanted === null || wanted.includes(id);
  const node26 = !wants('node26') ? null : fetchedBinary(
    fetched('node26', [`node-linux-${arch}@26`], `node_modules/node-linux-${arch}/bin/node`),
    `node_modules/node-linux-${arch}/bin/node`);
  const bun = !wants('bun') ? null : fetchedBinary(fetched('bun', ['bun'], 'node_modules/bun/bin/bun.exe'), 'node_modules/bun/bin/bun.exe');
  const candidates = [
    { id: 'lode', name: 'lode', binary: process.env.BENCH_LODE || path.join(root, 'build', 'lode') },
    { id: 'node', name: 'Node', binary: process.env.BENCH_NODE || 'node' },
    { id: 'node26', name: 'Node', binary: node26 },
    { id: 'bun', name: 'Bun', binary: bun },
  ];
  const found = [];
  for (const { id, name, binary } of candidates) {
    if (!wants(id)) continue;
    const version = binary && versionOf(binary);
    if (!version) {
      console.error(`${id}: not here, left out`);
      continue;
    }
    const label = id === 'lode' ? 'lode' : `${name} ${version.replace(/^v/, '').split('.')[0]}`;
    found.push({ id, label, version, command: (program) => [binary, path.join(__dirname, 'programs', program)] });
  }
  const baseline = path.join(cache, 'baseline');
  if (fs.existsSync(baseline) && wants('c')) {
    found.push({ id: 'c', label: 'C on libuv', version: '', command: () => [baseline] });
  }
  return found;
}

function findExpress() {
  return fetched('express', ['express@5'], 'node_modules/express/package.json');
}

module.exports = { root, cache, fetched, findRuntimes, findExpress };
