// SPDX-License-Identifier: MIT
//
// A worker that joins while connections wait gets its answer from the primary and its first connection in one read, and takes each for what it is.
'use strict';

const assert = require('assert');
const cluster = require('cluster');
const net = require('net');

if (cluster.isPrimary) {
  const CLIENTS = 20;
  const seen = new Set();
  let ended = 0;
  let open = true;
  let port;
  const connect = () => {
    let text = '';
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (id) => { text += id; }).on('close', () => {
      seen.add(text);
      if (seen.size === 3) open = false;
      if (open) connect();
      else if (++ended === CLIENTS) cluster.disconnect();
    });
  };
  cluster.on('listening', (worker, address) => {
    port = address.port;
    if (worker.id > 1) return;
    for (let i = 0; i < CLIENTS; i++) connect();
    for (let i = 0; i < 2; i++) cluster.fork();
  });
  cluster.fork();
  cluster.on('exit', (worker, code) => assert.strictEqual(code, 0));
  process.on('exit', () => assert.deepStrictEqual([...seen].sort(), ['1', '2', '3']));
} else {
  const server = net.createServer((socket) => setTimeout(() => socket.end(`${cluster.worker.id}`), 2));
  server.listen(0, '127.0.0.1');
}
