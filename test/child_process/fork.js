// SPDX-License-Identifier: MIT
//
// A forked child answers messages, receives a socket, and ends when the channel is disconnected.
'use strict';
const assert = require('assert');
const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    if (socket) socket.end('from the child');
    else process.send({ echo: message });
  });
} else {
  const child = fork(__filename, ['child']);
  const seen = [];
  child.on('message', (message) => {
    seen.push(message);
    const server = net.createServer((socket) => child.send('take it', socket)).listen(0, '127.0.0.1', () => {
      let text = '';
      net.connect(server.address().port, '127.0.0.1').on('data', (chunk) => { text += chunk; }).on('close', () => {
        assert.strictEqual(text, 'from the child');
        server.close();
        child.disconnect();
      });
    });
  });
  child.send({ n: 1, text: 'line\nbreak \u20ac' });
  child.on('exit', (code) => {
    assert.strictEqual(code, 0);
    assert.deepStrictEqual(seen, [{ echo: { n: 1, text: 'line\nbreak \u20ac' } }]);
  });
}
