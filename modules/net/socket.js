// SPDX-License-Identifier: MIT
//
// net.Socket: a Duplex over a TCP or pipe handle.
//
// A socket is cheap: no closures, one handle object, timers only when asked for. Reads are pushed straight from
// the handle's event; a write goes to the kernel at once and only what it refused is queued (in C).
// Connecting lives in net/connect, listening in net/server.

'use strict';

const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/fast_buffer');
const { codes, errnoException } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInt32, validateNumber, validateObject } = require('internal/validators');
const { TCP, Pipe } = require('runtime/io/handles');

const UV_EOF = -4095;
const UV_ENOTCONN = -107;
const UV_EBADF = -9;
const TIMEOUT_MAX = 2 ** 31 - 1;

const kTimeout = Symbol('timeout');
const kTimeoutMs = Symbol('timeout ms');
const kUserBuffer = Symbol('onread');
const kKeepAlive = Symbol('keepAlive');
const kKeepAliveDelay = Symbol('keepAliveInitialDelay');
const kNoDelay = Symbol('noDelay');
const kTos = Symbol('typeOfService');
const kBytesRead = Symbol('bytesRead');
const kBytesWritten = Symbol('bytesWritten');
const kClosing = Symbol('closing');

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') options = { fd: options };
  else options = { ...options };
  rejectObjectMode(options);
  if (options.onread !== undefined && options.onread !== null) checkOnread(options.onread);

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this._sockname = null;
  this._peername = null;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  this[kTimeout] = null;
  this[kTimeoutMs] = 0;
  this[kUserBuffer] = null;
  this[kKeepAlive] = false;
  this[kKeepAliveDelay] = 0;
  this[kNoDelay] = false;
  this[kTos] = undefined;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kClosing] = false;

  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  options.emitClose = false; // emitted, with an argument, once the handle is closed
  options.autoDestroy = true;
  options.decodeStrings = false; // text goes to the kernel without a Buffer in between
  const signal = options.signal;
  options.signal = undefined;
  Duplex.call(this, options);
  if (signal !== undefined && signal !== null) {
    validateAbortSignal(signal, 'options.signal');
    require('stream').addAbortSignal(signal, this);
  }

  if (options.handle) {
    this._handle = options.handle;
  } else if (options.fd !== undefined) {
    openDescriptor(this, options.fd);
  }
  if (options.onread) this[kUserBuffer] = userBuffer(options.onread);
  if (options.keepAlive) this[kKeepAlive] = true;
  if (options.keepAliveInitialDelay) this[kKeepAliveDelay] = keepAliveSeconds(options.keepAliveInitialDelay);
  if (options.noDelay) this[kNoDelay] = true;
  if (options.typeOfService !== undefined) {
    validateInt32(options.typeOfService, 'options.typeOfService', 0, 255);
    this[kTos] = options.typeOfService;
  }

  adoptHandle(this);
  this.on('end', onReadableEnd);
  if (this._handle && options.readable !== false) startOrPause(this, options);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function rejectObjectMode(options) {
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
    if (options[name]) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
  }
}

function checkOnread(onread) {
  validateObject(onread, 'options.onread');
}

// The next buffer to fill is always at hand, also for the read that turns out to be the end.
function userBuffer({ buffer, callback }) {
  const isGenerator = typeof buffer === 'function';
  return { buffer, callback, isGenerator, current: isGenerator ? buffer() : buffer };
}

function keepAliveSeconds(ms) {
  return ms > 0 ? Math.trunc(ms / 1000) : 0;
}

function openDescriptor(socket, fd) {
  validateInt32(fd, 'options.fd', 0);
  const handle = handleForDescriptor(fd);
  const result = handle.open(fd);
  if (result) throw errnoException(result, 'open');
  socket._handle = handle;
  // Node keeps a process's own output synchronous on pipes.
  if ((fd === 1 || fd === 2) && handle instanceof Pipe) handle.setBlocking(true);
}

function handleForDescriptor(fd) {
  const kind = binding('tty').guess(fd);
  if (kind === 'PIPE') return new Pipe();
  if (kind === 'TCP') return new TCP();
  throw new codes.ERR_INVALID_FD_TYPE(kind);
}

