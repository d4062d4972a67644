// SPDX-License-Identifier: MIT
//
// The time to import a graph of real packages (lodash-es, rxjs, date-fns, three, typescript, zod, vue): wall time of a whole
// process, lode and Node 26 in turn, medians and their ratio. Run by the machine's node, like bench/run.js.
//
// usage: node bench/esm_packages.js       BENCH_ROUNDS (15), BENCH_EACH=1: also each package alone, BENCH_ONLY=lode,node26
'use strict';

const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { fetched, findRuntimes } = require('./runtimes');

const rounds = Number(process.env.BENCH_ROUNDS || 15);
const packages = ['lodash-es@4.17.21', 'rxjs@7.8.2', 'date-fns@4.1.0', 'three@0.170.0', 'typescript@5.9.3', 'zod@4.1.12', 'vue@3.5.22'];
const goal = 0.8;

function median(values) {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function sample(command, cwd) {
  const start = process.hrtime.bigint();
  const run = spawnSync(command[0], command.slice(1), { cwd, encoding: 'utf8' });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (run.status !== 0) throw new Error(`${command.join(' ')} failed\n${run.stderr}`);
  return time;
}

// Every runtime once in each round, so that a slow moment of the machine hits all of them.
function measure(runtimes, file, cwd) {
  const times = new Map(runtimes.map((runtime) => [runtime.id, []]));
  for (let round = -1; round < rounds; round++) {
    for (const runtime of runtimes) {
      const time = sample([runtime.command('')[0], file], cwd);
      if (round >= 0) times.get(runtime.id).push(time); // the first reads the files from disk
    }
  }
  return new Map([...times].map(([id, list]) => [id, median(list)]));
}

function report(name, medians) {
  const parts = [...medians].map(([id, time]) => `${id} ${time.toFixed(1)} ms`);
  const ratio = medians.has('node26') && medians.has('lode') ? medians.get('lode') / medians.get('node26') : NaN;
  console.log(`${name.padEnd(14)} ${parts.join(', ')}: ${ratio.toFixed(2)} times Node 26`);
  return ratio;
}

function main() {
  process.env.BENCH_ONLY ??= 'lode,node26';
  const folder = fetched('esm_packages', packages, 'node_modules/vue/package.json');
  if (folder === null) process.exit(1);
  const runtimes = findRuntimes();
  const program = path.join(folder, 'esm_packages.mjs');
  fs.copyFileSync(path.join(__dirname, 'programs', 'esm_packages.mjs'), program);
  const ratio = report('all packages', measure(runtimes, program, folder));
  console.log(`goal: at most ${goal}: ${ratio <= goal ? 'reached' : 'missed'}`);
  if (!process.env.BENCH_EACH) return;
  const single = path.join(folder, 'single.mjs');
  for (const name of ['nothing', ...packages.map((spec) => spec.replace(/@[\d.]+$/, ''))]) {
    fs.writeFileSync(single, name === 'nothing' ? 'export {}' : `import * as all from '${name}'; if (Object.keys(all).length < 1) throw 1;\n`);
    report(name, measure(runtimes, single, folder));
  }
}
main();
