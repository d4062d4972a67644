// SPDX-License-Identifier: MIT
//
// Worker threads beside Node 26's: start-up, memory of an idle worker, messages, a pool that hashes files. In every round each runtime is
// measured once, in turning order; reported are medians. BENCH_ROUNDS (3).
'use strict';

const path = require('path');
const { spawnSync } = require('child_process');
const { fetched, findRuntimes } = require('./runtimes');

const rounds = Number(process.env.BENCH_ROUNDS || 3);

// [measure, what it is called, the field, how often it is bigger than the unit that is shown, goal]
const rows = [
  ['start', 'Worker start-up, to its first message, ms', 'ms', 1, 0.7],
  ['start', 'A worker from start to end, CPU, ms', 'cpu', 1],
  ['memory', 'Memory of an idle worker, MiB', 'kib', 1024, 0.7],
  ['messages', '100,000 messages of 1 KB to the main thread, ms', 'toMain', 1, 1],
  ['messages', 'the same, CPU of both threads, ms', 'toMainCpu', 1],
  ['messages', '100,000 messages of 1 KB to a worker, ms', 'toWorker', 1, 1],
  ['messages', 'the same, CPU of both threads, ms', 'toWorkerCpu', 1],
  ['pool', 'piscina: 20,000 files of 16 KB hashed by two threads, ms', 'ms', 1],
  ['pool', 'the same, CPU of all threads, ms', 'cpu', 1],
];

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function measure(runtime, what, env) {
  const [command, ...args] = runtime.command('threads.js');
  const run = spawnSync(command, [...args, what], { encoding: 'utf8', env: { ...process.env, ...env } });
  if (run.status !== 0) throw new Error(`${runtime.label}, ${what}: ${run.stderr}`);
  if (run.stdout === '') throw new Error(`${runtime.label}, ${what}: said nothing`);
  return JSON.parse(run.stdout);
}

const runtimes = findRuntimes().filter(({ id }) => id === 'lode' || id === 'node26');
const piscina = fetched('piscina', ['piscina@5.3.2'], 'node_modules/piscina/package.json');
const wanted = ['start', 'memory', 'messages', ...(piscina === null ? [] : ['pool'])];
const env = piscina === null ? {} : { PISCINA: path.join(piscina, 'node_modules', 'piscina') };
const samples = new Map(runtimes.map(({ id }) => [id, {}]));

for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < runtimes.length; i++) {
    const runtime = runtimes[(i + round) % runtimes.length];
    for (const what of wanted) (samples.get(runtime.id)[what] ??= []).push(measure(runtime, what, env));
  }
}

console.log(`| | ${runtimes.map(({ label }) => label).join(' | ')} | ratio |`);
console.log(`|---|${runtimes.map(() => '---:').join('|')}|---:|`);
for (const [what, title, field, unit, goal] of rows) {
  if (!wanted.includes(what)) continue;
  const values = runtimes.map(({ id }) => median(samples.get(id)[what].map((sample) => sample[field] / unit)));
  const ratio = values.length < 2 ? '' : (values[0] / values[1]).toFixed(2) + (goal === undefined ? '' : ` (goal ${goal})`);
  console.log(`| ${title} | ${values.map((value) => value.toFixed(1)).join(' | ')} | ${ratio} |`);
}
