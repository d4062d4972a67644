// SPDX-License-Identifier: MIT
//
// Workers listen on a descriptor that the primary was started with, as under a supervisor that holds the socket.
'use strict';

const assert = require('assert');
const cluster = require('cluster');
const http = require('http');
const net = require('net');
const { spawn } = require('child_process');

if (cluster.isWorker) {
  http.createServer((request, response) => response.end('from the worker')).listen({ fd: 3 });
} else if (process.argv[2] === 'primary') {
  cluster.fork().on('listening', () => process.send('listening'));
  process.on('disconnect', () => cluster.disconnect());
} else {
  const socket = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = socket.address();
    const primary = spawn(process.execPath, [__filename, 'primary'], { stdio: ['ignore', 'inherit', 'inherit', socket._handle, 'ipc'] });
    socket.close();
    let answer = '';
    primary.on('message', () => {
      http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
        response.setEncoding('utf8').on('data', (text) => { answer += text; }).on('end', () => primary.disconnect());
      });
    });
    primary.on('exit', (code) => {
      assert.strictEqual(code, 0);
      assert.strictEqual(answer, 'from the worker');
    });
  });
}
