// SPDX-License-Identifier: MIT
//
// The JavaScript faces of libuv's streams: TCP, Pipe, TTY. One small object per handle, of one stable shape; all
// state that C needs is in C. Events come through three functions for all handles: no closure per handle.
//
// handle.onread(handle, nread, arrayBuffer), handle.onconnection(status, clientHandle) belong to the owner.

'use strict';

const { asyncIdOf, bindCallback, dispatch, enterHandle, leaveHandle } = require('runtime/io/context');
const io = binding('io_stream');
const tcp = binding('tcp');
const pipe = binding('pipe');

const UV_EBADF = -9;

function ignore() {}

class Stream {
  constructor(native, type) {
    this.native = native;
    this.frame = undefined;
    this.asyncId = 0;
    this.triggerId = 0;
    this.owner = null;
    this.onread = ignore;
    this.onconnection = ignore;
    this.onhandle = ignore;
    this.reading = false;
    this.isServer = false;
    this.bytesReadAtEnd = 0;
    this.bytesWrittenAtEnd = 0;
    this.closed = false;
    if (typeof native === 'object') io.attach(native, this);
    enterHandle(this, type);
  }

  readStart() {
    this.reading = true;
    return io.readStart(this.native);
  }

  readStop() {
    this.reading = false;
    return io.readStop(this.native);
  }

  // These return 0 (done: the callback will not be called), 1 (it will) or a negative errno.
  writeBuffer(bytes, callback) { return io.write(this.native, bytes, bindCallback(callback, 'WRITEWRAP')); }
  writeUtf8(text, callback) { return io.writeText(this.native, text, false, bindCallback(callback, 'WRITEWRAP')); }
  writeLatin1(text, callback) { return io.writeText(this.native, text, true, bindCallback(callback, 'WRITEWRAP')); }
  writev(list, callback) { return io.writev(this.native, list, bindCallback(callback, 'WRITEWRAP')); }
  shutdown(callback) { return io.shutdown(this.native, bindCallback(callback, 'SHUTDOWNWRAP')); }

  close(callback) {
    if (this.closed) return;
    this.closed = true;
    this.reading = false;
    this.bytesReadAtEnd = io.bytesRead(this.native);
    this.bytesWrittenAtEnd = io.bytesWritten(this.native);
    io.close(this.native, this.closing(callback));
  }

  // What C calls when the handle is closed.
  closing(callback) {
    if (this.frame === undefined && this.asyncId === 0) return callback;
    return () => {
      if (callback) dispatch(this, callback);
      leaveHandle(this);
    };
  }

  ref() { io.setRef(this.native, true); }
  unref() { io.setRef(this.native, false); }
  hasRef() { return !this.closed && io.hasRef(this.native); }
  get fd() { return io.fd(this.native); }
  get writeQueueSize() { return io.queued(this.native); }
  get bytesRead() { return this.closed ? this.bytesReadAtEnd : io.bytesRead(this.native); }
  get bytesWritten() { return this.closed ? this.bytesWrittenAtEnd : io.bytesWritten(this.native); }
  getAsyncId() { return asyncIdOf(this); }
  setBlocking(on) { return pipe.setBlocking(this.native, on); }
}

class TCP extends Stream {
  constructor(native = tcp.create()) { super(native, 'TCPWRAP'); }
  get resourceName() { return this.isServer ? 'TCPServerWrap' : 'TCPSocketWrap'; }
  open(fd) { return tcp.open(this.native, fd); }
  bind(address, port, flags = 0, reusePort = false) {
    return tcp.bind(this.native, address, port, flags, reusePort);
  }
  listen(backlog) {
    this.isServer = true;
    return tcp.listen(this.native, backlog);
  }
  connect(address, port, callback) { return tcp.connect(this.native, address, port, bindCallback(callback, 'TCPCONNECTWRAP')); }
  setNoDelay(on) { return tcp.noDelay(this.native, on); }
  setKeepAlive(on, seconds) { return tcp.keepAlive(this.native, on, seconds); }
  setTypeOfService(value) { return tcp.tos(this.native, value); }
  getTypeOfService() { return tcp.tos(this.native); }
  // [address, port, family] or a negative errno
  sockname() { return tcp.sockname(this.native); }
  peername() { return tcp.peername(this.native); }
  getsockname(out) { return fill(out, this.sockname()); }
  getpeername(out) { return fill(out, this.peername()); }

