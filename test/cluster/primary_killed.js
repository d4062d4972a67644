// SPDX-License-Identifier: MIT
//
// A primary that is killed leaves no worker behind: each ends when its channel closes, whether the primary deals connections out or not.
'use strict';

const assert = require('assert');
const cluster = require('cluster');
const { spawn } = require('child_process');
const net = require('net');

let ended = 0;

if (process.argv[2] === 'primary' && cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  let ready = 0;
  cluster.on('listening', () => { if (++ready === 2) console.log(Object.values(cluster.workers).map((worker) => worker.process.pid).join()); });
} else if (cluster.isWorker) {
  net.createServer().listen(0);
  setInterval(() => {}, 1000);
} else {
  for (const policy of ['rr', 'none', 'reuseport']) killPrimary(policy);
  process.on('exit', () => assert.strictEqual(ended, 3));
}

function killPrimary(policy) {
  const primary = spawn(process.execPath, [__filename, 'primary'], {
    env: { ...process.env, NODE_CLUSTER_SCHED_POLICY: policy }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  primary.stdout.setEncoding('utf8').on('data', (data) => {
    text += data;
    if (text.endsWith('\n')) primary.kill('SIGKILL');
  });
  // The workers hold the other end of this stream: it ends with the last of them.
  primary.stdout.on('end', () => {
    assert.match(text, /^\d+,\d+\n$/);
    ended++;
  });
}