// The handle's events are ours from here.
function adoptHandle(socket) {
  const handle = socket._handle;
  if (!handle) return;
  handle.owner = socket;
  handle.onread = socket[kUserBuffer] ? onReadIntoUserBuffer : onRead;
}

function startOrPause(socket, options) {
  if (options.pauseOnCreate) {
    // The consumer resumes; until then the kernel keeps the data.
    socket._handle.reading = false;
    socket._handle.readStop();
    socket.readableFlowing = false;
  } else if (!options.manualStart) {
    socket.read(0);
  }
}

// ---- Reading ----

function onRead(handle, nread, bytes) {
  const socket = handle.owner;
  if (socket[kTimeout] !== null) socket[kTimeout].refresh();
  if (nread > 0) {
    if (socket.destroyed) return;
    if (!socket.push(new FastBuffer(bytes, 0, nread)) && handle.reading) stopReading(socket, handle);
    return;
  }
  endOfRead(socket, nread);
}

function onReadIntoUserBuffer(handle, nread, bytes) {
  const socket = handle.owner;
  if (socket[kTimeout] !== null) socket[kTimeout].refresh();
  if (nread <= 0) return endOfRead(socket, nread);
  const settings = socket[kUserBuffer];
  for (let offset = 0; offset < nread && !socket.destroyed;) {
    const target = settings.current;
    const count = Math.min(target.byteLength, nread - offset);
    new Uint8Array(target.buffer, target.byteOffset, count).set(new Uint8Array(bytes, offset, count));
    offset += count;
    const goOn = settings.callback.call(socket, count, target);
    if (settings.isGenerator) settings.current = settings.buffer();
    if (goOn === false) {
      socket.pause();
      if (handle.reading) stopReading(socket, handle);
    }
    if (!handle.reading && offset < nread) {
      keepRest(socket, bytes, offset, nread);
      return;
    }
  }
}

// The consumer paused in the middle of a chunk: the rest waits until reading starts again.
const kRest = Symbol('rest of a chunk');
function keepRest(socket, bytes, offset, nread) {
  socket[kRest] = bytes.slice(offset, nread);
}

function stopReading(socket, handle) {
  const result = handle.readStop();
  if (result) socket.destroy(errnoException(result, 'read'));
}

function endOfRead(socket, nread) {
  if (nread === 0) return;
  if (nread !== UV_EOF) {
    socket.destroy(errnoException(nread, 'read'));
    return;
  }
  if (socket._readableState.endEmitted) {
    if (socket.writableLength === 0 && !socket.writable) socket.destroy();
    return;
  }
  if (socket[kUserBuffer]) socket.resume?.();
  socket.push(null);
  socket.read(0); // makes 'end' happen even where nobody reads
}

function startReading(socket) {
  const rest = socket[kRest];
  if (rest !== undefined) {
    socket[kRest] = undefined;
    onReadIntoUserBuffer(socket._handle, rest.byteLength, rest);
    if (socket[kRest] !== undefined || !socket._handle) return;
  }
  const result = socket._handle.readStart();
  if (result) socket.destroy(errnoException(result, 'read'));
}

Socket.prototype._read = function(size) {
  if (this.connecting || !this._handle) {
    this.once('connect', readAgain);
  } else if (!this._handle.reading) {
    startReading(this);
  }
};

function readAgain() {
  this._read(0);
}

// With onread there is no readable buffer: pausing and resuming act on the handle.
Socket.prototype.pause = function() {
  if (this[kUserBuffer] && !this.connecting && this._handle?.reading && !this.destroyed) stopReading(this, this._handle);
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this[kUserBuffer] && !this.connecting && this._handle && !this._handle.reading) startReading(this);
  return Duplex.prototype.resume.call(this);
};

Socket.prototype.read = function(n) {
  if (this[kUserBuffer] && !this.connecting && this._handle && !this._handle.reading) startReading(this);
  return Duplex.prototype.read.call(this, n);
};

// ---- Writing ----

