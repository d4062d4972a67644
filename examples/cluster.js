// SPDX-License-Identifier: MIT
//
// A server on all cores that does not stop: a worker that dies is replaced, and SIGHUP replaces all of them, one after the other, without losing a
// request. PORT and WORKERS may be given.
'use strict';

const cluster = require('node:cluster');
const http = require('node:http');
const os = require('node:os');

function primary() {
  const count = Number(process.env.WORKERS) || os.availableParallelism();
  let listening = 0;
  for (let i = 0; i < count; i++) cluster.fork();
  cluster.on('listening', (worker, { port }) => {
    if (++listening === count) console.log(`${count} workers, http://127.0.0.1:${port}`);
  });
  cluster.on('exit', (worker, code, signal) => {
    if (worker.exitedAfterDisconnect) return;
    console.log(`worker ${worker.id} died (${signal ?? code})`);
    cluster.fork();
  });
  process.on('SIGHUP', () => replace(Object.values(cluster.workers)));
  process.on('SIGTERM', () => cluster.disconnect());
}

// The new worker serves before the old one leaves.
function replace([old, ...rest]) {
  if (old === undefined) {
    console.log('all workers are new');
    return;
  }
  cluster.fork().once('listening', () => {
    old.disconnect();
    old.once('exit', () => replace(rest));
  });
}

function worker() {
  http.createServer((request, response) => {
    if (request.url === '/crash') process.exit(1);
    response.setHeader('Connection', 'close'); // a worker that leaves waits for its connections
    response.end(`worker ${cluster.worker.id}\n`);
  }).listen(process.env.PORT || 8080, '127.0.0.1');
}

if (cluster.isPrimary) primary();
else worker();
