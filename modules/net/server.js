// SPDX-License-Identifier: MIT
//
// net.Server: listening on ports, paths, descriptors and handles, and turning accepted handles into sockets.

'use strict';

const EventEmitter = require('events');
const { codes, errnoException, uvExceptionWithHostPort } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validatePort } = require('internal/validators');
const { TCP, Pipe, TCP_IPV6ONLY, PIPE_READABLE, PIPE_WRITABLE, Stream } = require('runtime/io/handles');
const sockets = require('net/socket');
const diagnostics = require('internal/diagnostics');
const { normalizeArgs, isPipeName, toNumber } = require('net/connect');

const UV_EINVAL = -22;
const UV_EADDRINUSE = -98;
const DEFAULT_BACKLOG = 511;

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else if (typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  } else {
    options = { ...options };
  }
  if (listener !== undefined && listener !== null) {
    validateFunction(listener, 'connectionListener');
    this.on('connection', listener);
  }
  checkOptions(options);
  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this._pipeName = undefined;
  this._connectionKey = undefined;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = sockets.keepAliveSeconds(options.keepAliveInitialDelay);
  this.highWaterMark = options.highWaterMark;
  if (options.blockList) this.blockList = options.blockList;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

function checkOptions(options) {
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  }
  if (options.highWaterMark !== undefined) validateNumber(options.highWaterMark, 'options.highWaterMark');
  if (options.blockList && !require('net/blocklist').BlockList.isBlockList(options.blockList)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
  }
}

// ---- listen ----

Server.prototype.listen = function(...args) {
  const pair = normalizeArgs(args);
  let options = pair[0];
  if (this._handle) throw new codes.ERR_SERVER_ALREADY_LISTEN();
  if (pair[1] !== null) this.once('listening', pair[1]);
  if (diagnostics.on('tracing:net.server.listen:asyncStart')) {
    diagnostics.publish('tracing:net.server.listen:asyncStart', { server: this, options });
  }
  // listen(port, host?, backlog?): the backlog is the first number after the port.
  const backlog = (args.length > 1 && toNumber(args[1])) || (args.length > 2 && toNumber(args[2])) || 0;

  options = options._handle || options.handle || options;
  if (options instanceof Stream) {
    this._handle = options;
    this._listen2(null, -1, -1, backlog || pair[0].backlog);
    return this;
  }
  watchSignal(this, options);
  const wanted = options.backlog || backlog;
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(this, null, null, null, wanted, options.fd, false, 0);
    return this;
  }
  if (args.length === 0 || typeof args[0] === 'function' ||
      ('port' in options && (options.port === undefined || options.port === null))) {
    options.port = 0;
  }
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    listenOnPort(this, options, wanted);
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    listenOnPath(this, options, wanted);
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('options', options);
};

function watchSignal(server, options) {
  const { signal } = options;
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => server.close();
  if (signal.aborted) {
    process.nextTick(onAborted);
    return;
  }
  signal.addEventListener('abort', onAborted, { once: true });
  server.once('close', () => signal.removeEventListener('abort', onAborted));
}

function listenOnPort(server, options, backlog) {
  validatePort(options.port, 'options.port');
  const port = options.port | 0;
  const flags = options.ipv6Only ? TCP_IPV6ONLY : 0;
  const exclusive = Boolean(options.exclusive || options.reusePort);
  server._reusePort = Boolean(options.reusePort);
  if (!options.host) {
    listenInCluster(server, null, port, 4, backlog, undefined, exclusive, flags);
    return;
  }
  const id = server._listeningId;
  require('dns').lookup(options.host, { family: options.family, all: true }, (error, addresses) => {
    if (id !== server._listeningId) return; // closed meanwhile
    if (error) {
      server.emit('error', error);
      return;
    }
    const { address, family } = pickAddress(addresses);
    listenInCluster(server, address, port, address ? family : 4, backlog, undefined, exclusive, flags);
  });
}

// Link-local addresses (fe80::/10) need a scope to listen on: others are better.
function pickAddress(addresses) {
  return addresses.find(({ address, family }) => family !== 6 || !/^fe[89ab]/i.test(address)) ?? addresses[0];
}

