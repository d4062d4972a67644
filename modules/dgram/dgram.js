// SPDX-License-Identifier: MIT
//
// The module dgram: UDP sockets.
//
// A socket is unbound, binding or bound; what needs a bound socket waits in a queue that 'listening' empties.

'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/fast_buffer');
const { codes, errnoException, exceptionWithHostPort } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validatePort, validateString, validateUint32 } = require('internal/validators');
const { UDP, IPV6ONLY, REUSEADDR } = require('dgram/handle');
const diagnostics = require('internal/diagnostics');

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;
const DISCONNECTED = 0;
const CONNECTING = 1;
const CONNECTED = 2;

const kState = Symbol('state');

function Socket(type, listener) {
  EventEmitter.call(this);
  let options;
  if (type !== null && typeof type === 'object') {
    options = type;
    type = options.type;
  }
  if (type !== 'udp4' && type !== 'udp6') throw new codes.ERR_SOCKET_BAD_TYPE();
  const lookup = options?.lookup;
  if (lookup !== undefined) validateFunction(lookup, 'lookup');
  for (const name of ['recvBufferSize', 'sendBufferSize']) {
    if (options?.[name]) validateUint32(options[name], `options.${name}`);
  }
  const { receiveBlockList, sendBlockList } = checkLists(options);
  if (typeof listener === 'function') this.on('message', listener);
  const handle = new UDP();
  this.type = type;
  this[kState] = {
    handle, receiving: false, bind: UNBOUND, connect: DISCONNECTED, queue: undefined, lookup,
    reuseAddr: Boolean(options?.reuseAddr), reusePort: Boolean(options?.reusePort), ipv6Only: Boolean(options?.ipv6Only),
    recvBufferSize: options?.recvBufferSize, sendBufferSize: options?.sendBufferSize, receiveBlockList, sendBlockList,
  };
  handle.owner = this;
  if (options?.signal !== undefined) closeOnAbort(this, options.signal);
  if (diagnostics.on('udp.socket')) diagnostics.publish('udp.socket', { socket: this });
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function checkLists(options) {
  const lists = {};
  for (const name of ['receiveBlockList', 'sendBlockList']) {
    const list = options?.[name];
    if (list === undefined) continue;
    if (!require('net/blocklist').BlockList.isBlockList(list)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'net.BlockList', list);
    }
    lists[name] = list;
  }
  return lists;
}

