// SPDX-License-Identifier: MIT
//
// The worker's side: servers ask the primary for what they listen on, connections come over the channel.

'use strict';

const EventEmitter = require('events');
const { Worker, listen, sendMessage } = require('cluster/base');
const { shareProcessor } = binding('loop');

const cluster = new EventEmitter();
const handles = new Map(); // key -> handle of this process
const indexes = new Map(); // how many servers asked for the same address

module.exports = cluster;

cluster.isWorker = true;
cluster.isMaster = false;
cluster.isPrimary = false;
cluster.worker = null;
cluster.Worker = Worker;

cluster._setupWorker = function() {
  const worker = new Worker({ id: Number(process.env.NODE_UNIQUE_ID) | 0, process, state: 'online' });
  cluster.worker = worker;
  process.once('disconnect', () => {
    process.channel = null;
    worker.emit('disconnect');
    // The primary is gone, and nobody asked for it.
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', listen(worker, onMessage));
  send({ act: 'online' });
};

function send(message, callback) {
  return sendMessage(process, message, undefined, callback);
}

function onMessage(message, handle) {
  if (message.act === 'newconn') onConnection(message, handle);
  else if (message.act === 'disconnect') leave.call(this, true);
  else if (message.act === 'crowded') shareProcessor(message.crowded === true);
}

function onConnection(message, client) {
  const handle = handles.get(message.key);
  const accepted = handle !== undefined && handle.onconnection !== null && !isFull(handle.owner);
  send({ ack: message.seq, accepted });
  if (accepted) handle.onconnection(0, client);
  else client?.close();
}

// A full server lets the primary try another worker, unless it wants to drop connections itself.
function isFull(server) {
  const limit = server?.maxConnections;
  return limit !== undefined && limit !== null && !server.dropMaxConnection && server._connections >= limit;
}

// done(status, handle)
cluster._getServer = function(server, options, done) {
  let { address } = options;
  if (options.port < 0 && typeof address === 'string') address = require('path').resolve(address);
  const indexKey = `${address}:${options.port}:${options.addressType}:${options.fd}`;
  const index = (indexes.get(indexKey) ?? -1) + 1;
  indexes.set(indexKey, index);
  const message = { act: 'queryServer', index, data: null, ...options, address };
  if (server._getServerData) message.data = server._getServerData();
  send(message, (reply, handle) => {
    if (server._setServerData) server._setServerData(reply.data);
    if (handle) adoptShared(reply, handle, indexKey, done);
    else if (reply.reusePort) listenBeside(reply, options, indexKey, done);
    else makeFaux(reply, indexKey, done);
  });
  server.once('listening', () => {
    cluster.worker.state = 'listening';
    const name = server.address();
    send({ act: 'listening', ...options, address, port: (name && typeof name === 'object' && name.port) || options.port });
  });
};

// The kernel's handle, shared with the other workers.
function adoptShared(reply, handle, indexKey, done) {
  const { key } = reply;
  const close = handle.close;
  handle.close = function(...args) {
    send({ act: 'close', key });
    handles.delete(key);
    indexes.delete(indexKey);
    handle.close = close;
    return close.apply(handle, args);
  };
  handles.set(key, handle);
  done(reply.errno, handle);
}

// A socket of this worker's own, on the port that the primary keeps for all.
function listenBeside(reply, { addressType, flags }, indexKey, done) {
  const { address, port } = reply.reusePort;
  const made = require('net')._createServerHandle(address, port, addressType, undefined, flags, true);
  if (typeof made === 'number') {
    send({ act: 'close', key: reply.key });
    done(made, null);
  } else {
    adoptShared(reply, made, indexKey, done);
  }
}

// The primary accepts: here is only something for net.Server to hold, which keeps the process alive.
function makeFaux(reply, indexKey, done) {
  if (reply.errno) {
    done(reply.errno, null);
    return;
  }
  const { key } = reply;
  const handle = new FauxHandle(key, reply.sockname, indexKey);
  handles.set(key, handle);
  done(0, handle);
}

class FauxHandle {
  constructor(key, sockname, indexKey) {
    this.key = key;
    this.indexKey = indexKey;
    this.onconnection = null;
    this.owner = null;
    this.timer = setInterval(() => {}, 2 ** 31 - 1);
    if (sockname) this.getsockname = (out) => { Object.assign(out, sockname); return 0; };
  }

  listen() { return 0; }
  close() {
    if (this.timer === null) return;
    send({ act: 'close', key: this.key });
    clearInterval(this.timer);
    this.timer = null;
    handles.delete(this.key);
    indexes.delete(this.indexKey);
  }
  ref() { if (this.timer) this.timer.ref(); }
  unref() { if (this.timer) this.timer.unref(); }
  hasRef() { return this.timer !== null && this.timer.hasRef(); }
}

// ---- Leaving ----

let leaving = false;

function leave(primaryInitiated) {
  if (leaving) return; // asked twice
  leaving = true;
  this.exitedAfterDisconnect = true;
  let waiting = 1;
  const check = () => {
    if (--waiting !== 0) return;
    handles.clear();
    if (primaryInitiated) process.disconnect();
    else send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  };
  for (const handle of handles.values()) {
    waiting++;
    const { owner } = handle;
    if (owner && typeof owner.close === 'function') owner.close(check);
    else {
      handle.close();
      check();
    }
  }
  check();
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    leave.call(this, false);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) process.exit(0);
  this.state = 'destroying';
  send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};
