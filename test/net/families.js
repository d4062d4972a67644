// SPDX-License-Identifier: MIT
//
// A name with two addresses is tried in turn: the first that answers wins, and all attempts are told.
'use strict';
const assert = require('assert');
const net = require('net');

const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const attempts = [];
  const client = net.connect({
    host: 'two.example', port,
    lookup(host, options, callback) {
      assert.strictEqual(options.all, true);
      setImmediate(callback, null, [{ address: '127.0.0.2', family: 4 }, { address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
    },
  });
  client.on('connectionAttempt', (address) => attempts.push(address));
  client.on('connect', () => {
    assert.strictEqual(client.remoteAddress, '127.0.0.1');
    assert.deepStrictEqual(attempts, ['127.0.0.2', '::1', '127.0.0.1']);
  });
  client.resume().on('close', () => server.close());
});
