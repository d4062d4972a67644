// SPDX-License-Identifier: MIT
//
// An answer that was given before process.exit(), or before the socket was destroyed, reaches the client.
'use strict';

const assert = require('assert');
const http = require('http');
const { spawn } = require('child_process');

if (process.argv[2] === 'server') {
  const server = http.createServer((req, res) => {
    res.end('last words');
    process.exit();
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
} else {
  const child = spawn(process.execPath, [__filename, 'server']);
  child.stdout.once('data', (port) => ask(+port, 'last words', destroyed));
}

function ask(port, expected, next) {
  http.get({ port, host: '127.0.0.1', agent: false }, (res) => {
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', () => {
      assert.strictEqual(text, expected);
      next();
    });
  });
}

function destroyed() {
  const server = http.createServer((req, res) => {
    res.end('gone');
    req.socket.destroy();
  });
  server.listen(0, '127.0.0.1', () => ask(server.address().port, 'gone', () => server.close()));
}
