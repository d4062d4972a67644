// SPDX-License-Identifier: MIT
//
// How long a program of many small modules takes to load: lode beside Node 26, in turn, so that a slow minute of the machine
// hits both. Run it with the machine's node:
//
//     node bench/esm_graph.js [modules] [rounds]      BENCH_LODE, BENCH_ONLY=lode,node26 as for `make bench`
//
// The graph is a binary tree whose modules import bindings, export a function, a constant and a class, and run a little.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { findRuntimes } = require('./runtimes');

const count = +process.argv[2] || 2000;
const rounds = +process.argv[3] || 9;

function moduleText(i) {
  const children = [2 * i + 1, 2 * i + 2].filter((child) => child < count);
  const imports = children.map((c) => `import { value as value${c}, add as add${c} } from './m${c}.js';\n`).join('');
  const sum = children.map((c) => `value${c}`).join(' + ') || '1';
  return `${imports}const local = { name: 'm${i}', list: [1, 2, 3] };
export function add(a, b) { return a + b${children.map((c) => ` + add${c}(0, 0)`).join('')}; }
export const value = ${sum} + local.list.length;
export default class Thing${i} { get name() { return local.name; } }
`;
}

function makeGraph(folder) {
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  for (let i = 0; i < count; i++) fs.writeFileSync(path.join(folder, `m${i}.js`), moduleText(i));
  fs.writeFileSync(path.join(folder, 'main.js'), 'import { value } from \'./m0.js\';\nconsole.log(value);\n');
}

function sample(binary, file) {
  const started = process.hrtime.bigint();
  const { status, stdout } = spawnSync(binary, [file], { encoding: 'utf8' });
  if (status !== 0 || !(+stdout > count)) throw new Error(`${binary} ended with ${status}: ${stdout}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

function median(values) {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-bench-'));
try {
  makeGraph(folder);
  const file = path.join(folder, 'main.js');
  const runtimes = findRuntimes().filter(({ id }) => id !== 'c').map(({ id, label, command }) => ({ id, label, binary: command('')[0] }));
  const samples = new Map(runtimes.map(({ id }) => [id, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { id, binary } of runtimes) {
      const time = sample(binary, file);
      if (round > 0) samples.get(id).push(time); // the first warms the file cache
    }
  }
  const reference = samples.has('node26') ? median(samples.get('node26')) : 0;
  for (const { id, label } of runtimes) {
    const time = median(samples.get(id));
    console.log(`${label.padEnd(10)} ${time.toFixed(0).padStart(6)} ms${reference ? `   ${(time / reference).toFixed(2)} of Node 26` : ''}`);
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
