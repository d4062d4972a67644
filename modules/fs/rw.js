// SPDX-License-Identifier: MIT
//
// Reading and writing with callbacks: descriptors and whole files. A file of ordinary size is one trip to the
// thread pool; bigger ones go on in chunks (chunks.js).
'use strict';

const { Buffer } = require('buffer');
const { checkVector, isFd, toCallback, toData, toFd, toFlags, toMode, toOptions, toPath } = require('fs/paths');
const { checkView, plainOptions, readSlice, writeSlice } = require('fs/slices');
const { CallbackRequest, nothing, started } = require('fs/request');
const { ChunkReader, ChunkWriter, aborted } = require('fs/chunks');
const { APPEND, READ, WRITE, checkFlush, decodeFile, encodeFile, isUtf8 } = require('fs/rwsync');
const { numbers } = require('fs/stats');
const unmanaged = require('fs/unmanaged');
const native = binding('fs');

const promisified = Symbol.for('nodejs.util.promisify.custom');

// ---- Descriptors ----

// Calls back with (error, count, what was given).
class CountRequest extends CallbackRequest {
  constructor(callback, syscall, held) {
    super(callback, syscall, nothing);
    this.held = held;
  }

  done(value) {
    const { callback } = this;
    if (value < 0) callback(this.error(value), 0, this.held);
    else callback(null, value, this.held);
  }
}

function read(fd, buffer, offset, length, position, callback) {
  fd = toFd(fd);
  let named = arguments.length > 4;
  if (arguments.length <= 4) {
    if (arguments.length === 4) {
      callback = length; // (fd, buffer, options, callback)
      plainOptions(offset);
    } else if (arguments.length === 3) {
      callback = offset;
      if (ArrayBuffer.isView(buffer)) {
        offset = undefined; // (fd, buffer, callback)
      } else {
        offset = buffer; // (fd, options, callback)
        require('internal/validators').validateObject(offset, 'options', { nullable: true });
        buffer = offset?.buffer === undefined ? Buffer.alloc(16384) : offset.buffer;
      }
    } else {
      callback = buffer; // (fd, callback)
      buffer = Buffer.alloc(16384);
      offset = undefined;
    }
    named = false;
  }
  checkView(buffer);
  toCallback(callback);
  const slice = readSlice(buffer, offset, length, position, named);
  if (slice.length === 0) {
    process.nextTick(callback, null, 0, buffer);
    return;
  }
  const req = new CountRequest(callback, 'read', buffer);
  started(req, native.read(fd, buffer, slice.offset, slice.length, slice.position, req));
}

function write(fd, buffer, offset, length, position, callback) {
  fd = toFd(fd);
  if (ArrayBuffer.isView(buffer)) {
    callback = toCallback(callback ?? position ?? length ?? offset);
    if (typeof offset === 'function') offset = undefined;
    if (typeof length === 'function') length = undefined;
    if (typeof position === 'function') position = undefined;
    const slice = writeSlice(buffer, offset, length, position);
    const req = new CountRequest(callback, 'write', buffer);
    started(req, native.write(fd, buffer, slice.offset, slice.length, slice.position, req));
    return;
  }
  toData(buffer, 'buffer');
  // (fd, string[, position[, encoding]], callback)
  let encoding = length;
  if (typeof position !== 'function') {
    if (typeof offset === 'function') {
      position = offset;
      offset = null;
    } else {
      position = length;
    }
    encoding = typeof length === 'string' ? length : 'utf8';
  }
  require('internal/validators').validateEncoding(buffer, encoding);
  callback = toCallback(typeof position === 'function' ? position : callback);
  const bytes = Buffer.from(buffer, Buffer.isEncoding(encoding) ? encoding : 'utf8');
  const req = new CountRequest(callback, 'write', buffer);
  req.extra = bytes;
  started(req, native.write(fd, bytes, 0, bytes.length, typeof offset === 'number' ? offset : -1, req));
}

function readv(fd, buffers, position, callback) {
  fd = toFd(fd);
  checkVector(buffers);
  toCallback(callback ??= position);
  const req = new CountRequest(callback, 'read', buffers);
  started(req, native.readv(fd, buffers, typeof position === 'number' ? position : -1, req));
}

