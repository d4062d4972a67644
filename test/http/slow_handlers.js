// SPDX-License-Identifier: MIT
//
// Of connections that are readable in the same turn, those that were answered have their answers before a slow handler is done with the
// next one, once handlers have been seen to be slow.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');
const { Worker, isMainThread, workerData } = require('worker_threads');

const CONNECTIONS = 20;
const BEFORE = 7; // so many answers come before the handler that waits for them
const SENT = 0; // the client has written all requests of a round
const GOT = 1; // it has got so many answers of the last round

if (isMainThread) serve();
else ask().then(() => process.exit());

function serve() {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  let counted = 0;
  let waited;
  const server = http.createServer((req, res) => {
    if (req.url === '/hold') Atomics.wait(shared, SENT, 0, 10000);
    if (req.url === '/slow') for (const end = performance.now() + 20; performance.now() < end;);
    if (req.url === '/count' && counted++ === BEFORE) waited = Atomics.wait(shared, GOT, 0, 5000);
    res.end('.');
  });
  server.listen(0, '127.0.0.1', () => {
    const worker = new Worker(__filename, { workerData: { port: server.address().port, shared } });
    worker.on('exit', () => {
      assert.strictEqual(counted, CONNECTIONS);
      assert.notStrictEqual(waited, 'timed-out');
      server.close();
    });
  });
}

// ---- The client's thread ----

function exchange(socket, path) {
  return new Promise((resolve) => {
    socket.once('data', resolve);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  });
}

async function round(holder, sockets, pathOf, onAnswer) {
  const { shared } = workerData;
  Atomics.store(shared, SENT, 0);
  const held = exchange(holder, '/hold');
  const answers = sockets.map((socket, i) => exchange(socket, pathOf(i)).then(onAnswer));
  await new Promise(setImmediate); // all are written
  Atomics.store(shared, SENT, 1);
  Atomics.notify(shared, SENT);
  await Promise.all([held, ...answers]);
}

async function ask() {
  const { port, shared } = workerData;
  const [holder, ...sockets] = await Promise.all(Array.from({ length: CONNECTIONS + 1 }, () => new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
  })));
  for (let i = 0; i < 3; i++) await round(holder, sockets, () => '/fast');
  await round(holder, sockets, (i) => (i === 5 ? '/slow' : '/fast'));
  let got = 0;
  await round(holder, sockets, () => '/count', () => {
    if (++got !== BEFORE) return;
    Atomics.store(shared, GOT, 1);
    Atomics.notify(shared, GOT);
  });
}