function closeOnAbort(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => {
    if (socket[kState].handle) socket.close();
  };
  if (signal.aborted) {
    onAborted();
    return;
  }
  signal.addEventListener('abort', onAborted, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', onAborted));
}

// The socket's state; throws once it is closed.
function running(socket) {
  const state = socket[kState];
  if (!state.handle) throw new codes.ERR_SOCKET_DGRAM_NOT_RUNNING();
  return state;
}

// Turns a name into an address of the socket's family.
function resolve(socket, address, fallback, callback) {
  const state = socket[kState];
  const family = socket.type === 'udp6' ? 6 : 4;
  const name = address || fallback;
  (state.lookup || require('dns').lookup)(name, family, callback);
}

// ---- bind ----

Socket.prototype.bind = function(port, address) {
  const state = running(this);
  if (state.bind !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  state.bind = BINDING;
  const callback = arguments[arguments.length - 1];
  if (typeof callback === 'function') onceBound(this, callback);

  let exclusive = false;
  if (port !== null && typeof port === 'object') {
    if (port instanceof UDP) {
      adopt(this, port);
      return this;
    }
    const options = port;
    if (Number.isInteger(options.fd) && options.fd >= 0) {
      openDescriptor(this, options.fd);
      return this;
    }
    address = options.address || '';
    exclusive = Boolean(options.exclusive);
    port = options.port;
  } else {
    address = typeof address === 'function' ? '' : address;
  }
  if (typeof port === 'function') port = 0;
  const anyAddress = this.type === 'udp4' ? '0.0.0.0' : '::';
  resolve(this, address, anyAddress, (error, ip) => {
    if (!state.handle) return; // closed meanwhile
    if (error) {
      state.bind = UNBOUND;
      this.emit('error', error);
      return;
    }
    bindNow(this, ip, port, exclusive || state.reusePort);
  });
  return this;
};

function onceBound(socket, callback) {
  const forget = () => {
    socket.removeListener('error', forget);
    socket.removeListener('listening', onListening);
  };
  function onListening() {
    forget();
    callback.call(socket);
  }
  socket.on('error', forget);
  socket.on('listening', onListening);
}

function bindFlags(state) {
  return (state.reuseAddr ? REUSEADDR : 0) | (state.ipv6Only ? IPV6ONLY : 0);
}

function bindNow(socket, ip, port, exclusive) {
  const state = socket[kState];
  const cluster = require.cache.get('cluster')?.exports;
  if (cluster?.isWorker && !exclusive) {
    const query = { address: ip, port: port || 0, addressType: socket.type, fd: -1, flags: bindFlags(state) };
    cluster._getServer(socket, query, (status, handle) => {
      if (!state.handle) return handle?.close();
      if (status) failBind(socket, status, ip, port);
      else adopt(socket, handle);
    });
    return;
  }
  const status = state.handle.bind(ip, port || 0, bindFlags(state), state.reusePort);
  if (status) failBind(socket, status, ip, port);
  else listening(socket);
}

function failBind(socket, status, ip, port) {
  socket[kState].bind = UNBOUND;
  socket.emit('error', exceptionWithHostPort(status, 'bind', ip, port));
}

function adopt(socket, handle) {
  const state = socket[kState];
  state.handle.close();
  state.handle = handle;
  handle.owner = socket;
  listening(socket);
}

function openDescriptor(socket, fd) {
  const state = socket[kState];
  const kind = binding('tty').guess(fd);
  if (kind !== 'UDP') throw new codes.ERR_INVALID_FD_TYPE(kind);
  const status = state.handle.open(fd);
  if (status) throw errnoException(status, 'open');
  listening(socket);
}

function listening(socket) {
  const state = socket[kState];
  state.handle.onmessage = onmessage;
  state.handle.recvStart();
  state.receiving = true;
  state.bind = BOUND;
  if (state.recvBufferSize) bufferSize(socket, state.recvBufferSize, true);
  if (state.sendBufferSize) bufferSize(socket, state.sendBufferSize, false);
  socket.emit('listening');
}

function onmessage(handle, nread, bytes, from) {
  const socket = handle.owner;
  if (nread < 0) {
    socket.emit('error', errnoException(nread, 'recvmsg'));
    return;
  }
  const [address, port, family] = from;
  const { receiveBlockList } = socket[kState];
  if (receiveBlockList?.check(address, family === 6 ? 'ipv6' : 'ipv4')) return;
  socket.emit('message', new FastBuffer(bytes, 0, nread), { address, family: family === 6 ? 'IPv6' : 'IPv4', port, size: nread });
}

// Binds an unbound socket, and runs fn once it is bound.
function whenBound(socket, fn) {
  const state = socket[kState];
  if (state.bind === UNBOUND) socket.bind({ port: 0, exclusive: true });
  if (state.bind === BOUND) {
    fn();
    return;
  }
  if (state.queue === undefined) {
    state.queue = [];
    const flush = () => {
      socket.removeListener('error', drop);
      const queue = state.queue;
      state.queue = undefined;
      for (const waiting of queue) waiting();
    };
    function drop() {
      socket.removeListener('listening', flush);
      state.queue = undefined;
    }
    socket.once('listening', flush);
    socket.once('error', drop);
  }
  state.queue.push(fn);
}

// ---- connect ----

Socket.prototype.connect = function(port, address, callback) {
  port = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = '';
  } else if (address === undefined) {
    address = '';
  }
  validateString(address, 'address');
  const state = this[kState];
  if (state.connect !== DISCONNECTED) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  running(this);
  state.connect = CONNECTING;
  whenBound(this, () => connectNow(this, port, address, callback));
};

function connectNow(socket, port, address, callback) {
  const state = socket[kState];
  if (callback) socket.once('connect', callback);
  const fallback = socket.type === 'udp6' ? '::1' : '127.0.0.1';
  resolve(socket, address, fallback, (error, ip) => {
    if (!state.handle) return;
    if (!error && state.sendBlockList?.check(ip, `ipv${socket.type === 'udp6' ? 6 : 4}`)) error = new codes.ERR_IP_BLOCKED(ip);
    if (!error) {
      const status = state.handle.connect(ip, port);
      if (status) error = exceptionWithHostPort(status, 'connect', address, port);
    }
    if (!error) {
      state.connect = CONNECTED;
      process.nextTick(() => socket.emit('connect'));
      return;
    }
    state.connect = DISCONNECTED;
    process.nextTick(() => {
      if (!callback) {
        socket.emit('error', error);
        return;
      }
      socket.removeListener('connect', callback);
      callback(error);
    });
  });
}

Socket.prototype.disconnect = function() {
  const state = this[kState];
  if (state.connect !== CONNECTED) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const status = state.handle.disconnect();
  if (status) throw errnoException(status, 'connect');
  state.connect = DISCONNECTED;
};

// ---- send ----

function toBytes(chunk) {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return null;
}

function bytesOrThrow(chunk) {
  const bytes = toBytes(chunk);
  if (bytes === null) throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView', 'string'], chunk);
  return bytes;
}

function slice(chunk, offset, length) {
  const bytes = bytesOrThrow(chunk);
  offset >>>= 0;
  length >>>= 0;
  if (offset > bytes.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > bytes.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  return bytes.subarray(offset, offset + length);
}

function listOf(chunks) {
  const list = [];
  for (const chunk of chunks) {
    const bytes = toBytes(chunk);
    if (bytes === null) return null;
    list.push(bytes);
  }
  return list;
}

// send(msg, [offset, length,] [port, [address,]] [callback])
Socket.prototype.send = function(chunk, offset, length, port, address, callback) {
  const state = this[kState];
  const connected = state.connect === CONNECTED;
  let surplus = false; // arguments that only an unconnected socket takes
  if (connected ? (typeof length === 'number') : (address || (port && typeof port !== 'function'))) {
    chunk = slice(chunk, offset, length);
    if (connected) {
      callback = port;
      port = undefined;
      address = undefined;
      surplus = typeof callback !== 'function' && callback !== undefined;
    }
  } else if (connected) {
    callback = offset;
    surplus = typeof callback !== 'function' && callback !== undefined;
  } else {
    callback = port;
    port = offset;
    address = length;
  }
  const list = Array.isArray(chunk) ? listOf(chunk) : [bytesOrThrow(chunk)];
  if (list === null) throw new codes.ERR_INVALID_ARG_TYPE('buffer list arguments', ['Buffer', 'TypedArray', 'DataView', 'string'], chunk);
  if (surplus) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  if (!connected) port = validatePort(port, 'Port', false);
  if (typeof callback !== 'function') callback = undefined;
  if (typeof address === 'function') {
    callback = address;
    address = undefined;
  } else if (address !== undefined && address !== null && typeof address !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('address', 'string', address);
  }
  running(this);
  if (list.length === 0) list.push(Buffer.alloc(0));
  whenBound(this, () => sendNow(this, list, port, address, callback, connected));
};

// The older name, with all arguments given.
Socket.prototype.sendto = function(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
};

function sendNow(socket, list, port, address, callback, connected) {
  if (connected) {
    transmit(socket, list, undefined, port, address, callback);
    return;
  }
  const fallback = socket.type === 'udp6' ? '::1' : '127.0.0.1';
  resolve(socket, address, fallback, (error, ip) => {
    if (!error && socket[kState].sendBlockList?.check(ip, socket.type === 'udp6' ? 'ipv6' : 'ipv4')) {
      error = new codes.ERR_IP_BLOCKED(ip);
    }
    if (!error) {
      transmit(socket, list, ip, port, address, callback);
      return;
    }
    if (callback) process.nextTick(callback, error);
    else process.nextTick(() => socket.emit('error', error));
  });
}

function transmit(socket, list, ip, port, address, callback) {
  const { handle } = socket[kState];
  if (!handle) return; // closed meanwhile
  const result = handle.send(list, ip, port, (status, length) => {
    if (!callback) return;
    if (status) callback(exceptionWithHostPort(status, 'send', address, port));
    else callback(null, length);
  });
  if (result < 0 && callback) {
    process.nextTick(callback, exceptionWithHostPort(result, 'send', address, port));
  }
}

// ---- close ----

Socket.prototype.close = function(callback) {
  const state = this[kState];
  if (typeof callback === 'function') this.on('close', callback);
  if (state.queue !== undefined) {
    state.queue.push(() => this.close());
    return this;
  }
  running(this);
  state.receiving = false;
  state.handle.recvStop();
  state.handle.close();
  state.handle = null;
  process.nextTick(() => this.emit('close'));
  return this;
};

Socket.prototype[Symbol.asyncDispose] = async function() {
  if (!this[kState].handle) return;
  await new Promise((resolve) => this.close(resolve));
};

// ---- Names and options ----

function describe(triple, syscall) {
  if (typeof triple === 'number') throw errnoException(triple, syscall);
  const [address, port, family] = triple;
  return { address, family: family === 6 ? 'IPv6' : 'IPv4', port };
}

Socket.prototype.address = function() {
  return describe(running(this).handle.sockname(), 'getsockname');
};

Socket.prototype.remoteAddress = function() {
  const state = running(this);
  if (state.connect !== CONNECTED) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
  return describe(state.handle.peername(), 'getpeername');
};

function check(status, syscall) {
  if (status) throw errnoException(status, syscall);
}

Socket.prototype.setBroadcast = function(on) {
  check(running(this).handle.setBroadcast(Boolean(on)), 'setBroadcast');
};

Socket.prototype.setTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  check(running(this).handle.setTTL(ttl), 'setTTL');
  return ttl;
};

Socket.prototype.setMulticastTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  check(running(this).handle.setMulticastTTL(ttl), 'setMulticastTTL');
  return ttl;
};

