// SPDX-License-Identifier: MIT
//
// The primary: forks workers, listens in their stead, deals accepted connections out in turn (or shares the
// listening handle), and watches them come and go.
//
// Protocol: the workers' requests are IPC messages { cmd: 'NODE_CLUSTER', act, seq, ... }; an answer carries `ack`.

'use strict';

const EventEmitter = require('events');

const SCHED_NONE = 1;
const SCHED_RR = 2;
const SCHED_REUSEPORT = 3; // lode's own

const cluster = new EventEmitter();
module.exports = cluster;

cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
Object.defineProperty(cluster, 'Worker', { configurable: true, enumerable: true, get: () => require('cluster/base').Worker });
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;
cluster.SCHED_REUSEPORT = SCHED_REUSEPORT;
cluster.schedulingPolicy = { none: SCHED_NONE, rr: SCHED_RR, reuseport: SCHED_REUSEPORT }[process.env.NODE_CLUSTER_SCHED_POLICY] ?? SCHED_RR;

// The machinery is loaded by the first use: nearly every program only reads isPrimary.
function machinery() {
  return require('cluster/forking');
}
cluster.setupPrimary = cluster.setupMaster = function(options) { machinery().setupPrimary(options); };
cluster.fork = function(env) { return machinery().fork(env); };
cluster.disconnect = function(callback) { machinery().disconnect(callback); };
