// SPDX-License-Identifier: MIT
//
// A port in use is an EADDRINUSE error event with the address; without a listener it ends the process.
'use strict';

const assert = require('assert');
const http = require('http');
const { program } = require('../helpers/run');

const first = http.createServer().listen(0, '127.0.0.1', () => {
  const { port } = first.address();
  const second = http.createServer();
  second.on('error', (error) => {
    assert.deepStrictEqual([error.code, error.syscall, error.address, error.port, error.errno], ['EADDRINUSE', 'listen', '127.0.0.1', port, -98]);
    assert.strictEqual(error.message, `listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    const result = program(`require('http').createServer().listen(${port}, '127.0.0.1')`);
    assert.strictEqual(result.status, 1);
    assert.match(result.stderr, /EADDRINUSE/);
    first.close();
  });
  second.listen(port, '127.0.0.1');
});
