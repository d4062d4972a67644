// SPDX-License-Identifier: MIT
//
// A worker that throws, one that exits and one that is killed are told apart, and their successors serve the same port.
'use strict';

const assert = require('assert');
const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  const ends = [];
  let served = 0;
  cluster.setupPrimary({ silent: true }); // what the one that throws says is expected
  cluster.fork();
  cluster.on('listening', (worker, { port }) => {
    const way = ['throw', 'exit', 'SIGKILL', 'done'][ends.length];
    http.get({ port, host: '127.0.0.1', path: `/${way}`, agent: false }, (response) => {
      served++;
      response.resume();
      if (way === 'SIGKILL') worker.process.kill(way);
      if (way === 'done') cluster.disconnect();
    });
  });
  cluster.on('exit', (worker, code, signal) => {
    assert.ok(worker.isDead());
    ends.push([worker.id, code, signal, worker.exitedAfterDisconnect]);
    if (ends.length < 4) cluster.fork();
  });
  process.on('exit', () => {
    assert.strictEqual(served, 4);
    assert.deepStrictEqual(ends, [[1, 1, null, false], [2, 9, null, false], [3, null, 'SIGKILL', false], [4, 0, null, true]]);
  });
} else {
  http.createServer((request, response) => {
    response.end(() => {
      if (request.url === '/throw') setImmediate(() => { throw new Error('expected'); });
      if (request.url === '/exit') setImmediate(() => process.exit(9));
    });
  }).listen(0, '127.0.0.1');
}
