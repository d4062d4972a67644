// SPDX-License-Identifier: MIT
//
// Busy workers that are more than their processors yield to each other (SCHED_BATCH); what they start does not, and with one left it is over.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const cluster = require('cluster');
const fs = require('fs');
const http = require('http');

const OTHER = 0, BATCH = 3;

// The field "policy" of /proc/self/stat, the 41st; what follows the name in parentheses begins with the third.
function policyIn(stat) {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38]);
}
function policy() {
  return policyIn(fs.readFileSync(`/proc/${process.pid}/stat`, 'latin1'));
}

if (process.argv[2] !== 'cluster') {
  const [cpu] = /Cpus_allowed_list:\s*(\d+)/.exec(fs.readFileSync('/proc/self/status', 'latin1')).slice(1);
  const { status, stderr } = spawnSync('taskset', ['-c', cpu, process.execPath, __filename, 'cluster'], { encoding: 'utf8' });
  assert.strictEqual(status, 0, stderr);
} else if (cluster.isPrimary) {
  primary();
} else {
  worker();
}

function primary() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
  let port;
  let listening = 0;
  let clients = 50;
  let asked = 0;
  const seen = new Set();
  const ask = () => http.get({ port, agent, host: '127.0.0.1' }, (res) => res.resume().on('end', () => {
    if (seen.size < 2 && asked++ < 40000) ask();
    else if (--clients === 0) leaveOne();
  }));
  const leaveOne = () => {
    agent.destroy();
    cluster.workers[1].disconnect();
  };
  cluster.on('listening', (worker, address) => {
    port = address.port;
    if (++listening === 2) for (let i = 0; i < clients; i++) ask();
  });
  cluster.on('message', (worker, message) => {
    if (message.yields) {
      assert.strictEqual(message.child, OTHER);
      seen.add(worker.id);
    } else {
      assert.deepStrictEqual([worker.id, message.policy], [2, OTHER]);
      cluster.disconnect();
    }
  });
  cluster.on('exit', (worker, code) => assert.strictEqual(code, 0));
  cluster.on('disconnect', (worker) => { if (worker.id === 1) cluster.workers[2].send('alone'); });
  cluster.fork();
  cluster.fork();
  process.on('exit', () => assert.strictEqual(seen.size, 2));
}

function worker() {
  let told = false;
  const server = http.createServer((req, res) => {
    res.end();
    if (told || policy() !== BATCH) return;
    told = true;
    process.send({ yields: true, child: policyIn(spawnSync('cat', ['/proc/self/stat'], { encoding: 'latin1' }).stdout) });
  });
  server.listen(0, '127.0.0.1');
  process.on('message', () => process.send({ policy: policy() }));
}
