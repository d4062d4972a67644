// SPDX-License-Identifier: MIT
//
// A client's bytes come back, both sides end and close, and the counters agree.
'use strict';
const assert = require('assert');
const net = require('net');

let closed = 0;
const server = net.createServer((socket) => {
  socket.on('data', (chunk) => socket.write(chunk));
  socket.on('end', () => socket.end());
  socket.on('close', (hadError) => {
    assert.strictEqual(hadError, false);
    closed++;
  });
}).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  let text = '';
  client.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
  client.end('hello \u20ac');
  client.on('close', () => {
    assert.strictEqual(text, 'hello \u20ac');
    assert.strictEqual(client.bytesRead, 9);
    assert.strictEqual(client.bytesWritten, 9);
    server.close(() => { closed++; });
  });
});
process.on('exit', () => assert.strictEqual(closed, 2));