  reset(callback) {
    if (this.closed) return UV_EBADF;
    const read = io.bytesRead(this.native);
    const written = io.bytesWritten(this.native);
    const result = tcp.reset(this.native, this.closing(callback));
    if (result !== 0) return result;
    this.bytesReadAtEnd = read;
    this.bytesWrittenAtEnd = written;
    this.closed = true;
    this.reading = false;
    return 0;
  }
}

function fill(out, triple) {
  if (typeof triple === 'number') return triple;
  out.address = triple[0];
  out.port = triple[1];
  out.family = triple[2] === 6 ? 'IPv6' : 'IPv4';
  return 0;
}

class Pipe extends Stream {
  constructor(native = pipe.create(false)) { super(native, 'PIPEWRAP'); }
  get resourceName() { return this.isServer ? 'PipeServerWrap' : 'PipeWrap'; }
  open(fd) { return pipe.open(this.native, fd); }
  bind(name) { return pipe.bind(this.native, name); }
  listen(backlog) {
    this.isServer = true;
    return pipe.listen(this.native, backlog);
  }
  connect(name, callback) { return pipe.connect(this.native, name, bindCallback(callback, 'PIPECONNECTWRAP')); }
  fchmod(mode) { return pipe.chmod(this.native, mode); }
  // Channels between processes only: bytes with a handle (its native) beside them.
  writeHandle(bytes, native, callback) { return pipe.writeHandle(this.native, bytes, native, bindCallback(callback, 'WRITEWRAP')); }
}

class TTY extends Stream {
  constructor(fd) {
    super(binding('tty').create(fd), 'TTYWRAP');
    this.error = typeof this.native === 'number' ? this.native : 0;
  }
  get resourceName() { return 'TTYWrap'; }
  setRawMode(on) { return binding('tty').setRawMode(this.native, on); }
  getWindowSize() { return binding('tty').windowSize(this.native); }
}

// ---- Events from C ----

function onread(handle, nread, bytes) {
  if (handle.frame === undefined && handle.asyncId === 0) handle.onread(handle, nread, bytes);
  else dispatch(handle, handle.onread, handle, nread, bytes);
}

const UV_NAMED_PIPE = 7;

function onconnection(handle, status, native, type) {
  dispatch(handle, accept, status, native, type);
}

function accept(status, native, type) {
  if (status !== 0) this.onconnection(status, undefined);
  else this.onconnection(0, accepted(native, type));
}

// A connection comes from outside: its own events have no async context, as in Node.
function accepted(native, type) {
  const frame = $lode.c;
  $lode.c = undefined;
  const handle = type === UV_NAMED_PIPE ? new Pipe(native) : new TCP(native);
  $lode.c = frame;
  return handle;
}

function onwrite(handle, callback, status) {
  callback(status, handle);
}

const UV_TCP = 12;
const UV_UDP = 15;

function onhandle(handle, native, type) {
  let arrived;
  if (native === undefined) arrived = undefined;
  else if (type === UV_TCP) arrived = new TCP(native);
  else if (type === UV_UDP) arrived = new (require('dgram/handle').UDP)(native);
  else arrived = new Pipe(native);
  handle.onhandle(handle, arrived);
}

io.setup(onread, onconnection, onwrite, onhandle);

module.exports = { Stream, TCP, Pipe, TTY, TCP_IPV6ONLY: tcp.IPV6ONLY, PIPE_READABLE: pipe.READABLE, PIPE_WRITABLE: pipe.WRITABLE,
                   createIpcPipe: () => new Pipe(pipe.create(true)) };
