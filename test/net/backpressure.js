// SPDX-License-Identifier: MIT
//
// Ten megabytes through a reader that pauses arrive whole and in order.
'use strict';
const assert = require('assert');
const net = require('net');

const size = 10 * 1024 * 1024;
const data = Buffer.alloc(size);
for (let i = 0; i < size; i += 4) data.writeUInt32LE(i, i);

const server = net.createServer((socket) => socket.end(data)).listen(0, '127.0.0.1', () => {
  const chunks = [];
  const client = net.connect(server.address().port, '127.0.0.1');
  client.on('data', (chunk) => {
    chunks.push(chunk);
    if (chunks.length % 16 !== 0) return;
    client.pause();
    setImmediate(() => client.resume());
  });
  client.on('end', () => {
    assert(Buffer.concat(chunks).equals(data));
    server.close();
  });
});