function writev(fd, buffers, position, callback) {
  fd = toFd(fd);
  checkVector(buffers);
  toCallback(callback ??= position);
  if (buffers.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  const req = new CountRequest(callback, 'write', buffers);
  started(req, native.writev(fd, buffers, typeof position === 'number' ? position : -1, req));
}

// util.promisify gives both results, by these names.
function definePromisified(fn, first, second) {
  Object.defineProperty(fn, promisified, {
    value: Object.defineProperty(function(...args) {
      return new Promise((resolve, reject) => {
        fn(...args, (error, count, held) => {
          if (error) reject(error);
          else resolve({ [first]: count, [second]: held });
        });
      });
    }, 'name', { value: fn.name }),
  });
}
definePromisified(read, 'bytesRead', 'buffer');
definePromisified(write, 'bytesWritten', 'buffer');
definePromisified(readv, 'bytesRead', 'buffers');
definePromisified(writev, 'bytesWritten', 'buffers');

// ---- Reading whole files ----

function finishText(buffer, encoding, callback) {
  let result;
  try {
    result = encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
  } catch (error) {
    callback(error);
    return;
  }
  callback(null, result);
}

// Reads the rest of an open descriptor; `owned` descriptors are closed at the end.
function readRest(fd, size, owned, encoding, signal, callback) {
  if (owned && unmanaged.opened !== null) unmanaged.opened(fd); // so that a worker which is stopped leaves none open
  const reader = new ChunkReader(fd, size, signal, (error, buffer) => {
    if (!owned) return error ? callback(error) : finishText(buffer, encoding, callback);
    const req = new CallbackRequest((second) => {
      if (error || second) callback(joinErrors(second, error));
      else finishText(buffer, encoding, callback);
    }, 'close', nothing);
    if (unmanaged.closed !== null) unmanaged.closed(fd);
    return started(req, native.close(fd, req));
  });
  reader.next();
}

function joinErrors(inner, outer) {
  if (inner && outer && inner !== outer) return require('internal/errors').aggregateTwoErrors(inner, outer);
  return inner || outer;
}

// One trip: the outcome of native.readFile, for any `callback(error, result)`.
class ReadFileRequest extends CallbackRequest {
  constructor(callback, path, encoding, signal) {
    super(callback, undefined, nothing, path);
    this.encoding = encoding;
    this.signal = signal;
  }

  done(value) {
    const { encoding, signal, callback } = this;
    if (value === 1) return readRest(numbers[0], numbers[1], true, encoding, signal, callback);
    if (signal !== undefined && signal !== null && signal.aborted) return callback(aborted(signal));
    if (typeof value === 'string') return callback(null, value);
    if (typeof value === 'number') return callback(this.error(value));
    let result;
    try {
      result = decodeFile(value, encoding);
    } catch (error) {
      return callback(error);
    }
    return callback(null, result);
  }
}

// The core of every asynchronous readFile. path is valid, options are complete.
function readFileInto(path, options, callback) {
  const { encoding, signal } = options;
  const flags = toFlags(options.flag);
  if (signal !== undefined && signal !== null && signal.aborted) {
    process.nextTick(callback, aborted(signal));
    return;
  }
  if (isFd(path)) {
    const req = new CallbackRequest((error, size) => {
      if (error) callback(error);
      else readRest(path, size, false, encoding, signal, callback);
    }, 'fstat', regularSize);
    started(req, native.fstat(path, false, req));
    return;
  }
  const req = new ReadFileRequest(callback, path, encoding, signal);
  started(req, native.readFile(path, flags, isUtf8(encoding), req));
}

function regularSize() {
  return (numbers[1] & 0o170000) === 0o100000 ? numbers[8] : 0;
}

function readFile(path, options, callback) {
  callback ||= options;
  if (typeof callback !== 'function') toCallback(callback);
  options = toOptions(options, READ);
  readFileInto(isFd(path) ? path : toPath(path), options, callback);
}

// ---- Writing whole files ----

class WriteFileRequest extends CallbackRequest {
  constructor(callback, path, data, signal) {
    super(callback, undefined, nothing, path);
    this.held = data;
    this.signal = signal;
  }

  done(value) {
    const { callback } = this;
    if (value < 0) callback(this.error(value));
    else if (this.signal?.aborted) callback(aborted(this.signal));
    else callback(null);
  }
}

// The core of every asynchronous writeFile with finished data.
function writeFileInto(path, data, options, callback) {
  const { signal } = options;
  if (signal?.aborted) {
    process.nextTick(callback, aborted(signal));
    return;
  }
  if (options.flush || signal) {
    writeInSteps(path, data, options, callback);
    return;
  }
  const req = new WriteFileRequest(callback, path, data, signal);
  const mode = toMode(options.mode, 'mode', 0o666);
  started(req, native.writeFile(path, toFlags(options.flag), mode, data, false, req));
}

// Slower: can be aborted between chunks, and flushes through the public function.
function writeInSteps(path, data, options, callback) {
  const fs = require('fs');
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const own = !isFd(path);
  const end = (fd, error) => {
    if (!own) return callback(error ?? null);
    return fs.close(fd, (second) => callback(joinErrors(second, error) ?? null));
  };
  const run = (fd) => {
    new ChunkWriter(fd, bytes, options.signal, (error) => {
      if (error || !options.flush) end(fd, error);
      else fs.fsync(fd, (failure) => end(fd, failure));
    }).next();
  };
  if (!own) run(path);
  else fs.open(path, options.flag, options.mode, (error, fd) => error ? callback(error) : run(fd));
}

function writeFile(path, data, options, callback) {
  callback ||= options;
  if (typeof callback !== 'function') toCallback(callback);
  options = toOptions(options, WRITE);
  checkFlush(options.flush);
  data = encodeFile(data, options.encoding);
  writeFileInto(isFd(path) ? path : toPath(path), data, options, callback);
}

function appendFile(path, data, options, callback) {
  callback ||= options;
  if (typeof callback !== 'function') toCallback(callback);
  options = toOptions(options, APPEND);
  if (!options.flag || isFd(path)) options = { ...options, flag: 'a' };
  require('fs').writeFile(path, data, options, callback);
}

module.exports = {
  readFileInto,
  joinErrors,
  readRest,
  regularSize,
  writeFileInto,
  forms: { appendFile, read, readFile, readv, write, writeFile, writev },
};
