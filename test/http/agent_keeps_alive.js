// SPDX-License-Identifier: MIT
//
// An agent with keepAlive uses one connection for requests in a row, and one with maxSockets queues.
'use strict';

const assert = require('assert');
const http = require('http');

const sockets = new Set();
const server = http.createServer((req, res) => {
  sockets.add(req.socket);
  req.resume().on('end', () => res.end(req.url));
});

function ask(agent, path, body) {
  return new Promise((resolve, reject) => {
    const req = http.request({ port: server.address().port, host: '127.0.0.1', agent, path, method: body ? 'POST' : 'GET' }, (res) => {
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', () => resolve([text, req.reusedSocket]));
    });
    req.on('error', reject);
    req.end(body);
  });
}

server.listen(0, '127.0.0.1', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  assert.deepStrictEqual(await ask(agent, '/1'), ['/1', false]);
  assert.deepStrictEqual(await ask(agent, '/2', 'body'), ['/2', true]);
  const all = await Promise.all(['/3', '/4', '/5'].map((path) => ask(agent, path)));
  assert.deepStrictEqual(all.map((pair) => pair[0]), ['/3', '/4', '/5']);
  assert.strictEqual(sockets.size, 1);
  agent.destroy();
  server.close();
});
