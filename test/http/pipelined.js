// SPDX-License-Identifier: MIT
//
// Pipelined requests are answered in their order, whatever the order in which the program answers, and a raw write of
// the program's keeps its place among them.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');

const waiting = [];
const server = http.createServer((req, res) => {
  if (req.url === '/raw') {
    res.end('raw');
    req.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nextra');
    return;
  }
  waiting.push(() => res.end(`answer ${req.url}`));
  if (waiting.length === 3) while (waiting.length) waiting.pop()();
});

function bodies(text) {
  return text.split('\r\n\r\n').slice(1).map((part) => part.split('HTTP/1.1')[0]);
}

function send(urls, expected, next) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    text += chunk;
    if (bodies(text).length === expected.length && text.endsWith(expected.at(-1))) socket.end();
  });
  socket.on('close', () => {
    assert.deepStrictEqual(bodies(text), expected);
    next();
  });
  socket.write(urls.map((url) => `GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
}

server.listen(0, '127.0.0.1', () => {
  send(['/1', '/2', '/3'], ['answer /1', 'answer /2', 'answer /3'], () => {
    send(['/raw'], ['raw', 'extra'], () => server.close());
  });
});
