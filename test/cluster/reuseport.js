// SPDX-License-Identifier: MIT
//
// SCHED_REUSEPORT: each worker listens on the shared port with a socket of its own, and the kernel deals connections out; all get one
// port when they ask for port 0, a worker that dies is replaced on it, and a taken port is an error in the worker.
'use strict';

const assert = require('assert');
const cluster = require('cluster');
const net = require('net');

if (cluster.isPrimary) {
  assert.deepStrictEqual([cluster.SCHED_NONE, cluster.SCHED_RR, cluster.SCHED_REUSEPORT], [1, 2, 3]);
  assert.strictEqual(cluster.schedulingPolicy, cluster.SCHED_RR);
  cluster.schedulingPolicy = cluster.SCHED_REUSEPORT;
  const taken = net.createServer().listen(0, '127.0.0.1', () => {
    for (let i = 0; i < 2; i++) cluster.fork({ TAKEN: taken.address().port });
  });
  const ports = new Set();
  let listening = 0;
  let refused = 0;
  cluster.on('message', (worker, code) => {
    assert.strictEqual(code, 'EADDRINUSE');
    refused++;
  });
  cluster.on('listening', (worker, { port }) => {
    ports.add(port);
    listening++;
    if (listening === 2) askAll(port, ['1', '2'], () => Object.values(cluster.workers)[0].process.kill('SIGKILL'));
    else if (listening === 3) askAll(port, ['2', '3'], () => cluster.disconnect(() => taken.close()));
  });
  cluster.on('exit', (worker, code, signal) => {
    if (signal === 'SIGKILL') cluster.fork({ TAKEN: taken.address().port });
    else assert.strictEqual(code, 0);
  });
  process.on('exit', () => {
    assert.strictEqual(ports.size, 1);
    assert.strictEqual(refused, 3);
  });
} else {
  const refused = net.createServer().listen(+process.env.TAKEN, '127.0.0.1', () => assert.fail('the port is taken'));
  refused.on('error', (error) => {
    process.send(error.code);
    const server = net.createServer((socket) => socket.end(`${cluster.worker.id}`)).listen(0, '127.0.0.1', () => {
      assert.ok(server.address().port > 0);
    });
  });
}

// Connects until each of the workers has answered.
function askAll(port, expected, done) {
  const seen = new Set();
  (function ask() {
    let text = '';
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (id) => { text += id; }).on('close', () => {
      assert.ok(expected.includes(text), text);
      seen.add(text);
      if (seen.size === expected.length) done();
      else ask();
    });
  })();
}
