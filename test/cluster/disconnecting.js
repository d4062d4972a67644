// SPDX-License-Identifier: MIT
//
// A worker that is asked to disconnect leaves cluster.workers at once; asking twice does no harm; cluster.disconnect() calls back when all
// channels are closed.
'use strict';

const assert = require('assert');
const cluster = require('cluster');

if (cluster.isPrimary) {
  const order = [];
  const ids = () => Object.keys(cluster.workers).join();
  const first = cluster.fork();
  cluster.fork();
  let online = 0;
  cluster.on('online', () => {
    if (++online < 2) return;
    first.disconnect();
    assert.strictEqual(ids(), '2');
    first.disconnect();
    cluster.disconnect(() => order.push('callback'));
    assert.strictEqual(ids(), '');
  });
  cluster.on('disconnect', () => order.push('disconnect'));
  cluster.on('exit', (worker, code) => assert.strictEqual(code, 0));
  process.on('exit', () => assert.deepStrictEqual(order, ['disconnect', 'disconnect', 'callback']));
} else {
  process.on('message', () => {}); // stays
}
