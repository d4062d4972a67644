// SPDX-License-Identifier: MIT
//
// What contexts of node:vm cost: making one, running a script, and reaching globals from code inside (built-ins; names that live
// on the contextified object). CPU time, the best of some rounds. Run it under any runtime:
//   lode bench/micro/vm.js
'use strict';

const vm = require('vm');

const ROUNDS = 5;
const TIMES = 100_000;

// Nanoseconds of CPU for each of `times` calls, in the least disturbed round.
function cost(times, fn) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) fn();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) * 1000 / times);
  }
  return best;
}

function show(name, nanoseconds) {
  const text = nanoseconds < 1000 ? `${nanoseconds.toFixed(1)} ns` : `${(nanoseconds / 1000).toFixed(1)} us`;
  console.log(name.padEnd(32), text);
}

const context = vm.createContext({ v: 1, f(a) { return a; } });
vm.runInContext('function g(a) { return a }', context);
const script = new vm.Script('v + 1');

show('createContext', cost(100, () => vm.createContext({})));
show('runInNewContext', cost(100, () => vm.runInNewContext('var a = 1; function f() { return a } f()', { x: 1 })));
show('runInContext', cost(5000, () => vm.runInContext('v + 1', context)));
show('script.runInContext', cost(20_000, () => script.runInContext(context)));

const bodies = {
  'a built-in: Math.floor(i)': 's += Math.floor(i)',
  'a read: v': 's += v',
  'a write: v = i': 'v = i',
  'a call: f(i)': 's += f(i)',
  'a call of its own: g(i)': 's += g(i)',
};
for (const [name, body] of Object.entries(bodies)) {
  const loop = new vm.Script(`(function () { let s = 0; for (let i = 0; i < ${TIMES}; i++) { ${body} } return s })()`);
  show(name, cost(5, () => loop.runInContext(context)) / TIMES);
}
