// SPDX-License-Identifier: MIT
//
// Connecting where nobody listens is an error that names the address; listening twice on a port is one too.
'use strict';
const assert = require('assert');
const net = require('net');

const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  net.createServer().listen(port, '127.0.0.1').on('error', (error) => {
    assert.strictEqual(error.code, 'EADDRINUSE');
    assert.strictEqual(error.message, `listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    server.close(() => {
      net.connect(port, '127.0.0.1').on('error', (refused) => {
        assert.strictEqual(refused.message, `connect ECONNREFUSED 127.0.0.1:${port}`);
        assert.strictEqual(refused.syscall, 'connect');
      });
    });
  });
});
