// SPDX-License-Identifier: MIT
//
// Datagrams keep their bounds, empty ones too, and tell where they came from.
'use strict';
const assert = require('assert');
const dgram = require('dgram');

const got = [];
const server = dgram.createSocket('udp4', (message, from) => {
  got.push(String(message));
  assert.strictEqual(from.port, client.address().port);
  if (got.length < 3) return;
  assert.deepStrictEqual(got.sort(), ['', 'ab', 'c']);
  server.close();
  client.close();
});
const client = dgram.createSocket('udp4');
server.bind(0, '127.0.0.1', () => {
  const { port } = server.address();
  client.send(['a', Buffer.from('b')], port, '127.0.0.1');
  client.send('', port, '127.0.0.1');
  client.send(Buffer.from('xcx'), 1, 1, port, '127.0.0.1', (error, bytes) => {
    assert.ifError(error);
    assert.strictEqual(bytes, 1);
  });
});
