// SPDX-License-Identifier: MIT
//
// Measuring one server or one start: the program runs on one core, the load generator and this script on the other.
// CPU time and memory come from the kernel's own accounting of the server process (all of its threads).
'use strict';

const fs = require('fs');
const { spawn, spawnSync } = require('child_process');

const SERVER_CORE = process.env.BENCH_SERVER_CORE || '0';
const LOAD_CORE = process.env.BENCH_LOAD_CORE || '1';
const TICKS = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;

// User and system time of a process and its running children, in microseconds.
function cpuMicroseconds(pid) {
  let total = ownMicroseconds(pid);
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const child of children.trim().split(' ')) if (child !== '') total += ownMicroseconds(child);
  return total;
}

// The name in parentheses may hold spaces: count from its end.
function ownMicroseconds(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * (1e6 / TICKS);
}

// { VmRSS, VmHWM } in KiB
function memory(pid) {
  const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)[1]);
  return { rss: read('VmRSS'), peak: read('VmHWM') };
}

// Runs a program that measures itself and says "each MILLISECONDS".
function sampleEach(command) {
  const result = spawnSync(command[0], command.slice(1), { encoding: 'utf8', timeout: 120000 });
  const match = /^each ([\d.]+)$/m.exec(result.stdout);
  if (match === null) throw new Error(`${command.join(' ')} ended (${result.status ?? result.signal})\n${result.stderr}`);
  return Number(match[1]);
}

// Starts a server and resolves with { pid, port, stop } once it says "listening PORT".
function startServer(command, env, core = SERVER_CORE) {
  return new Promise((resolve, reject) => {
    const child = spawn('taskset', ['-c', core, ...command],
                        { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), 10000);
    const ended = new Promise((done) => child.on('exit', done));
    ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`${command.join(' ')} ended (${code})\n${errors}`));
    });
    child.stderr.on('data', (data) => { errors += data; });
    child.stdout.on('data', (data) => {
      output += data;
      const match = /listening (\d+)/.exec(output);
      if (!match) return;
      clearTimeout(timer);
      const stop = () => {
        child.kill('SIGKILL');
        return ended;
      };
      resolve({ pid: child.pid, port: Number(match[1]), stop });
    });
  });
}

function run(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => { output += data; });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`${command[0]} ended with ${code}`))));
  });
}

async function load(port, seconds, connections) {
  const output = await run(['taskset', '-c', LOAD_CORE, 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`,
    `http://127.0.0.1:${port}/`]);
  const failed = /Socket errors|Non-2xx/.test(output);
  if (failed) console.error(output);
  return { requests: Number(/(\d+) requests in/.exec(output)[1]), perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]) };
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// One sample of a server: CPU per request in microseconds, requests per second, memory in MiB.
// Compilers of JavaScript work while a program runs: warm means so many requests, however long that takes here.
async function warmUp(port, { warmup, warmRequests, connections }) {
  let seen = 0;
  for (let second = 0; second < 15 && (second < warmup || seen < warmRequests); second++) {
    seen += (await load(port, 1, connections)).requests;
  }
}

async function sampleServer(command, { env, core, seconds, connections, ...warming }) {
  const server = await startServer(command, env, core);
  try {
    await pause(100);
    const { rss } = memory(server.pid);
    await warmUp(server.port, { connections, ...warming });
    const before = cpuMicroseconds(server.pid);
    const { requests, perSecond } = await load(server.port, seconds, connections);
    const used = cpuMicroseconds(server.pid) - before;
    const busy = 100 * (used / requests) * perSecond / 1e6;
    return { cpu: used / requests, perSecond, busy, rss: rss / 1024, peak: memory(server.pid).peak / 1024 };
  } finally {
    await server.stop();
  }
}

// Wall-clock time in milliseconds of running an empty file. Not through taskset: its own start would count as well.
function sampleStart(command) {
  const start = process.hrtime.bigint();
  const result = spawnSync(command[0], command.slice(1), { stdio: 'ignore' });
  if (result.status !== 0) throw new Error(`${command.join(' ')} ended with ${result.status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

// Memory in MiB of a program that does nothing and stays.
async function sampleIdle(command) {
  const server = await startServer(command, {});
  try {
    await pause(150);
    return memory(server.pid).rss / 1024;
  } finally {
    await server.stop();
  }
}

module.exports = { sampleEach, sampleServer, sampleStart, sampleIdle, BOTH_CORES: `${SERVER_CORE},${LOAD_CORE}` };
