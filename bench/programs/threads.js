// SPDX-License-Identifier: MIT
//
// What worker threads cost, measured from inside: threads.js start | memory | messages | pool. Prints one line of JSON. `pool` needs PISCINA,
// the path of the package.
'use strict';

const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

const text = 'x'.repeat(1024);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function once(worker, event) {
  return new Promise((resolve) => worker.once(event, resolve));
}

// ---- In a worker ----

const roles = {
  start() { parentPort.postMessage('here'); },
  idle() {
    parentPort.on('message', () => process.exit());
    parentPort.postMessage('here');
  },
  send() {
    parentPort.on('message', (count) => {
      for (let i = 0; i < count; i++) parentPort.postMessage({ id: i, text });
    });
  },
  receive() {
    let left = 0;
    parentPort.on('message', (message) => {
      if (typeof message === 'number') left = message;
      else if (--left === 0) parentPort.postMessage('done');
    });
  },
};

// ---- In the main thread ----

// From `new Worker` until its first message arrives, and the CPU time of that, to its end.
async function start() {
  const times = [];
  const before = cpu();
  const count = 20;
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    const worker = new Worker(__filename, { workerData: 'start' });
    const ended = once(worker, 'exit');
    await once(worker, 'message');
    times.push(performance.now() - began);
    await ended;
  }
  return { ms: median(times), cpu: (cpu() - before) / count };
}

async function memory() {
  const { rss } = process.memoryUsage;
  const idle = async () => {
    const worker = new Worker(__filename, { workerData: 'idle' });
    await once(worker, 'message');
    return worker;
  };
  const workers = [await idle()]; // what the first one loads is there for all
  const count = 10;
  const before = rss();
  for (let i = 0; i < count; i++) workers.push(await idle());
  await new Promise((done) => setTimeout(done, 300));
  const each = (rss() - before) / count / 1024;
  for (const worker of workers) worker.postMessage('end');
  return { kib: each };
}

// 100,000 messages of 1 KB, each way; the best of five rounds, since compilers warm up.
async function messages() {
  const count = 100000;
  const sender = new Worker(__filename, { workerData: 'send' });
  const receiver = new Worker(__filename, { workerData: 'receive' });
  const result = { toMain: Infinity, toMainCpu: Infinity, toWorker: Infinity, toWorkerCpu: Infinity };
  for (let round = 0; round < 5; round++) {
    let began = performance.now();
    let used = cpu();
    await new Promise((done) => {
      let left = count;
      const on = () => {
        if (--left > 0) return;
        sender.off('message', on);
        done();
      };
      sender.on('message', on);
      sender.postMessage(count);
    });
    result.toMain = Math.min(result.toMain, performance.now() - began);
    result.toMainCpu = Math.min(result.toMainCpu, cpu() - used);
    began = performance.now();
    used = cpu();
    receiver.postMessage(count);
    for (let i = 0; i < count; i++) receiver.postMessage({ id: i, text });
    await once(receiver, 'message');
    result.toWorker = Math.min(result.toWorker, performance.now() - began);
    result.toWorkerCpu = Math.min(result.toWorkerCpu, cpu() - used);
  }
  await Promise.all([sender.terminate(), receiver.terminate()]);
  return result;
}

// Two threads hash 20,000 files of 16 KB, warm.
async function pool() {
  const fs = require('fs');
  const path = require('path');
  const { Piscina } = require(process.env.PISCINA);
  const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'lode-bench-'));
  const files = Array.from({ length: 100 }, (_, i) => path.join(folder, `${i}`));
  files.forEach((file, i) => fs.writeFileSync(file, Buffer.alloc(16384, i)));
  const hashers = new Piscina({ filename: path.join(__dirname, 'hash_file.js'), minThreads: 2, maxThreads: 2 });
  const hashAll = (count) => Promise.all(Array.from({ length: count }, (_, i) => hashers.run(files[i % files.length])));
  for (let i = 0; i < 10; i++) await hashAll(2000);
  const began = performance.now();
  const used = cpu();
  for (let i = 0; i < 10; i++) await hashAll(2000);
  const result = { ms: performance.now() - began, cpu: cpu() - used };
  await hashers.destroy();
  fs.rmSync(folder, { recursive: true });
  return result;
}

if (isMainThread) ({ start, memory, messages, pool })[process.argv[2]]().then((result) => console.log(JSON.stringify(result)));
else roles[workerData]();