function listenOnPath(server, options, backlog) {
  const path = options.path;
  server._pipeName = path;
  let mode = 0;
  if (options.readableAll) mode |= PIPE_READABLE;
  if (options.writableAll) mode |= PIPE_WRITABLE;
  if (mode !== 0 && path.charCodeAt(0) === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options,
      'can not set readableAll or writableAllt to true when path is abstract unix socket');
  }
  listenInCluster(server, path, -1, -1, backlog, undefined, options.exclusive, 0);
  if (mode === 0 || !server._handle) return;
  const result = server._handle.fchmod(mode);
  if (result < 0) {
    server._handle.close();
    server._handle = null;
    throw errnoException(result, 'uv_pipe_chmod');
  }
}

// In a cluster's worker, the primary owns the listening handle unless exclusive is asked for.
function listenInCluster(server, address, port, addressType, backlog, fd, exclusive, flags) {
  const cluster = require.cache.get('cluster')?.exports;
  if (cluster !== undefined && cluster.isWorker && !exclusive) {
    const id = ++server._listeningId;
    cluster._getServer(server, { address, port, addressType, fd, flags, backlog }, (status, handle) => {
      if (id !== server._listeningId) { // closed, or asked again
        handle?.close();
        return;
      }
      if (status) {
        server.emit('error', listenError(status, shownAddress(address, port), port, 'bind'));
        return;
      }
      server._handle = handle;
      server._listen2(address, port, addressType, backlog, fd, flags);
    });
    return;
  }
  server._listen2(address, port, addressType, backlog, fd, flags);
}

function listenError(status, address, port, syscall = 'listen') {
  return uvExceptionWithHostPort(status, syscall, address, port > 0 ? port : undefined);
}

function openHandle(fd) {
  const kind = binding('tty').guess(fd);
  const handle = kind === 'PIPE' ? new Pipe() : kind === 'TCP' ? new TCP() : null;
  if (!handle) return UV_EINVAL;
  const result = handle.open(fd);
  return result ? result : handle;
}

// Returns a bound handle or a negative errno.
function createServerHandle(address, port, addressType, fd, flags, reusePort) {
  if (typeof fd === 'number' && fd >= 0) return openHandle(fd);
  if (port === -1 && addressType === -1) return bound(new Pipe(), (handle) => handle.bind(address));
  if (address) return bound(new TCP(), (handle) => bindTcp(handle, address, port, flags, reusePort));
  const both = bound(new TCP(), (handle) => bindTcp(handle, '::', port, flags, reusePort));
  if (typeof both !== 'number') return both;
  return bound(new TCP(), (handle) => bindTcp(handle, '0.0.0.0', port, 0, reusePort)); // no IPv6 here
}

function bound(handle, bind) {
  const result = bind(handle);
  if (!result) return handle;
  handle.close();
  return result;
}

// libuv reports a taken port only in listen, which may happen in another process: look at once.
function bindTcp(handle, address, port, flags, reusePort) {
  const result = handle.bind(address, port || 0, flags || 0, reusePort);
  if (result || !(port > 0)) return result;
  const name = handle.sockname();
  if (typeof name === 'number') return name;
  return name[1] === port ? 0 : UV_EADDRINUSE;
}

Server.prototype._listen2 = function(address, port, addressType, backlog, fd, flags) {
  if (!this._handle) {
    let handle;
    // Without a host: both families, where the system has IPv6.
    if (!address && addressType === 4 && !(typeof fd === 'number' && fd >= 0)) {
      handle = createServerHandle('::', port, 6, fd, flags, this._reusePort);
      if (typeof handle !== 'number') {
        address = '::';
        addressType = 6;
      } else {
        address = '0.0.0.0';
      }
    }
    if (handle === undefined || typeof handle === 'number') {
      handle = createServerHandle(address, port, addressType, fd, flags, this._reusePort);
    }
    if (typeof handle === 'number') {
      failListen(this, handle, address, port, typeof fd === 'number' && fd >= 0);
      return;
    }
    this._handle = handle;
  }
  const handle = this._handle;
  handle.owner = this;
  handle.onconnection = onconnection;
  const result = handle.listen(backlog || DEFAULT_BACKLOG);
  if (result) {
    handle.close();
    this._handle = null;
    failSoon(this, listenError(result, shownAddress(address, port), port));
    return;
  }
  const name = addressType === -1 ? address : `${addressType}:${address}:${port}`;
  this._connectionKey = name;
  if (this._unref) this.unref();
  process.nextTick(emitListening, this);
};

