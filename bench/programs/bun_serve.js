// SPDX-License-Identifier: MIT
//
// Bun's own server interface, for comparison: not the one that Node programs use.
/* global Bun */
'use strict';

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: () => new Response('Hello, World!\n', { headers: { 'content-type': 'text/plain' } }),
});
console.log(`listening ${server.port}`);
