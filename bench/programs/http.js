// SPDX-License-Identifier: MIT
//
// The HTTP hello-world server, as the documentation of `http` has it.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/plain');
  res.end('Hello, World!\n');
});

server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
