// SPDX-License-Identifier: MIT
//
// What async contexts cost: a million awaits, reactions and calls of run(), in nanoseconds each. First without any
// storage, then with one that is not entered, then inside run(). Run it under any runtime:
//   lode bench/micro/async.js
'use strict';

const TIMES = 1000000;
const ROUNDS = 5;

async function awaitValues() {
  for (let i = 0; i < TIMES; i++) await i;
}

async function inner() { return 1; }

async function awaitCalls() {
  for (let i = 0; i < TIMES; i++) await inner();
}

async function awaitInTry() {
  for (let i = 0; i < TIMES; i++) {
    try {
      await i;
    } finally {
      inner.seen = i;
    }
  }
}

function chain() {
  let promise = Promise.resolve();
  for (let i = 0; i < TIMES / 10; i++) promise = promise.then(() => i);
  return promise;
}

const loops = { awaitValues, awaitCalls, awaitInTry, chain };

// The CPU time of the least disturbed of some rounds, per operation.
async function cost(loop) {
  let best = Infinity;
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.cpuUsage();
    await loop();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) * 1000 / (loop === chain ? TIMES / 10 : TIMES));
  }
  return Math.round(best);
}

(async () => {
  const results = [];
  for (const name in loops) results.push([name.padEnd(12), await cost(loops[name])]);
  const { AsyncLocalStorage } = require('async_hooks');
  const storage = new AsyncLocalStorage();
  let at = 0;
  for (const name in loops) results[at++].push(await cost(loops[name]));
  at = 0;
  for (const name in loops) results[at++].push(await storage.run({}, () => cost(loops[name])));
  console.log('ns                   without     beside     inside   inside / without');
  for (const [name, ...ns] of results) {
    console.log(name, ns.map((n) => String(n).padStart(10)).join(' '), (ns[2] / ns[0]).toFixed(2).padStart(10));
  }
  let start = process.cpuUsage();
  for (let i = 0; i < TIMES; i++) storage.run(i, () => storage.getStore());
  start = process.cpuUsage(start);
  console.log('run and get '.padEnd(12), Math.round((start.user + start.system) * 1000 / TIMES));
})();
