// SPDX-License-Identifier: MIT
//
// What `--watch-loop` costs: lode bench/watch_loop.js [connections] [pairs]. Within one process, so that nothing else differs, the hello server is
// measured with the watch on and off in turns; wrk runs on another core. Reported is the median of on / off over the pairs.
'use strict';

const http = require('http');
const { spawn } = require('child_process');

const connections = process.argv[2] ?? '50';
const pairs = Number(process.argv[3] ?? 50);
const WARM_UP = 4000;
const WINDOW = 400; // milliseconds

let requests = 0;
const server = http.createServer((req, res) => {
  requests++;
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/plain');
  res.end('Hello, World!\n');
});

function cpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function sample() {
  const before = requests;
  const used = cpu();
  await pause(WINDOW);
  return (cpu() - used) / (requests - before);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

// The engine's profiler is made, and its thread runs, once a turn was late: as in a program that is watched for long.
async function blockOnce() {
  const watch = process.watchLoop({ print: false });
  await pause(1);
  const until = performance.now() + 100;
  while (performance.now() < until);
  await pause(1);
  watch.stop();
}

server.listen(0, '127.0.0.1', async () => {
  const load = spawn('taskset', ['-c', '1', 'wrk', '-t1', `-c${connections}`, '-d600s', `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' });
  await blockOnce();
  await pause(WARM_UP);
  const on = [];
  const off = [];
  const ratios = [];
  for (let i = 0; i < pairs; i++) {
    off.push(await sample());
    const watch = process.watchLoop();
    on.push(await sample());
    watch.stop();
    ratios.push(on[i] / off[i]);
  }
  ratios.sort((a, b) => a - b);
  console.log(`CPU per request: ${median(off).toFixed(2)} us off, ${median(on).toFixed(2)} us on; ` +
    `on / off ${median(ratios).toFixed(3)} (quartiles ${ratios[pairs >> 2].toFixed(3)} to ${ratios[(3 * pairs) >> 2].toFixed(3)})`);
  load.kill();
  process.exit();
});
