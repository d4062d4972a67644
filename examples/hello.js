// SPDX-License-Identifier: MIT
//
// The first program everyone runs: an HTTP server that says hello. Stop it with Ctrl-C.
'use strict';

const http = require('node:http');

const hostname = '127.0.0.1';
const port = process.env.PORT === undefined ? 3000 : Number(process.env.PORT);

const server = http.createServer((req, res) => {
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/plain');
  res.end('Hello, World!\n');
});

server.listen(port, hostname, () => {
  console.log(`Server running at http://${hostname}:${server.address().port}/`);
});
