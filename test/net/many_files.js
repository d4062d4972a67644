// SPDX-License-Identifier: MIT
//
// A server that runs out of descriptors neither crashes nor spins: it goes on serving afterwards.
'use strict';
const assert = require('assert');
const { spawnSync } = require('child_process');

const program = `
  const net = require('net');
  const open = [];
  const server = net.createServer((socket) => { socket.on('error', () => {}); socket.resume(); }).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    for (let i = 0; i < 60; i++) open.push(net.connect(port, '127.0.0.1').on('error', () => {}));
    setTimeout(() => {
      const cpu = process.cpuUsage();
      setTimeout(() => {
        const used = process.cpuUsage(cpu);
        if (used.user + used.system > 150000) throw new Error('spinning');
        for (const socket of open) socket.destroy();
        setTimeout(() => net.connect(port, '127.0.0.1', () => process.exit(0)), 20);
      }, 200);
    }, 100);
  });
`;
const result = spawnSync('/bin/sh', ['-c', 'ulimit -n 64; exec "$0" -e "$1"', process.execPath, program], { timeout: 10000, encoding: 'utf8' });
assert.strictEqual(result.stderr, '');
assert.strictEqual(result.status, 0);
