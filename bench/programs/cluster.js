// SPDX-License-Identifier: MIT
//
// The HTTP hello-world server in two workers of a cluster.
'use strict';

const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  let listening = 0;
  for (let i = 0; i < 2; i++) cluster.fork();
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 2) console.log(`listening ${port}`);
  });
} else {
  http.createServer((req, res) => {
    res.statusCode = 200;
    res.setHeader('Content-Type', 'text/plain');
    res.end('Hello, World!\n');
  }).listen(0, '127.0.0.1');
}
