// SPDX-License-Identifier: MIT
//
// The channel between a parent and a forked child: messages (child_process/codecs) over a pipe, handles beside them.
//
// A peer that sends what cannot be a message loses its channel: 'error' where somebody listens, else a warning; then 'disconnect'.
//
// Messages whose cmd begins with NODE_ are the runtime's own ('internalMessage'). A handle travels with a
// NODE_HANDLE message and is acknowledged; until then further handles wait in order.

'use strict';

const { codes, errnoException } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { AdvancedCodec, JsonCodec } = require('child_process/codecs');
const handlesApi = require('runtime/io/handles');

const UV_EOF = -4095;
const BACKLOG_LIMIT = 65536 * 2;
const HANDLE_LIMIT = 64; // that have arrived and that no message has claimed

// ---- The control object: process.channel, child.channel ----

class Control {
  #handle;
  #refs = 0;
  #explicit = null; // set by the program's own ref() or unref()

  constructor(handle) {
    this.#handle = handle;
  }

  get handle() { return this.#handle; }
  get fd() { return this.#handle ? this.#handle.fd : undefined; }

  // Listeners for messages keep the loop alive, unless the program decided itself.
  count(change) {
    this.#refs += change;
    if (this.#explicit === null && this.#handle) this.apply(this.#refs > 0);
  }
  refCounted() { this.count(1); }
  unrefCounted() { this.count(-1); }
  apply(on) {
    if (on) this.#handle.ref();
    else this.#handle.unref();
  }
  ref() {
    this.#explicit = true;
    if (this.#handle) this.#handle.ref();
  }
  unref() {
    this.#explicit = false;
    if (this.#handle) this.#handle.unref();
  }
  hasRef() { return Boolean(this.#handle && this.#handle.hasRef()); }
  get writeQueueSize() { return this.#handle ? this.#handle.writeQueueSize : 0; }
  forget() { this.#handle = null; }
}

// ---- The channel of one process object or child ----

class Channel {
  constructor(target, handle, serialization) {
    this.target = target;
    this.handle = handle;
    this.codec = serialization === 'advanced' ? new AdvancedCodec() : new JsonCodec();
    this.waiting = null; // handle messages waiting for the acknowledgement of an earlier one
    this.queue = [];
    this.pendingWrites = 0;
    this.pendingHandles = [];
    this.closing = false;
    this.remote = null; // servers whose sockets the other process holds
    this.control = new Control(handle);
  }

  start() {
    const { handle } = this;
    handle.owner = this;
    handle.onread = onread;
    handle.onhandle = onhandle;
    handle.readStart();
  }

  // Before the channel closes: everything sent must be on its way.
  maybeClose() {
    if (!this.closing || this.pendingWrites > 0 || this.queue.length > 0 || this.waiting) return;
    this.close();
  }

  close() {
    const { handle, target } = this;
    if (!handle) return;
    if (this.remote) this.remote.dropAll();
    this.handle = null;
    this.control.forget();
    for (const unclaimed of this.pendingHandles.splice(0)) unclaimed.close();
    target.channel = null;
    handle.onread = () => {};
    handle.close(() => {});
    process.nextTick(emitDisconnect, target);
  }
}

function emitDisconnect(target) {
  target.emit('disconnect');
}

function onread(handle, nread, bytes) {
  const channel = handle.owner;
  if (nread <= 0) {
    channelEnded(channel, nread);
    return;
  }
  const { FastBuffer } = require('internal/fast_buffer');
  const messages = [];
  let problem = null;
  try {
    channel.codec.decode(new FastBuffer(bytes, 0, nread), messages);
  } catch (error) {
    problem = error;
  }
  deliver(channel, messages);
  if (problem !== null) breakOff(channel, problem);
}

// A listener that throws does not cost those after it their messages.
function deliver(channel, messages, next = 0) {
  try {
    while (next < messages.length) receive(channel, messages[next++]);
  } finally {
    if (next < messages.length) process.nextTick(deliver, channel, messages, next);
  }
}

const brokenOff = new WeakSet(); // errors that need no listener

function breakOff(channel, error) {
  const { target } = channel;
  if (!channel.handle) return;
  if ((typeof error === 'object' || typeof error === 'function') && error !== null) brokenOff.add(error);
  channelEnded(channel, UV_EOF);
  if (target.listenerCount('error') > 0) target.emit('error', error);
  else warnBrokenOff(error);
}

function isBrokenOff(error) {
  return typeof error === 'object' && error !== null && brokenOff.has(error);
}

function warnBrokenOff(error) {
  process.emitWarning(`A channel between processes was closed, as no message could be made of what came over it: ${error?.message}`,
                      'ChannelWarning');
}

function channelEnded(channel, nread) {
  const { target } = channel;
  if (nread !== UV_EOF && nread < 0 && nread !== -104) target.emit('error', errnoException(nread, 'read'));
  channel.waiting = null;
  channel.queue.length = 0;
  target.connected = false;
  channel.closing = true;
  channel.pendingWrites = 0;
  channel.close();
}

function onhandle(handle, accepted) {
  const channel = handle.owner;
  if (accepted !== undefined && channel.pendingHandles.length < HANDLE_LIMIT) channel.pendingHandles.push(accepted);
  else refuseHandle(channel, accepted);
}

// Neither a socket nor a pipe, or more than any message needs.
function refuseHandle(channel, accepted) {
  if (accepted !== undefined) accepted.close();
  breakOff(channel, new Error('Unexpected descriptors arrived'));
}

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' && message.cmd.startsWith('NODE_');
}

function receive(channel, message) {
  const { target } = channel;
  if (!isInternal(message)) {
    // One message per turn: a handler sees the world as its predecessor left it.
    process.nextTick(emitMessage, target, 'message', message, undefined);
    return;
  }
  switch (message.cmd) {
    case 'NODE_HANDLE': receiveHandle(channel, message); break;
    case 'NODE_HANDLE_ACK': acknowledged(channel); break;
    case 'NODE_SOCKET_CLOSED': channel.remote?.remove(message.key); break;
    case 'NODE_HANDLE_NACK': acknowledged(channel); break;
    default: emitMessage(target, 'internalMessage', message, undefined); // handles belong to the messages that name them
  }
}

function emitMessage(target, event, message, handle) {
  target.emit(event, message, handle);
}

// ---- Sending ----

const sendable = { __proto__: null, string: true, object: true, number: true, boolean: true };

function send(channel, target, message, handle, options, callback) {
  if (typeof handle === 'function') {
    callback = handle;
    handle = undefined;
    options = undefined;
  } else if (typeof options === 'function') {
    callback = options;
    options = undefined;
  } else if (options !== undefined) {
    validateObject(options, 'options');
  }
  if (callback !== undefined && callback !== null) validateFunction(callback, 'callback');
  if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
  if (!sendable[typeof message]) {
    throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
  }
  if (!target.connected) {
    fail(target, new codes.ERR_IPC_CHANNEL_CLOSED(), callback);
    return false;
  }
  return transmit(channel, target, message, handle, { swallowErrors: false, ...options }, callback);
}

function fail(target, error, callback) {
  if (typeof callback === 'function') process.nextTick(callback, error);
  else process.nextTick(() => target.emit('error', error));
}

function transmit(channel, target, message, handle, options, callback) {
  let sendNative;
  if (handle !== undefined && handle !== null) {
    const wrapped = wrapHandle(channel, message, handle, options);
    sendNative = wrapped.native;
    // A handle that is closed, or was sent before, cannot travel: the message does alone.
    if (sendNative !== undefined) message = wrapped.message;
  }
  if (channel.waiting && (sendNative !== undefined || !isInternal(message))) {
    channel.queue.push({ message, sendNative, handle, options, callback });
    return channel.queue.length === 1;
  }
  return put(channel, target, message, sendNative, handle, options, callback);
}

function put(channel, target, message, sendNative, handle, options, callback) {
  const { handle: pipe } = channel;
  if (!pipe) {
    fail(target, new codes.ERR_IPC_CHANNEL_CLOSED(), callback);
    return false;
  }
  if (sendNative !== undefined && isClosed(handle)) {
    sendNative = undefined;
    message = message.msg;
  }
  const encoded = channel.codec.encode(message); // throws for what cannot be sent
  if (sendNative !== undefined) channel.waiting = { handle, options };
  const after = (status) => {
    channel.pendingWrites--;
    if (typeof callback === 'function') callback(status ? errnoException(status, 'write') : null);
    channel.maybeClose();
  };
  const result = channel.codec.write(pipe, encoded, sendNative, after);
  if (result === 1) {
    channel.pendingWrites++;
  } else if (result === 0) {
    if (typeof callback === 'function') process.nextTick(callback, null);
  } else if (!options.swallowErrors) {
    fail(target, errnoException(result, 'write'), callback);
  }
  return pipe.writeQueueSize < BACKLOG_LIMIT;
}

// ---- Handles ----

function wrapHandle(channel, message, handle, options) {
  const net = require('net');
  const dgram = require.cache.get('dgram')?.exports;
  let type;
  let raw;
  if (handle instanceof net.Socket) {
    type = 'net.Socket';
    raw = handle._handle;
  } else if (handle instanceof net.Server) {
    type = 'net.Server';
    raw = handle._handle;
  } else if (handle instanceof handlesApi.Stream) {
    type = 'net.Native';
    raw = handle;
  } else if (dgram && handle instanceof dgram.Socket) {
    type = 'dgram.Socket';
    raw = handle._ipcHandle?.();
  } else if (isUdpHandle(handle)) {
    type = 'dgram.Native';
    raw = handle;
  } else {
    throw new codes.ERR_INVALID_HANDLE_TYPE();
  }
  const wrapped = { cmd: 'NODE_HANDLE', type, msg: message };
  if (type === 'net.Socket' && raw) releaseSocket(channel, handle, options, wrapped);
  return { message: wrapped, native: raw?.native };
}

function isUdpHandle(handle) {
  const module = require.cache.get('dgram/handle');
  return module !== undefined && handle instanceof module.exports.UDP;
}

function isClosed(handle) {
  const raw = handle instanceof handlesApi.Stream || isUdpHandle(handle) ? handle : handle._handle ?? handle._ipcHandle?.();
  return !raw || raw.closed === true;
}

// The socket lives on in the other process: here it is only closed, once the other side has it.
function releaseSocket(channel, socket, options, message) {
  if (options.keepOpen) return;
  if (socket._server) {
    socket.server._connections--;
    socket._server = null;
    channel.remote ??= new (require('child_process/remote').RemoteSockets)();
    message.key = channel.remote.add(socket.server);
  }
  socket._handle.readStop();
}

function closeSent({ handle, options }) {
  const net = require('net');
  if (handle instanceof net.Socket && !options.keepOpen && handle._handle) {
    const raw = handle._handle;
    raw.onread = () => {};
    handle._handle = null;
    handle.destroy();
    raw.close();
  }
}

function acknowledged(channel) {
  const { waiting, target } = channel;
  if (!waiting) return;
  channel.waiting = null;
  closeSent(waiting);
  while (channel.queue.length > 0 && !channel.waiting) {
    const next = channel.queue.shift();
    try {
      put(channel, target, next.message, next.sendNative, next.handle, next.options, next.callback);
    } catch (error) {
      fail(target, error, next.callback); // whoever sent it is not here to catch it
    }
  }
  channel.maybeClose();
}

function receiveHandle(channel, message) {
  const { target } = channel;
  const raw = channel.pendingHandles.shift();
  if (raw === undefined) {
    put(channel, target, { cmd: 'NODE_HANDLE_NACK' }, undefined, undefined, { swallowErrors: true });
    return;
  }
  put(channel, target, { cmd: 'NODE_HANDLE_ACK' }, undefined, undefined, { swallowErrors: true });
  unwrap(channel, message.type, raw, (handle) => {
    if (message.key !== undefined && message.type === 'net.Socket') reportClose(channel, target, handle, message.key);
    const event = isInternal(message.msg) ? 'internalMessage' : 'message';
    if (event === 'message') process.nextTick(emitMessage, target, event, message.msg, handle);
    else emitMessage(target, event, message.msg, handle);
  });
}

function socketType(raw) {
  const name = raw.sockname();
  return Array.isArray(name) && name[2] === 6 ? 'udp6' : 'udp4';
}

// The process that accepted the socket counts it until it is closed here.
function reportClose(channel, target, socket, key) {
  socket.once('close', () => {
    if (channel.handle) put(channel, target, { cmd: 'NODE_SOCKET_CLOSED', key }, undefined, undefined, { swallowErrors: true });
  });
}

// What arrived need not be what its message says: sockets refuse to be made of other things.
function unwrap(channel, type, raw, deliver) {
  if (type === 'net.Native' || type === 'dgram.Native') {
    deliver(raw);
    return;
  }
  const refuse = () => {
    raw.close();
    breakOff(channel, new Error(`A descriptor arrived that is no ${type}`));
  };
  if (type === 'dgram.Socket' && isUdpHandle(raw)) {
    const socket = require('dgram').createSocket(socketType(raw));
    socket.once('error', refuse);
    socket.bind(raw, () => {
      socket.removeListener('error', refuse);
      deliver(socket);
    });
  } else if (type === 'net.Socket' && raw instanceof handlesApi.Stream) {
    const { Socket } = require('net');
    deliver(new Socket({ handle: raw, readable: true, writable: true }));
  } else if (type === 'net.Server' && raw instanceof handlesApi.Stream) {
    const { Server } = require('net');
    const server = new Server();
    server.once('error', refuse);
    server.listen(raw, () => {
      server.removeListener('error', refuse);
      deliver(server);
    });
  } else {
    refuse();
  }
}

// ---- Setting up both ends ----

function install(target, handle, serialization) {
  const channel = new Channel(target, handle, serialization);
  target.channel = channel.control;
  Object.defineProperty(target, '_channel', { configurable: true, get: () => target.channel });
  target.connected = true;
  target.send = function(message, handleToSend, options, callback) {
    return send(channel, target, message, handleToSend, options, callback);
  };
  target._send = function(message, handleToSend, options, callback) {
    if (!target.connected || !channel.handle) return false;
    const given = typeof options === 'boolean' ? { swallowErrors: options } : options;
    return transmit(channel, target, message, handleToSend, { swallowErrors: false, ...given }, callback);
  };
  target.disconnect = function() {
    if (!target.connected) {
      target.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    target._disconnect();
  };
  target._disconnect = function() {
    target.connected = false;
    channel.closing = true;
    // Let messages of this turn leave first.
    process.nextTick(() => channel.maybeClose());
  };
  channel.start();
  return channel;
}

function setupParent(child, handle, serialization) {
  install(child, handle, serialization);
}

const kept = { __proto__: null, message: true, disconnect: true };

function setupChild(fd, serialization) {
  const handle = handlesApi.createIpcPipe();
  const status = handle.open(fd);
  if (status) throw errnoException(status, 'open');
  handle.unref();
  const channel = install(process, handle, serialization);
  const control = channel.control;
  process.on('newListener', (name) => {
    if (kept[name]) control.count(1);
  });
  process.on('removeListener', (name) => {
    if (kept[name]) control.count(-1);
  });
}

module.exports = { isBrokenOff, setupChild, setupParent, warnBrokenOff };
