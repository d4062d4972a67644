// SPDX-License-Identifier: MIT
//
// ReadStream and WriteStream. They are functions rather than classes: old programs call them without `new`
// and inherit from them with util.inherits.
//
// Ordering: one operation on the descriptor at a time. A stream destroyed meanwhile waits for it to end
// (kIdle) before it closes, so that a descriptor is never closed under a running read.
'use strict';

const { Buffer } = require('buffer');
const Readable = require('stream/readable');
const Writable = require('stream/writable');
const { finished } = require('stream');
const { codes: {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE, ERR_SYSTEM_ERROR,
} } = require('internal/errors');
const { toFd, toOptions, toPath } = require('fs/paths');
const { validateBoolean, validateFunction, validateInteger, validateAbortSignal } = require('internal/validators');

const kFs = Symbol('kFs');
const kHandle = Symbol('kHandle');
const kBusy = Symbol('kIsPerformingIO');
const kIdle = Symbol('kIoDone');

// ---- What both have in common ----

// The functions of a FileHandle in the shape of `fs`.
function handleFunctions(stream, handle) {
  return {
    open: () => {},
    read: (fd, buffer, offset, length, position, callback) => {
      handle.read(buffer, offset, length, position).then(
        ({ bytesRead }) => process.nextTick(callback, null, bytesRead, buffer),
        (error) => process.nextTick(callback, error, 0, buffer));
    },
    write: (fd, buffer, offset, length, position, callback) => {
      handle.write(buffer, offset, length, position).then(
        ({ bytesWritten }) => process.nextTick(callback, null, bytesWritten, buffer),
        (error) => process.nextTick(callback, error, 0, buffer));
    },
    writev: (fd, buffers, position, callback) => {
      handle.writev(buffers, position).then(
        ({ bytesWritten }) => process.nextTick(callback, null, bytesWritten, buffers),
        (error) => process.nextTick(callback, error, 0, buffers));
    },
    fsync: (fd, callback) => {
      handle.sync().then(() => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
    },
    close: (fd, callback) => {
      const { kRelease } = require('fs/filehandle');
      handle[kRelease]();
      handle.close().then(() => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
    },
  };
}

function takeHandle(stream, handle) {
  const { kHold } = require('fs/filehandle');
  stream[kHandle] = handle;
  stream[kFs] = handleFunctions(stream, handle);
  handle[kHold]();
  handle.on('close', () => stream.close());
  return handle.fd;
}

// Settles stream.fd, stream.path and stream[kFs] from the options.
function settleSource(stream, path, options, functions) {
  const own = options.fs;
  stream[kFs] = own || require('fs');
  if (own) for (const name of functions) validateFunction(own[name], `options.fs.${name}`);
  const { fd } = options;
  if (fd === undefined || fd === null) {
    stream.fd = null;
    stream.path = toPath(path);
  } else if (typeof fd === 'number') {
    stream.fd = toFd(fd);
    stream.path = path === undefined || path === null ? undefined : toPath(path);
  } else if (typeof fd === 'object' && fd instanceof require('fs/filehandle').FileHandle) {
    if (own) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream.fd = takeHandle(stream, fd);
    stream.path = undefined;
  } else {
    throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'FileHandle'], fd);
  }
}

// A copy with inherited options, as users pass Object.create(defaults).
function ownOptions(options, otherwise) {
  const given = toOptions(options, otherwise);
  const copy = {};
  for (const key in given) copy[key] = given[key];
  if (copy.autoDestroy === undefined) copy.autoDestroy = copy.autoClose === undefined ? true : copy.autoClose;
  return copy;
}

// Programs from before _construct define open(), which tells by events how it went.
function openOldStyle(stream, callback) {
  const { emit } = stream;
  stream.emit = function(name, ...args) {
    if (name === 'open') {
      stream.emit = emit;
      callback();
      return Reflect.apply(emit, stream, [name, ...args]);
    }
    if (name === 'error') {
      stream.emit = emit;
      callback(args[0]);
      return false;
    }
    return Reflect.apply(emit, stream, [name, ...args]);
  };
  stream.open();
}

function construct(callback) {
  const stream = this;
  if (typeof stream.fd === 'number') {
    callback();
  } else if (stream.open !== undefined) {
    openOldStyle(stream, callback);
  } else {
    stream[kFs].open(stream.path, stream.flags, stream.mode, (error, fd) => {
      if (error) {
        callback(error);
        return;
      }
      stream.fd = fd;
      callback();
      stream.emit('open', fd);
      stream.emit('ready');
    });
  }
}

function closeDescriptor(stream, error, callback) {
  stream[kFs].close(stream.fd, (failure) => callback(failure || error));
  stream.fd = null;
}

// The last step of destruction, once nothing runs on the descriptor.
function release(stream, error, callback) {
  if (typeof stream.fd !== 'number') callback(error);
  else if (stream.flush && error == null) flushAndClose(stream, callback);
  else closeDescriptor(stream, error, callback);
}

function flushAndClose(stream, callback) {
  stream[kFs].fsync(stream.fd, (failure) => closeDescriptor(stream, failure, callback));
}

function destroy(error, callback) {
  if (this[kBusy]) this.once(kIdle, (failure) => release(this, error || failure, callback));
  else release(this, error, callback);
}

// Ends an operation; true where the stream was destroyed meanwhile.
function idle(stream, error) {
  stream[kBusy] = false;
  if (!stream.destroyed) return false;
  stream.emit(kIdle, error);
  return true;
}

