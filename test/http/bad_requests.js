// SPDX-License-Identifier: MIT
//
// Requests that are no requests: 400, headers over the limit: 431, headers that never end: 408; each closes the connection.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end('ok'));
server.headersTimeout = 100;
server.requestTimeout = 200;
// Looked at often, so that the test is quick.
const quick = http.createServer({ connectionsCheckingInterval: 20, headersTimeout: 60, requestTimeout: 100 }, (req, res) => res.end('ok'));

function exchange(port, text) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('end', () => resolve(answer));
    socket.on('error', (error) => (error.code === 'ECONNRESET' ? resolve(answer) : reject(error)));
  });
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  assert.match(await exchange(port, 'GARBAGE\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
  assert.match(await exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n'), /^HTTP\/1\.1 400 /);
  assert.match(await exchange(port, 'GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400 /); // no Host
  assert.match(await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(70000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  assert.match(await exchange(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'), /^HTTP\/1\.1 400 /);
  server.close();
  quick.listen(0, '127.0.0.1', async () => {
    assert.match(await exchange(quick.address().port, 'GET / HTTP/1.1\r\nHost: x\r\nSlow: '), /^HTTP\/1\.1 408 Request Timeout\r\n/);
    quick.close();
  });
});
