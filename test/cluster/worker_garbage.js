// SPDX-License-Identifier: MIT
//
// A worker that sends the primary nonsense, as requests or as bytes, does not take the primary or another worker down.
'use strict';

const assert = require('assert');
const cluster = require('cluster');
const fs = require('fs');
const net = require('net');

if (cluster.isPrimary) {
  process.on('warning', () => {});
  const mad = cluster.fork({ MAD: '1' });
  const sane = cluster.fork();
  let disconnected = false;
  mad.on('disconnect', () => {
    disconnected = true;
    mad.process.kill('SIGKILL');
  });
  mad.on('exit', () => {
    assert.ok(disconnected);
    sane.send('listen');
  });
  sane.on('listening', ({ port }) => {
    net.connect(port, '127.0.0.1').on('close', () => sane.disconnect()).resume();
  });
  sane.on('exit', (code) => assert.strictEqual(code, 0));
} else if (process.env.MAD) {
  const requests = [
    { act: 'queryServer' }, { act: 'queryServer', port: 'x', addressType: {}, address: 7 }, { act: 'queryServer', port: 99999, addressType: 4 },
    { act: 'queryServer', port: -1, addressType: -1 }, { act: 'queryServer', port: 0, addressType: 4, fd: 'x' },
    { act: 'queryServer', port: 0, addressType: 'udp4', address: 'not an address', index: 0 }, { act: 'close', key: 1 }, { act: 'close' },
    { act: 'listening' }, { act: {} }, { ack: 5 }, { ack: {} }, { act: 'queryServer', port: null, addressType: 4, fd: 9999, index: 1 },
  ];
  for (const [i, request] of requests.entries()) process.send({ cmd: 'NODE_CLUSTER', seq: 100 + i, ...request });
  process.on('disconnect', () => process.exit(0));
  setImmediate(() => fs.writeSync(process.channel.fd, 'this is no message\n'));
} else {
  process.on('message', () => net.createServer((socket) => socket.end()).listen(0, '127.0.0.1'));
}