function defineCommon(prototype, state) {
  Object.defineProperty(prototype, 'autoClose', {
    enumerable: false,
    configurable: true,
    get() {
      if (this[state] === undefined) throw new ERR_INVALID_THIS(this.constructor.name);
      return this[state].autoDestroy;
    },
    set(value) {
      if (this[state] === undefined) throw new ERR_INVALID_THIS(this.constructor.name);
      this[state].autoDestroy = value;
    },
  });
  prototype._construct = construct;
}

function definePending(prototype) {
  Object.defineProperty(prototype, 'pending', {
    enumerable: false, configurable: true, get() { return this.fd === null; },
  });
}

// ---- ReadStream ----

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = ownOptions(options);
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  this.fd = null;
  settleSource(this, path, options, ['open', 'read', 'close']);
  this.flags = options.flags === undefined ? 'r' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.start = options.start;
  this.end = options.end ?? Infinity;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kBusy] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  Reflect.apply(Readable, this, [options]);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);
defineCommon(ReadStream.prototype, '_readableState');

ReadStream.prototype._read = function(size) {
  const left = this.pos !== undefined ? this.end - this.pos + 1 : this.end - this.bytesRead + 1;
  const length = Math.min(left, size);
  if (length <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(length);
  this[kBusy] = true;
  this[kFs].read(this.fd, buffer, 0, length, this.pos, (error, count, filled) => {
    if (idle(this, error)) return;
    if (error) {
      require('stream/destroy').errorOrDestroy(this, error);
    } else if (count > 0) {
      if (this.pos !== undefined) this.pos += count;
      this.bytesRead += count;
      // A mostly empty block must not be kept alive by the little that was read.
      this.push(count === filled.length ? filled : Uint8Array.prototype.slice.call(filled, 0, count));
    } else {
      this.push(null);
    }
  });
};

ReadStream.prototype._destroy = destroy;

ReadStream.prototype.close = function(callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
};
definePending(ReadStream.prototype);

// ---- WriteStream ----

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = ownOptions(options);
  options.decodeStrings = true;
  this.fd = null;
  const own = options.fs;
  const functions = ['open', 'close'];
  if (own) {
    if (own.write || !own.writev) functions.push('write');
    if (own.writev) functions.push('writev');
    if (options.flush === true) functions.push('fsync');
  }
  settleSource(this, path, options, functions);
  this.flags = options.flags === undefined ? 'w' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.flush = options.flush;
  if (this.flush === undefined || this.flush === null) this.flush = false;
  else validateBoolean(this.flush, 'options.flush');
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  this[kBusy] = false;
  if (own && !own.write) this._write = null;
  if (own && !own.writev) this._writev = null;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);
defineCommon(WriteStream.prototype, '_writableState');

const MAX_RETRIES = 5; // of writes that take nothing

// Writes all of `data`, in as many calls as it takes.
function writeAll(stream, data, length, position, callback, retries = 0) {
  stream[kFs].write(stream.fd, data, 0, length, position, (error, count, buffer) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      count = 0;
    }
    if (stream.destroyed || error) return callback(error || destroyedError(stream));
    stream.bytesWritten += count;
    retries = count > 0 ? 0 : retries + 1;
    if (count === length) return callback();
    if (retries > MAX_RETRIES) return callback(stuck());
    return writeAll(stream, buffer.subarray(count), length - count,
                    position === undefined ? undefined : position + count, callback, retries);
  });
}

function destroyedError() {
  const { codes: { ERR_STREAM_DESTROYED } } = require('internal/errors');
  return new ERR_STREAM_DESTROYED('write');
}

function stuck() {
  return new ERR_SYSTEM_ERROR({ code: 'EAGAIN', message: 'write failed', syscall: 'write', errno: -11 });
}

function writevAll(stream, chunks, length, position, callback, retries = 0) {
  stream[kFs].writev(stream.fd, chunks, position, (error, count, buffers) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      count = 0;
    }
    if (stream.destroyed || error) return callback(error || destroyedError(stream));
    stream.bytesWritten += count;
    retries = count > 0 ? 0 : retries + 1;
    if (count === length) return callback();
    if (retries > MAX_RETRIES) return callback(stuck());
    return writevAll(stream, [Buffer.concat(buffers).subarray(count)], length - count,
                     position === undefined ? undefined : position + count, callback, retries);
  });
}

WriteStream.prototype._write = function(data, encoding, callback) {
  this[kBusy] = true;
  writeAll(this, data, data.length, this.pos, (error) => {
    idle(this, error);
    callback(error);
  });
  if (this.pos !== undefined) this.pos += data.length;
};

WriteStream.prototype._writev = function(data, callback) {
  const chunks = new Array(data.length);
  let size = 0;
  for (let i = 0; i < chunks.length; i++) {
    chunks[i] = data[i].chunk;
    size += chunks[i].length;
  }
  this[kBusy] = true;
  writevAll(this, chunks, size, this.pos, (error) => {
    idle(this, error);
    callback(error);
  });
  if (this.pos !== undefined) this.pos += size;
};

WriteStream.prototype._destroy = destroy;

WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;
definePending(WriteStream.prototype);

function createReadStream(path, options) {
  return new ReadStream(path, options);
}

function createWriteStream(path, options) {
  return new WriteStream(path, options);
}

module.exports = { ReadStream, WriteStream, createReadStream, createWriteStream };
