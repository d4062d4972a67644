// SPDX-License-Identifier: MIT
//
// A port that travels between threads while its other end is posting loses nothing and keeps the order.
'use strict';

const assert = require('assert');
const { Worker, MessageChannel } = require('worker_threads');

const MESSAGES = 2000;
const relay = `
  const { parentPort } = require('worker_threads');
  parentPort.once('message', ({ port }) => {
    let count = 0;
    port.on('message', function take(n) {
      if (++count % 50 === 0) {
        port.off('message', take);
        parentPort.postMessage({ port, last: n }, [port]);
        parentPort.once('message', (next) => {
          port = next.port;
          port.on('message', take);
        });
      }
      parentPort.postMessage(n);
    });
  });`;
const workers = [0, 1].map(() => new Worker(relay, { eval: true }));
const { port1, port2 } = new MessageChannel();
const seen = [];
workers.forEach((worker, i) => worker.on('message', (message) => {
  if (typeof message === 'object') workers[1 - i].postMessage({ port: message.port }, [message.port]);
  else if (seen.push(message) === MESSAGES) workers.forEach((one) => one.terminate());
}));
workers[0].postMessage({ port: port2 }, [port2]);
let next = 0;
(function some() {
  for (let i = 0; i < 20 && next < MESSAGES; i++) port1.postMessage(next++);
  if (next < MESSAGES) setImmediate(some);
})();
process.on('exit', () => {
  assert.strictEqual(seen.length, MESSAGES);
  assert.deepStrictEqual(seen.toSorted((a, b) => a - b), Array.from({ length: MESSAGES }, (_, i) => i));
});
