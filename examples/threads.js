// SPDX-License-Identifier: MIT
//
// CPU work that does not block the loop: counts primes below a limit on all cores, while the main thread goes on answering. The workers
// take ranges from a counter in shared memory, so none waits for another, and nobody hands out work.
//
//     lode examples/threads.js 5000000
'use strict';

const os = require('node:os');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const RANGE = 50_000;

function countPrimes(from, to) {
  let count = 0;
  for (let n = Math.max(from, 2); n < to; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n && isPrime; d++) isPrime = n % d !== 0;
    if (isPrime) count++;
  }
  return count;
}

function work({ counter, limit }) {
  const next = new Int32Array(counter);
  let count = 0;
  for (;;) {
    const from = Atomics.add(next, 0, RANGE);
    if (from >= limit) break;
    count += countPrimes(from, Math.min(from + RANGE, limit));
  }
  parentPort.postMessage(count);
}

async function main() {
  const limit = Number(process.argv[2] ?? 2_000_000);
  const counter = new SharedArrayBuffer(4);
  const started = process.hrtime.bigint();
  let beats = 0;
  const heart = setInterval(() => { beats++; }, 5);
  const counts = await Promise.all(Array.from({ length: os.availableParallelism() }, () => new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: { counter, limit } });
    worker.once('message', resolve);
    worker.once('error', reject);
  })));
  clearInterval(heart);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const ms = Number((process.hrtime.bigint() - started) / 1_000_000n);
  console.log(`${total} primes below ${limit}, in ${ms} ms on ${counts.length} threads; meanwhile the main thread did ${beats} other things`);
}

if (isMainThread) main();
else work(workerData);