function shownAddress(address, port) {
  return address || (port >= 0 ? '::' : undefined);
}

function failListen(server, status, address, port, isDescriptor) {
  const error = isDescriptor ? errnoException(status, 'open') : listenError(status, shownAddress(address, port), port);
  failSoon(server, error);
}

function failSoon(server, error) {
  if (diagnostics.on('tracing:net.server.listen:error')) {
    diagnostics.publish('tracing:net.server.listen:error', { server, error });
  }
  process.nextTick(emitError, server, error);
}

function emitError(server, error) {
  server.emit('error', error);
}

function emitListening(server) {
  if (!server._handle) return;
  if (diagnostics.on('tracing:net.server.listen:asyncEnd')) {
    diagnostics.publish('tracing:net.server.listen:asyncEnd', { server });
  }
  server.emit('listening');
}

// ---- Accepting ----

function onconnection(status, clientHandle) {
  const server = this.owner;
  if (status) {
    server.emit('error', errnoException(status, 'accept'));
    return;
  }
  const { maxConnections } = server;
  if (maxConnections !== undefined && maxConnections !== null && server._connections >= maxConnections) {
    drop(server, clientHandle);
    return;
  }
  if (server.blockList !== undefined && clientHandle.peername && isBlocked(server, clientHandle)) {
    clientHandle.close();
    return;
  }
  const socket = new sockets.Socket({
    handle: clientHandle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: server.highWaterMark,
    writableHighWaterMark: server.highWaterMark,
  });
  if (server.noDelay && clientHandle.setNoDelay) {
    socket[sockets.kNoDelay] = true;
    clientHandle.setNoDelay(true);
  }
  if (server.keepAlive && clientHandle.setKeepAlive) {
    socket[sockets.kKeepAlive] = true;
    socket[sockets.kKeepAliveDelay] = server.keepAliveInitialDelay;
    clientHandle.setKeepAlive(true, server.keepAliveInitialDelay);
  }
  server._connections++;
  socket.server = server;
  socket._server = server;
  server.emit('connection', socket);
  if (diagnostics.on('net.server.socket')) diagnostics.publish('net.server.socket', { socket });
}

function isBlocked(server, handle) {
  const peer = handle.peername();
  return Array.isArray(peer) && server.blockList.check(peer[0], peer[2] === 6 ? 'ipv6' : 'ipv4');
}

function drop(server, handle) {
  let data;
  if (handle.sockname) {
    const local = handle.sockname();
    const remote = handle.peername();
    data = {};
    if (Array.isArray(local)) describe(data, 'local', local);
    if (Array.isArray(remote)) describe(data, 'remote', remote);
  }
  handle.close();
  server.emit('drop', data);
}

function describe(data, side, [address, port, family]) {
  data[`${side}Address`] = address;
  data[`${side}Port`] = port;
  data[`${side}Family`] = family === 6 ? 'IPv6' : 'IPv4';
}

// ---- The rest ----

Object.defineProperty(Server.prototype, 'listening', {
  configurable: true,
  enumerable: true,
  get() { return Boolean(this._handle); },
});

Server.prototype.address = function() {
  if (this._handle && this._handle.getsockname) {
    const out = {};
    const result = this._handle.getsockname(out);
    if (result) throw errnoException(result, 'address');
    return { address: out.address, family: out.family, port: out.port };
  }
  return this._pipeName !== undefined ? this._pipeName : null;
};

Server.prototype.getConnections = function(callback) {
  let total = this._connections;
  for (const { count } of this._workers) total += count; // in other processes
  process.nextTick(callback, null, total);
  return this;
};

Server.prototype.close = function(callback) {
  if (typeof callback === 'function') {
    if (this._handle) this.once('close', callback);
    else this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
  }
  this._listeningId++;
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections > 0 || this._workers.length > 0) return;
  process.nextTick(emitServerClose, this);
};

function emitServerClose(server) {
  if (server._handle || server._connections > 0 || server._workers.length > 0) return;
  server.emit('close');
}

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
};

Server.prototype.ref = function() {
  this._unref = false;
  if (this._handle) this._handle.ref();
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  if (this._handle) this._handle.unref();
  return this;
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

// Sockets given to other processes: see child_process/remote.
Server.prototype._setupWorker = function(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
};

module.exports = { Server, createServerHandle };
