// SPDX-License-Identifier: MIT
//
// A server answers 200 requests at once, each in a context of its own; a client that uses connections again gets its
// answers in the context of the request and not in that of the connection.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();
const REQUESTS = 200;
let answered = 0;

const server = http.createServer((req, res) => {
  storage.run({ id: req.url }, async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    await null;
    res.end(storage.getStore().id);
    res.on('finish', () => assert.strictEqual(storage.getStore().id, req.url));
  });
});
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

server.listen(0, () => {
  const { port } = server.address();
  for (let i = 0; i < REQUESTS; i++) {
    storage.run(i, () => http.get({ port, agent, path: `/${i}` }, (res) => {
      assert.strictEqual(storage.getStore(), i);
      res.setEncoding('utf8').on('data', (text) => {
        assert.strictEqual(text, `/${i}`);
        assert.strictEqual(storage.getStore(), i);
      });
      res.on('end', () => {
        assert.strictEqual(storage.getStore(), i);
        if (++answered < REQUESTS) return;
        server.close();
        agent.destroy();
      });
    }));
  }
});
process.on('exit', () => assert.strictEqual(answered, REQUESTS));
