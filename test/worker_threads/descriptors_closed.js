// SPDX-License-Identifier: MIT
//
// What a worker's program opened by number is closed with its thread, however that ends, unless trackUnmanagedFds is false.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { Worker } = require('worker_threads');

function open(options, then) {
  const worker = new Worker(`const fd = require('fs').openSync(${JSON.stringify(__filename)});
    require('worker_threads').parentPort.postMessage(fd); setInterval(() => {}, 1e6)`, { eval: true, ...options });
  let fd;
  worker.on('message', (number) => {
    fd = number;
    fs.fstatSync(fd);
    worker.terminate();
  });
  worker.on('exit', () => then(fd));
}

let closed = false;
let kept = false;
open({}, (fd) => {
  assert.throws(() => fs.fstatSync(fd), { code: 'EBADF' });
  closed = true;
  open({ trackUnmanagedFds: false }, (other) => {
    fs.closeSync(other);
    kept = true;
  });
});
process.on('exit', () => assert.ok(closed && kept));
