// SPDX-License-Identifier: MIT
//
// The primary at work: settings, forking, the workers' lives, and their requests to listen.

'use strict';

const path = require('path');
const { availableParallelism } = require('os');
const { fork: forkProcess } = require('child_process');
const { codes } = require('internal/errors');
const { validatePort } = require('internal/validators');
const cluster = require('cluster/primary');
const { Worker, listen, sendMessage } = require('cluster/base');
const { ReservedPort, RoundRobin, SharedHandle, takeBack } = require('cluster/handles');

const UV_EINVAL = -22;

const handles = new Map(); // key -> RoundRobin | SharedHandle
let ids = 0;
let initialized = false;
const connected = new Set(); // workers whose channel is open
let disconnectCallbacks = [];
let crowded = false; // more workers than processors

function setupPrimary(options) {
  const settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false, ...cluster.settings,
                     ...options };
  cluster.settings = settings;
  if (settings.inspectPort !== undefined && typeof settings.inspectPort !== 'function') validatePort(settings.inspectPort);
  if (initialized) {
    process.nextTick(emitSetup, settings);
    return;
  }
  initialized = true;
  const { schedulingPolicy } = cluster;
  if (schedulingPolicy !== cluster.SCHED_NONE && schedulingPolicy !== cluster.SCHED_RR && schedulingPolicy !== cluster.SCHED_REUSEPORT) {
    throw new codes.ERR_INVALID_ARG_VALUE('cluster.schedulingPolicy', schedulingPolicy);
  }
  process.nextTick(emitSetup, settings);
}

function emitSetup(settings) {
  cluster.emit('setup', settings);
}

function fork(env) {
  setupPrimary();
  const id = ++ids;
  const worker = new Worker({ id, process: startProcess(id, env) });
  worker.on('message', function(message, handle) { cluster.emit('message', this, message, handle); });
  worker.process.once('exit', (code, signal) => onExit(worker, code, signal));
  worker.process.once('disconnect', () => onDisconnect(worker));
  worker.process.on('internalMessage', listen(worker, onMessage));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[worker.id] = worker;
  connected.add(worker);
  if (crowded) tellCrowded(worker);
  else noteCrowd();
  return worker;
}

function startProcess(id, env) {
  const { settings } = cluster;
  const { cwd, serialization, silent, windowsHide, stdio, gid, uid } = settings;
  return forkProcess(settings.exec, settings.args, {
    cwd, env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` }, serialization, silent, windowsHide,
    execArgv: settings.execArgv, stdio, gid, uid,
  });
}

function onExit(worker, code, signal) {
  if (!worker.isConnected()) {
    removeHandles(worker);
    removeWorker(worker);
  }
  worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
  worker.state = 'dead';
  worker.emit('exit', code, signal);
  cluster.emit('exit', worker, code, signal);
}

function onDisconnect(worker) {
  removeHandles(worker);
  takeBack(worker);
  if (worker.isDead()) removeWorker(worker);
  worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
  worker.state = 'disconnected';
  worker.emit('disconnect');
  cluster.emit('disconnect', worker);
  connected.delete(worker);
  noteCrowd();
  if (connected.size === 0) callDisconnected();
}

// Where workers outnumber the processors, busy ones are polite to each other (runtime/loop/loop.h, Yielding).
function noteCrowd() {
  const now = connected.size > availableParallelism();
  if (now === crowded) return;
  crowded = now;
  for (const worker of connected) tellCrowded(worker);
}

// Unlike with sendMessage an error goes to a callback: a worker that has just died need not hear it.
function tellCrowded(worker) {
  worker.process.send({ cmd: 'NODE_CLUSTER', act: 'crowded', crowded }, () => {});
}

function removeWorker(worker) {
  delete cluster.workers[worker.id];
}

function callDisconnected() {
  const waiting = disconnectCallbacks;
  disconnectCallbacks = [];
  for (const callback of waiting) callback();
}

function removeHandles(worker) {
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

function disconnect(callback) {
  const list = Object.values(cluster.workers);
  if (list.length === 0) {
    process.nextTick(() => callback?.());
    return;
  }
  if (typeof callback === 'function') disconnectCallbacks.push(callback);
  for (const worker of list) if (worker.isConnected()) worker.disconnect();
}

// ---- The workers' messages ----

function onMessage(message, handle) {
  const worker = this;
  switch (message.act) {
    case 'online': online(worker); break;
    case 'queryServer': queryServer(worker, message); break;
    case 'listening': listening(worker, message); break;
    case 'exitedAfterDisconnect':
      worker.exitedAfterDisconnect = true;
      sendMessage(worker.process, { ack: message.seq });
      break;
    case 'close': close(worker, message); break;
  }
}

function online(worker) {
  worker.state = 'online';
  worker.emit('online');
  cluster.emit('online', worker);
}

// Workers are programs: what they ask for is looked at before the primary listens.
function isRequest({ address, port, addressType, fd }) {
  return (address === null || address === undefined || typeof address === 'string') && (port === null || Number.isInteger(port)) &&
    port < 65536 && (addressType === null || Number.isInteger(addressType) || addressType === 'udp4' || addressType === 'udp6') &&
    (fd === null || fd === undefined || Number.isInteger(fd)) && (port >= 0 || fd >= 0 || typeof address === 'string');
}

// Of datagrams each is a message of its own; pipes and given descriptors cannot be bound twice.
function kindOf({ addressType, port, fd }) {
  if (addressType === 'udp4' || addressType === 'udp6') return SharedHandle;
  if (cluster.schedulingPolicy === cluster.SCHED_RR) return RoundRobin;
  const isTcp = port >= 0 && !(fd >= 0);
  return isTcp && cluster.schedulingPolicy === cluster.SCHED_REUSEPORT ? ReservedPort : SharedHandle;
}

function queryServer(worker, message) {
  if (worker.exitedAfterDisconnect) return;
  if (!isRequest(message)) {
    sendMessage(worker.process, { errno: UV_EINVAL, key: null, ack: message.seq, data: null });
    return;
  }
  const key = `${message.address}:${message.port}:${message.addressType}:${message.fd}:${message.index}`;
  let entry = handles.get(key);
  if (entry === undefined) {
    let { address } = message;
    if (message.port < 0 && typeof address === 'string') {
      const relative = path.relative(process.cwd(), address); // socket paths have to be short
      if (relative.length < address.length) address = relative;
    }
    entry = new (kindOf(message))(key, address, message);
    handles.set(key, entry);
  }
  entry.data ||= message.data;
  entry.add(worker, (errno, reply, handle) => {
    if (errno) handles.delete(key);
    sendMessage(worker.process, { errno, key, ack: message.seq, data: entry.data, ...reply }, handle);
  });
}

function listening(worker, { addressType, address, port, fd }) {
  worker.state = 'listening';
  const info = { addressType, address, port, fd };
  worker.emit('listening', info);
  cluster.emit('listening', worker, info);
}

function close(worker, { key }) {
  const entry = handles.get(key);
  if (entry && entry.remove(worker)) handles.delete(key);
}

// ---- Workers as the primary sees them ----

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  sendMessage(this.process, { act: 'disconnect' });
  removeHandles(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signal) {
  const child = this.process;
  const name = signal || 'SIGTERM';
  child.kill(name);
};

module.exports = { disconnect, fork, setupPrimary };
