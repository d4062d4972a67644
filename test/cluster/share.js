// SPDX-License-Identifier: MIT
//
// Two workers share a port: the primary deals connections out in turn, and both leave when asked.
'use strict';
const assert = require('assert');
const cluster = require('cluster');
const net = require('net');

if (cluster.isPrimary) {
  const seen = new Set();
  let listening = 0;
  let exits = 0;
  const ask = (port) => net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (id) => {
    seen.add(id);
    if (seen.size === 2) cluster.disconnect();
    else ask(port);
  });
  for (let i = 0; i < 2; i++) cluster.fork();
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 2) ask(port);
  });
  cluster.on('exit', (worker, code) => {
    assert.strictEqual(code, 0);
    assert.strictEqual(worker.exitedAfterDisconnect, true);
    exits++;
  });
  process.on('exit', () => {
    assert.strictEqual(exits, 2);
    assert.deepStrictEqual([...seen].sort(), ['1', '2']);
  });
} else {
  net.createServer((socket) => socket.end(String(cluster.worker.id))).listen(0, '127.0.0.1');
}