Socket.prototype.setMulticastLoopback = function(on) {
  check(running(this).handle.setMulticastLoopback(Boolean(on)), 'setMulticastLoopback');
  return on;
};

Socket.prototype.setMulticastInterface = function(address) {
  const { handle } = running(this);
  validateString(address, 'interfaceAddress');
  check(handle.setMulticastInterface(address), 'setMulticastInterface');
};

function changeMembership(socket, group, iface, source, join, syscall) {
  const state = running(socket);
  if (state.bind === UNBOUND) socket.bind({ port: 0, exclusive: true });
  check(state.handle.membership(group, iface, source, join), syscall);
}

Socket.prototype.addMembership = function(group, iface) {
  running(this);
  if (!group) throw new codes.ERR_MISSING_ARGS('multicastAddress');
  changeMembership(this, group, iface, undefined, true, 'addMembership');
};

Socket.prototype.dropMembership = function(group, iface) {
  const { handle } = running(this);
  if (!group) throw new codes.ERR_MISSING_ARGS('multicastAddress');
  check(handle.membership(group, iface, undefined, false), 'dropMembership');
};

Socket.prototype.addSourceSpecificMembership = function(source, group, iface) {
  running(this);
  validateString(source, 'sourceAddress');
  validateString(group, 'groupAddress');
  changeMembership(this, group, iface, source, true, 'addSourceSpecificMembership');
};

