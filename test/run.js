// SPDX-License-Identifier: MIT
//
// Runs the JavaScript tests: every .js and .mjs under test/ but this file and those under helpers/, fixtures/ and node/, each in a process of
// its own under the runtime that runs this file. A test passes when it exits with 0; one that prints
// "skip: reason" on a line of its own and exits with 0 counts as skipped. One that takes longer than others says so in a comment on a
// line of its own: "time limit: N seconds".
//
// usage: lode test/run.js [--jobs N] [--only TEXT] [--timeout SECONDS]
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');

const args = process.argv.slice(2);
function option(name, otherwise) {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : args[at + 1];
}
const jobs = +option('--jobs', '2');
const only = option('--only', '');
const timeout = +option('--timeout', '60') * 1000;

function collect(folder, list) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['helpers', 'fixtures', 'node'].includes(entry.name)) collect(file, list);
    } else if (/\.m?js$/.test(entry.name) && file !== __filename && file.includes(only)) {
      list.push(file);
    }
  }
  return list;
}

const files = collect(__dirname, []).sort();
const totals = { passed: 0, failed: 0, skipped: 0 };
let next = 0;
let running = 0;

function finish(file, code, signal, output, started) {
  const name = path.relative(__dirname, file);
  const skip = code === 0 && /^skip: /m.test(output);
  totals[skip ? 'skipped' : code === 0 ? 'passed' : 'failed']++;
  if (code !== 0) {
    console.log(`FAILED ${name} (${signal ?? `exit ${code}`}, ${Date.now() - started} ms)`);
    console.log(output.split('\n').slice(-40).map((line) => `    ${line}`).join('\n'));
  } else if (skip) {
    console.log(`skipped ${name}: ${/^skip: (.*)$/m.exec(output)[1]}`);
  }
}

function limitOf(file) {
  const own = /^\/\/ time limit: (\d+) seconds$/m.exec(fs.readFileSync(file, 'utf8').slice(0, 1000));
  return own === null ? timeout : Math.max(timeout, Number(own[1]) * 1000);
}

function start(file) {
  running++;
  const started = Date.now();
  let output = '';
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitOf(file));
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { output += chunk; });
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    running--;
    finish(file, code, signal, output, started);
    more();
  });
}

function more() {
  while (running < jobs && next < files.length) start(files[next++]);
  if (running > 0 || next < files.length) return;
  console.log(`JavaScript: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  if (process.env.TEST_TOTALS) fs.appendFileSync(process.env.TEST_TOTALS, `${totals.passed} ${totals.failed} ${totals.skipped}\n`);
  process.exitCode = totals.failed === 0 && files.length > 0 ? 0 : 1;
}
more();
