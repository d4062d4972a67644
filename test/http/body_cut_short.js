// SPDX-License-Identifier: MIT
//
// A body cut short: the server sees 'aborted' with ECONNRESET, the client of a short answer sees 'aborted' too.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');

let seen = 0;
const server = http.createServer((req, res) => {
  if (req.url === '/up') {
    req.on('data', () => {});
    req.on('error', (error) => {
      assert.strictEqual(error.code, 'ECONNRESET');
      assert.strictEqual(req.complete, false);
      seen++;
      down();
    });
  } else {
    res.writeHead(200, { 'Content-Length': 100 });
    res.write('only this');
    setImmediate(() => res.socket.destroy());
  }
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.write('POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc', () => socket.destroy());
  });
});
function down() {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/down' }, (res) => {
    res.resume();
    res.on('error', (error) => {
      assert.strictEqual(error.code, 'ECONNRESET');
      seen++;
      server.close();
    });
  });
}
process.on('exit', () => assert.strictEqual(seen, 2));
