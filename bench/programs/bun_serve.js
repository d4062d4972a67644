// SPDX-License-Identifier: MIT
//
// Bun's own server interface, for comparison: not the one that Node programs use.
const server = Bun.serve({ // eslint-disable-line no-undef
  port: 0,
  hostname: '127.0.0.1',
  fetch: () => new Response('Hello, World!\n', { headers: { 'content-type': 'text/plain' } }),
});
console.log(`listening ${server.port}`);
