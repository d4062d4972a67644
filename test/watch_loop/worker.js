// SPDX-License-Identifier: MIT
//
// A worker's loop is watched by itself: by the option, which it inherits, and by its own process.watchLoop(). The main thread's goes on.
'use strict';

const assert = require('assert');
const { Worker, isMainThread, parentPort } = require('worker_threads');
const { lode } = require('../helpers/run');

function spin() {
  const until = performance.now() + 150;
  while (performance.now() < until);
}

function watchedWorker() {
  process.on('loopBlocked', ({ stacks, cause }) => {
    parentPort.postMessage({ name: stacks[0].frames[0].functionName, cause });
    watch.stop();
    parentPort.close();
  });
  const watch = process.watchLoop({ threshold: 100, print: false });
  parentPort.once('message', spin);
  parentPort.postMessage('ready');
}

function main() {
  const reports = [];
  process.on('loopBlocked', (report) => reports.push(report));
  const watch = process.watchLoop({ threshold: 5000, print: false });
  const worker = new Worker(__filename);
  worker.once('message', () => {
    worker.postMessage('go');
    worker.once('message', (answer) => assert.deepStrictEqual(answer, { name: 'spin', cause: 'a message' }));
    worker.once('exit', (code) => {
      assert.strictEqual(code, 0);
      assert.deepStrictEqual(reports, []);
      watch.stop();
    });
  });

  const program = `const until = performance.now() + 150; while (performance.now() < until); process.exit(4)`;
  const { stderr } = lode(['--watch-loop=100', '-e', `new worker_threads.Worker(${JSON.stringify(program)}, { eval: true })`]);
  assert.match(stderr, /^lode: The event loop of worker 1 was blocked for \d+ ms/m);
}

if (isMainThread) main();
else watchedWorker();
