// SPDX-License-Identifier: MIT
//
// Unix domain sockets: by path, and by a name in the abstract namespace.
'use strict';
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-net-'));
const names = [path.join(directory, 'socket'), `\0lode-test-${process.pid}`];
let done = 0;
for (const name of names) {
  const server = net.createServer((socket) => socket.end('hi')).listen(name, () => {
    assert.strictEqual(server.address(), name);
    net.connect(name).on('data', (chunk) => assert.strictEqual(String(chunk), 'hi')).on('close', () => {
      done++;
      server.close();
    });
  });
}
process.on('exit', () => {
  fs.rmSync(directory, { recursive: true });
  assert.strictEqual(done, 2);
});
