// SPDX-License-Identifier: MIT
//
// Out of descriptors on accept: the server neither dies nor spins, drops the connection, and serves again when
// some are free.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { scratch } = require('../helpers/run');

const file = path.join(scratch(), 'server.js');
fs.writeFileSync(file, `
const net = require('net');
const fs = require('fs');
const server = net.createServer((socket) => socket.end('hello'));
function exhaust() {
  const held = [];
  try { for (;;) held.push(fs.openSync('/dev/null')); } catch (error) { console.log(error.code); }
  const before = process.cpuUsage().user;
  setTimeout(() => {
    console.log('spun', process.cpuUsage().user - before > 150000);
    for (const fd of held) fs.closeSync(fd);
    const again = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8');
    again.on('data', (text) => console.log(text));
    again.on('close', () => server.close());
  }, 200);
}
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const client = net.connect(port, '127.0.0.1'); // has its descriptor before the rest are taken
  process.nextTick(() => process.nextTick(exhaust));
  client.on('error', () => {});
});
`);
const result = spawnSync('sh', ['-c', `ulimit -n 64; exec "${process.execPath}" "${file}"`], { encoding: 'utf8', timeout: 20000 });
assert.strictEqual(result.stdout, 'EMFILE\nspun false\nhello\n', result.stderr);
assert.strictEqual(result.status, 0);
