// SPDX-License-Identifier: MIT
//
// Many workers started and terminated at random moments: all end, and no descriptor and no thread is left. With LODE_STRESS
// set, for that many seconds.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { Worker } = require('worker_threads');

const seconds = Number(process.env.LODE_STRESS ?? 0);
const until = Date.now() + seconds * 1000;
const AT_ONCE = 8;
const MOST = seconds > 0 ? Infinity : 32;

const programs = [
  'for (;;);',
  'setInterval(() => {}, 10)',
  'const { parentPort } = require("worker_threads"); parentPort.on("message", (m) => parentPort.postMessage(m))',
  'process.exit(3)',
  'throw new Error("expected")',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  'console.log("x".repeat(1000))',
  '(function f() { f(); })()',
  'require("fs").readFile(process.execPath, () => {}); require("crypto").randomBytes(100, () => {})',
  '(function f() { Promise.resolve().then(f); })()',
  'require("http").createServer(() => {}).listen(0)',
  'const { port1, port2 } = new MessageChannel(); port2.on("message", () => {}); setInterval(() => port1.postMessage({ a: [1] }), 1)',
  'new (require("worker_threads").Worker)("setInterval(() => {}, 1000)", { eval: true })',
];

let seed = 20250;
function random(below) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 8) % below;
}

const count = (folder) => fs.readdirSync(folder).length;
let started = 0;
let ended = 0;

function start(ready) {
  const number = started++;
  const worker = new Worker(programs[number % programs.length], { eval: true, stdout: true });
  worker.on('error', () => {});
  worker.postMessage({ number });
  const timer = setTimeout(() => worker.terminate(), random(60));
  worker.on('exit', () => {
    clearTimeout(timer);
    ended++;
    if (started < MOST && (seconds === 0 || Date.now() < until)) start(ready);
    else if (ended === started) ready();
  });
}

// A first worker makes what the process keeps: the engine's helpers, the pool of libuv.
const first = new Worker(programs[8], { eval: true });
first.on('exit', () => {
  const descriptors = count('/proc/self/fd');
  const threads = count('/proc/self/task');
  const allEnded = () => {
    assert.strictEqual(ended, started);
    assert.ok(count('/proc/self/fd') <= descriptors + 2, `descriptors: ${descriptors}, then ${count('/proc/self/fd')}`);
    // Threads that the engine shares come and go; those of the workers would be many.
    assert.ok(count('/proc/self/task') <= threads + 8, `threads: ${threads}, then ${count('/proc/self/task')}`);
    if (seconds > 0) console.log(`${ended} workers, ${count('/proc/self/fd')} descriptors, ${process.memoryUsage.rss() >> 20} MiB`);
  };
  for (let i = 0; i < AT_ONCE; i++) start(allEnded);
});
process.on('exit', () => assert.ok(started > AT_ONCE && ended === started));
