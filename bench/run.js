// SPDX-License-Identifier: MIT
//
// The benchmark: `make bench`. Runs under the machine's node, so that what is measured does not measure itself.
//
// In every round each runtime is measured once, in turning order, so that a slow minute of the machine hits all of
// them; reported are medians. Environment: BENCH_ROUNDS (3), BENCH_SECONDS (2) per sample, after at
// least BENCH_WARMUP (2) seconds and BENCH_WARM_REQUESTS (40000) requests,
// BENCH_STARTS (10), BENCH_CONNECTIONS (50), BENCH_ONLY=lode,node,node26,bun,c, BENCH_LODE, BENCH_NODE; BENCH_PARTS=starts,servers,processes
// for some of it.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { root, cache, findRuntimes, findExpress } = require('./runtimes');
const { sampleEach, sampleServer, sampleStart, sampleIdle, BOTH_CORES } = require('./measure');
const { table, targets } = require('./report');
const { chart } = require('./chart');

const number = (name, otherwise) => Number(process.env[name] || otherwise);
const settings = {
  rounds: number('BENCH_ROUNDS', 3),
  seconds: number('BENCH_SECONDS', 2),
  warmup: number('BENCH_WARMUP', 2),
  warmRequests: number('BENCH_WARM_REQUESTS', 40000),
  starts: number('BENCH_STARTS', 10),
  connections: number('BENCH_CONNECTIONS', 50),
};

function median(values) {
  const sorted = values.slice().sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// samples[runtime id][measure] = [numbers]
const samples = {};

function note(id, measure, value) {
  samples[id] ??= {};
  (samples[id][measure] ??= []).push(value);
}

function noteServer(id, prefix, sample) {
  for (const key of Object.keys(sample)) note(id, `${prefix}.${key}`, sample[key]);
}

// A runtime that cannot run a program is left out of that measure, loudly.
async function attempt(what, action) {
  try {
    await action();
  } catch (error) {
    console.error(`${what}: ${error.message}`);
  }
}

function turned(list, by) {
  return list.map((_, i) => list[(i + by) % list.length]);
}

// Not of the plain C server, and not of Bun, whose workers do not share ports everywhere.
async function measureProcesses(runtimes) {
  const nodes = runtimes.filter(({ id }) => id !== 'c' && id !== 'bun');
  for (let round = 0; round < settings.rounds; round++) {
    for (const runtime of turned(nodes, round)) {
      for (const name of ['spawn', 'fork']) {
        await attempt(`${runtime.label}, ${name}`, async () => note(runtime.id, name, sampleEach(runtime.command(`${name}.js`))));
      }
      // On one core for what a request costs; on two, which the load shares, for what a second core brings.
      // Each worker compiles for itself, so it gets as many requests to warm up as a single process.
      for (const [name, program, workers, core] of [['cluster', 'cluster.js', 2], ['one', 'http.js', 1], ['two', 'cluster.js', 2, BOTH_CORES]]) {
        await attempt(`${runtime.label}, ${name}`, async () => {
          const warmRequests = settings.warmRequests * workers;
          noteServer(runtime.id, name, await sampleServer(runtime.command(program), { env: {}, core, ...settings, warmRequests }));
        });
      }
      const { one, two } = Object.fromEntries(['one', 'two'].map((name) => [name, samples[runtime.id]?.[`${name}.perSecond`]?.at(-1)]));
      if (one && two) note(runtime.id, 'scaling', two / one);
      process.stderr.write(`round ${round + 1}: ${runtime.label}, processes\n`);
    }
  }
}

function jobsOf(runtime, express) {
  const jobs = [{ name: 'http', program: 'http.js', env: {} }];
  if (express && runtime.id !== 'c') jobs.push({ name: 'express', program: 'express.js', env: { EXPRESS: express } });
  if (runtime.id === 'bun') jobs.push({ name: 'serve', program: 'bun_serve.js', env: {} });
  return jobs;
}

async function measureServers(runtimes, express) {
  for (let round = 0; round < settings.rounds; round++) {
    for (const runtime of turned(runtimes, round)) {
      for (const { name, program, env } of jobsOf(runtime, express)) {
        await attempt(`${runtime.label}, ${name}`, async () => {
          const sample = await sampleServer(runtime.command(program), { env, ...settings });
          noteServer(runtime.id, name, sample);
          process.stderr.write(`round ${round + 1}: ${runtime.label}, ${name}: ${sample.cpu.toFixed(1)} us\n`);
        });
      }
    }
  }
}

async function measureStarts(runtimes) {
  const scripts = runtimes.filter((runtime) => runtime.id !== 'c');
  for (let round = 0; round < settings.starts + 1; round++) {
    for (const runtime of turned(scripts, round)) {
      await attempt(`${runtime.label}, start`, async () => {
        const time = sampleStart(runtime.command('empty.js'));
        if (round > 0) note(runtime.id, 'start', time); // the first reads the binary from disk
        if (round > 0 && round <= 3) note(runtime.id, 'idle', await sampleIdle(runtime.command('idle.js')));
      });
    }
  }
}

function summarize(runtimes) {
  return runtimes.map(({ id, label, version }) => {
    const medians = {};
    for (const measure of Object.keys(samples[id] || {})) medians[measure] = median(samples[id][measure]);
    return { id, label, version, medians, samples: samples[id] || {} };
  });
}

async function main() {
  if (os.cpus().length < 2) console.error('one core only: server and load generator will share it');
  const runtimes = findRuntimes();
  const parts = process.env.BENCH_PARTS ? process.env.BENCH_PARTS.split(',') : ['starts', 'servers', 'processes'];
  if (parts.includes('starts')) await measureStarts(runtimes);
  if (parts.includes('servers')) await measureServers(runtimes, findExpress());
  if (parts.includes('processes')) await measureProcesses(runtimes);
  const results = {
    date: new Date().toISOString(),
    machine: `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores`,
    settings,
    runtimes: summarize(runtimes),
  };
  fs.writeFileSync(path.join(cache, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  fs.writeFileSync(path.join(cache, 'results.svg'), chart(results));
  console.log(table(results));
  console.log(targets(results));
  console.log(`written: ${path.relative(root, path.join(cache, 'results.json'))}, results.svg`);
}

main();
