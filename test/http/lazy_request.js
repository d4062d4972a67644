// SPDX-License-Identifier: MIT
//
// What a request builds on demand looks as if it had always been there: headers, stream state, events, also through
// a replaced prototype and after the answer.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');

const app = Object.create(http.IncomingMessage.prototype, { extra: { value: 'yes' } });
let kept;
const server = http.createServer((req, res) => {
  Object.setPrototypeOf(req, app);
  assert.strictEqual(req.extra, 'yes');
  assert.strictEqual(req.headers.host, 'x');
  assert.deepStrictEqual(req.headers['set-cookie'], ['a', 'b']);
  assert.strictEqual(req.headers['x-twice'], '1, 2');
  assert.deepStrictEqual(req.headersDistinct['x-twice'], ['1', '2']);
  assert.strictEqual(req.rawHeaders.length, 10);
  assert.strictEqual(req.url, '/path');
  assert.strictEqual(req.readableEnded, false);
  kept = req;
  let closed = false;
  req.on('close', () => { closed = true; });
  req.on('end', () => {
    assert.strictEqual(req.complete, true);
    res.end();
  });
  res.on('close', () => {
    setImmediate(() => {
      assert.strictEqual(closed, true);
      assert.strictEqual(req.destroyed, true);
      assert.strictEqual(kept.headers.host, 'x');
      server.close();
    });
  });
  req.resume();
});

server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write(Buffer.from('GET /path HTTP/1.1\r\nHost: x\r\nSet-Cookie: a\r\nX-Twice: 1\r\nset-cookie: b\r\n' +
    'x-twice: 2 \r\n\r\n', 'latin1'));
  socket.once('data', () => socket.end());
  socket.resume();
});