Socket.prototype.dropSourceSpecificMembership = function(source, group, iface) {
  const { handle } = running(this);
  validateString(source, 'sourceAddress');
  validateString(group, 'groupAddress');
  check(handle.membership(group, iface, source, false), 'dropSourceSpecificMembership');
};

function bufferSize(socket, size, receive) {
  if (size >>> 0 !== size) throw new codes.ERR_SOCKET_BAD_BUFFER_SIZE();
  const result = socket[kState].handle ? socket[kState].handle.bufferSize(size, receive) : -9;
  if (result >= 0 && result !== undefined) return result;
  const { message, code } = errnoException(result, receive ? 'uv_recv_buffer_size' : 'uv_send_buffer_size');
  const text = require('internal/errors').uvErrmapGet?.(result)?.[1] ?? message;
  throw new codes.ERR_SOCKET_BUFFER_SIZE({ errno: result, code, message: text, syscall: receive ? 'uv_recv_buffer_size' : 'uv_send_buffer_size' });
}

Socket.prototype.setRecvBufferSize = function(size) { bufferSize(this, size, true); };
Socket.prototype.setSendBufferSize = function(size) { bufferSize(this, size, false); };
Socket.prototype.getRecvBufferSize = function() { return bufferSize(this, 0, true); };
Socket.prototype.getSendBufferSize = function() { return bufferSize(this, 0, false); };
Socket.prototype.getSendQueueSize = function() { return this[kState].handle.queue()[0]; };
Socket.prototype.getSendQueueCount = function() { return this[kState].handle.queue()[1]; };

Socket.prototype.ref = function() {
  this[kState].handle?.ref();
  return this;
};

Socket.prototype.unref = function() {
  this[kState].handle?.unref();
  return this;
};

// The handle that travels to another process.
Object.defineProperty(Socket.prototype, '_ipcHandle', { configurable: true, enumerable: false, writable: true,
                                                        value() { return this[kState].handle; } });

function createSocket(type, listener) {
  return new Socket(type, listener);
}

module.exports = { createSocket, Socket };