// Queued writes end here; the callback is the Writable's own.
function finishWrite(socket, callback, status) {
  if (socket[kTimeout] !== null) socket[kTimeout].refresh();
  if (socket.destroyed) callback(new codes.ERR_SOCKET_CLOSED());
  else callback(status === 0 ? null : errnoException(status, 'write'));
}

const latin1Names = new Set(['latin1', 'binary', 'ascii']);

function writeChunk(handle, chunk, encoding, done) {
  if (encoding === 'buffer' && typeof chunk === 'string') {
    throw Object.assign(new TypeError('Second argument must be a buffer'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (typeof chunk !== 'string') return handle.writeBuffer(chunk, done);
  if (encoding === 'utf8' || encoding === 'utf-8' || encoding === 'buffer') return handle.writeUtf8(chunk, done);
  if (latin1Names.has(encoding)) return handle.writeLatin1(chunk, done);
  return handle.writeBuffer(Buffer.from(chunk, encoding), done);
}

const MAX_CHUNKS = 1000; // of one writev in C

function writeList(handle, chunks, done) {
  const list = new Array(chunks.length);
  for (let i = 0; i < list.length; i++) {
    const { chunk, encoding } = chunks[i];
    list[i] = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  }
  return list.length > MAX_CHUNKS ? handle.writeBuffer(Buffer.concat(list), done) : handle.writev(list, done);
}

Socket.prototype._writeGeneric = function(isList, data, encoding, callback) {
  if (this.connecting) return writeWhenConnected(this, isList, data, encoding, callback);
  this._pendingData = null;
  this._pendingEncoding = '';
  const handle = this._handle;
  if (!handle) {
    callback(new codes.ERR_SOCKET_CLOSED());
    return false;
  }
  if (this[kTimeout] !== null) this[kTimeout].refresh();
  const done = (status) => finishWrite(this, callback, status);
  const result = isList ? writeList(handle, data, done) : writeChunk(handle, data, encoding, done);
  if (result === 1) return false;
  callback(result === 0 ? null : errnoException(result, 'write'));
  return result === 0;
};

function writeWhenConnected(socket, isList, data, encoding, callback) {
  socket._pendingData = data;
  socket._pendingEncoding = encoding;
  function onConnect() {
    socket.off('close', onClose);
    socket._writeGeneric(isList, data, encoding, callback);
  }
  function onClose() {
    socket.off('connect', onConnect);
    callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
  }
  socket.once('connect', onConnect);
  socket.once('close', onClose);
}

Socket.prototype._writev = function(chunks, callback) {
  this._writeGeneric(true, chunks, '', callback);
};

Socket.prototype._write = function(data, encoding, callback) {
  this._writeGeneric(false, data, encoding, callback);
};

Socket.prototype._final = function(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  const handle = this._handle;
  if (!handle || !handle.shutdown) return callback();
  const result = handle.shutdown((status) => finishShutdown(this, callback, status));
  if (result < 0) finishShutdown(this, callback, result);
};

// The other side may be gone already, which ends the writing just as well.
function finishShutdown(socket, callback, status) {
  if (status === 0 || status === UV_ENOTCONN || status === UV_EBADF || socket.destroyed) callback();
  else callback(errnoException(status, 'shutdown'));
}

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

// The peer is done and half-open is not wanted: later writes fail with EPIPE.
function onReadableEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFin;
}

function writeAfterFin(chunk, encoding, callback) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, callback);
  if (typeof encoding === 'function') callback = encoding;
  const error = new Error('This socket has been ended by the other party');
  error.code = 'EPIPE';
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

// ---- Ending ----

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype._destroy = function(error, callback) {
  this.connecting = false;
  clearSocketTimer(this);
  const hadHandle = this._handle !== null && this._handle !== undefined;
  if (hadHandle) closeHandle(this, error);
  callback(error);
  if (!hadHandle) process.nextTick(emitClose, this, Boolean(error));
  releaseServer(this);
};

function closeHandle(socket, error) {
  const handle = socket._handle;
  const hadError = error ? true : false;
  const closed = () => emitClose(socket, hadError);
  handle.onread = ignore;
  if (socket.resetAndClosing) {
    socket.resetAndClosing = false;
    const result = handle.reset(closed);
    if (result) socket.emit('error', errnoException(result, 'reset'));
  } else {
    handle.close(closed);
  }
  socket[kBytesRead] = handle.bytesRead;
  socket[kBytesWritten] = handle.bytesWritten;
  socket._handle = null;
  socket._sockname = null;
}

function ignore() {}

function emitClose(socket, hadError) {
  socket.emit('close', hadError);
}

function releaseServer(socket) {
  const server = socket._server;
  if (!server) return;
  socket._server = null;
  server._connections--;
  if (server._emitCloseIfDrained) server._emitCloseIfDrained();
}

Socket.prototype.resetAndDestroy = function() {
  if (this._handle) {
    if (!(this._handle instanceof TCP)) throw new codes.ERR_INVALID_HANDLE_TYPE();
    if (this.connecting) this.once('connect', () => this._reset());
    else this._reset();
  } else {
    this.destroy(new codes.ERR_SOCKET_CLOSED());
  }
  return this;
};

Socket.prototype._reset = function() {
  this.resetAndClosing = true;
  return this.destroy();
};

// ---- Options of the connection ----

// Runs once the handle exists for sure: now or at 'connect'.
Socket.prototype.setNoDelay = function(enable) {
  const on = enable === undefined ? true : Boolean(enable);
  if (!this._handle || this.connecting) {
    this[kNoDelay] = on;
    if (!this._handle) return this;
  }
  if (this._handle.setNoDelay && !this.connecting && on !== this[kNoDelay]) {
    this[kNoDelay] = on;
    this._handle.setNoDelay(on);
  }
  return this;
};

Socket.prototype.setKeepAlive = function(enable, initialDelay) {
  const on = Boolean(enable);
  const seconds = keepAliveSeconds(initialDelay);
  if (!this._handle || this.connecting) {
    this[kKeepAlive] = on;
    this[kKeepAliveDelay] = seconds;
    return this;
  }
  if (!this._handle.setKeepAlive) return this;
  if (on !== this[kKeepAlive] || (on && this[kKeepAliveDelay] !== seconds)) {
    this[kKeepAlive] = on;
    this[kKeepAliveDelay] = seconds;
    this._handle.setKeepAlive(on, seconds);
  }
  return this;
};

Socket.prototype.setTypeOfService = function(value) {
  if (Number.isNaN(value)) throw new codes.ERR_INVALID_ARG_TYPE('tos', 'number', value);
  validateInt32(value, 'tos', 0, 255);
  this[kTos] = value;
  if (this._handle && !this.connecting && this._handle.setTypeOfService) {
    const result = this._handle.setTypeOfService(value);
    if (result < 0) throw errnoException(result, 'setTypeOfService');
  }
  return this;
};

Socket.prototype.getTypeOfService = function() {
  if (!this._handle || this.connecting || !this._handle.getTypeOfService) return this[kTos] ?? 0;
  const result = this._handle.getTypeOfService();
  if (result < 0) throw errnoException(result, 'getTypeOfService');
  return result;
};

// What was asked for before the connection stood.
function applyOptions(socket) {
  const handle = socket._handle;
  if (socket[kNoDelay] && handle.setNoDelay) handle.setNoDelay(true);
  if (socket[kKeepAlive] && handle.setKeepAlive) handle.setKeepAlive(true, socket[kKeepAliveDelay]);
  if (socket[kTos] !== undefined && handle.setTypeOfService) handle.setTypeOfService(socket[kTos]);
}

Socket.prototype.setTimeout = function(ms, callback) {
  if (this.destroyed) return this;
  validateNumber(ms, 'msecs', 0);
  if (!Number.isFinite(ms)) throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', ms);
  if (ms > TIMEOUT_MAX) {
    process.emitWarning(`${ms} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${TIMEOUT_MAX}.`,
                        'TimeoutOverflowWarning');
    ms = TIMEOUT_MAX;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  clearSocketTimer(this);
  this[kTimeoutMs] = ms;
  if (ms === 0) {
    if (callback !== undefined) this.removeListener('timeout', callback);
  } else {
    this[kTimeout] = require('timers').setTimeout(fireTimeout, ms, this).unref();
    if (callback !== undefined) this.once('timeout', callback);
  }
  return this;
};

Object.defineProperty(Socket.prototype, 'timeout', {
  configurable: true,
  get() { return this[kTimeoutMs] || undefined; },
  set(value) { this[kTimeoutMs] = value; },
});

function fireTimeout(socket) {
  // Bytes of a large write that are still leaving count as activity.
  const handle = socket._handle;
  if (handle && handle.writeQueueSize > 0 && socket.lastQueued !== handle.writeQueueSize) {
    socket.lastQueued = handle.writeQueueSize;
    socket[kTimeout].refresh();
    return;
  }
  socket._onTimeout();
}

Socket.prototype._onTimeout = function() {
  this.emit('timeout');
};

Socket.prototype._unrefTimer = function() {
  if (this[kTimeout] !== null) this[kTimeout].refresh();
};

function clearSocketTimer(socket) {
  if (socket[kTimeout] === null) return;
  require('timers').clearTimeout(socket[kTimeout]);
  socket[kTimeout] = null;
}

Socket.prototype.ref = function() {
  if (!this._handle) this.once('connect', this.ref);
  else if (typeof this._handle.ref === 'function') this._handle.ref();
  return this;
};

Socket.prototype.unref = function() {
  if (!this._handle) this.once('connect', this.unref);
  else if (typeof this._handle.unref === 'function') this._handle.unref();
  return this;
};

// ---- What the connection looks like ----

Socket.prototype.address = function() {
  return this._getsockname();
};

function askName(socket, method) {
  const handle = socket._handle;
  if (!handle || !handle[method] || socket.connecting) return {};
  const out = {};
  return handle[method](out) ? {} : out;
}

Socket.prototype._getpeername = function() {
  if (this._peername) return this._peername;
  const name = askName(this, 'getpeername');
  if (name.address !== undefined) this._peername = name;
  return name;
};

Socket.prototype._getsockname = function() {
  if (this._sockname) return this._sockname;
  const name = askName(this, 'getsockname');
  if (name.address !== undefined) this._sockname = name;
  return name;
};

const getters = {
  _connecting() { return this.connecting; },
  pending() { return !this._handle || this.connecting; },
  readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  },
  bufferSize() { return this._handle ? this.writableLength : undefined; },
  bytesRead() { return this._handle ? this._handle.bytesRead : this[kBytesRead]; },
  _bytesDispatched() { return this._handle ? this._handle.bytesWritten : this[kBytesWritten]; },
  bytesWritten() { return countWritten(this); },
  remoteAddress() { return this._getpeername().address; },
  remoteFamily() { return this._getpeername().family; },
  remotePort() { return this._getpeername().port; },
  localAddress() { return this._getsockname().address; },
  localPort() { return this._getsockname().port; },
  localFamily() { return this._getsockname().family; },
};
for (const name of Object.keys(getters)) {
  Object.defineProperty(Socket.prototype, name, { configurable: true, enumerable: false, get: getters[name] });
}

function lengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
}

// Handed to C, plus what waits in the stream or for the connection.
function countWritten(socket) {
  let total = socket._bytesDispatched;
  if (!socket._writableState) return undefined;
  const waiting = socket._writableState.getBuffer?.() || [];
  for (const { chunk, encoding } of waiting) total += lengthOf(chunk, encoding);
  const pending = socket._pendingData;
  if (Array.isArray(pending)) {
    for (const { chunk, encoding } of pending) total += lengthOf(chunk, encoding);
  } else if (pending) {
    total += lengthOf(pending, socket._pendingEncoding);
  }
  return total;
}

module.exports = { Socket, adoptHandle, applyOptions, startReading, userBuffer, kKeepAlive, kKeepAliveDelay, kNoDelay, kTimeout, kUserBuffer, kTos,
                   keepAliveSeconds, kBytesRead, kBytesWritten };
