// SPDX-License-Identifier: MIT
//
// FileHandle: a descriptor that closes itself once nothing uses it.
//
// Idea: every operation holds the handle while it runs; close() waits until nobody holds it. Operations are
// plain functions over (handle, ...), so that fs.promises can use them on handles of its own.
'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_STATE } } = require('internal/errors');
const {
  checkVector, pathText, toData, toMode, toOptions, toOwner, toSeconds,
} = require('fs/paths');
const { checkView, readSlice, writeSlice } = require('fs/slices');
const { PromiseRequest, nothing, same, started, stats } = require('fs/request');
const { READ, WRITE, checkFlush, encodeFile } = require('fs/rwsync');
const { readFileInto, writeFileInto } = require('fs/rw');
const { Descriptor, kMove, kMoveList } = require('web/structured_clone/protocol');
const native = binding('fs');

const kFd = Symbol('kFd');
const kHolds = Symbol('kRefs');
const kClosing = Symbol('kClosePromise');
const kHold = Symbol('kRef');
const kRelease = Symbol('kUnref');
const kLocked = Symbol('kLocked');
const kMoved = Symbol('kMoved');

class FileHandle extends EventEmitter {
  constructor(fd, path) {
    super();
    this[kFd] = fd === undefined ? -1 : fd;
    this[kHolds] = 1;
    this[kClosing] = null;
    this[kLocked] = false;
    this[kMoved] = false;
    this.close = () => closeHandle(this);
    watchForgotten(this, path);
  }

  getAsyncId() { return 0; }
  get fd() { return this[kFd]; }

  appendFile(data, options) { return during(this, 'writeFile', writeFile, data, options); }
  chmod(mode) { return during(this, 'fchmod', fchmod, mode); }
  chown(uid, gid) { return during(this, 'fchown', fchown, uid, gid); }
  datasync() { return during(this, 'fdatasync', fdatasync); }
  sync() { return during(this, 'fsync', fsync); }
  read(buffer, offset, length, position) {
    return during(this, 'read', read, buffer, offset, length, position, arguments.length);
  }
  readv(buffers, position) { return during(this, 'readv', readv, buffers, position); }
  readFile(options) { return during(this, 'readFile', readFile, options); }
  readLines(options = undefined) {
    return require('readline').createInterface({
      input: this.createReadStream(options), crlfDelay: Infinity,
    });
  }
  stat(options) { return during(this, 'fstat', fstat, options); }
  truncate(len = 0) { return during(this, 'ftruncate', ftruncate, len); }
  utimes(atime, mtime) { return during(this, 'futimes', futimes, atime, mtime); }
  write(buffer, offset, length, position) {
    return during(this, 'write', write, buffer, offset, length, position);
  }
  writev(buffers, position) { return during(this, 'writev', writev, buffers, position); }
  writeFile(data, options) { return during(this, 'writeFile', writeFile, data, options); }

  async [Symbol.asyncDispose]() { await this.close(); }

  readableWebStream(options = {}) { return webStream(this, options); }

  createReadStream(options = undefined) {
    const { ReadStream } = require('fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }

  // To another thread, or another owner in this one.
  [kMoveList]() {
    if (this[kFd] !== -1 && this[kHolds] === 1 && this[kClosing] === null) return [];
    const { DOMException } = require('web/domexception');
    throw new DOMException('Cannot transfer FileHandle while in use', 'DataCloneError');
  }

  [kMove]() {
    const fd = this[kFd];
    this[kFd] = -1;
    this[kMoved] = true;
    forget(this);
    return { deserializeInfo: 'fs/filehandle:openMoved', data: new Descriptor(fd) };
  }

  [kHold]() { this[kHolds]++; }

  [kRelease]() {
    if (--this[kHolds] === 0 && this[kClosing] !== null) finishClose(this);
  }
}

// ---- Closing ----

function closeHandle(handle) {
  if (handle[kFd] === -1) return Promise.resolve();
  if (handle[kClosing] !== null) return handle[kClosing].promise;
  handle[kClosing] = Promise.withResolvers();
  const { promise } = handle[kClosing];
  handle.emit('close');
  handle[kRelease]();
  return promise;
}

function finishClose(handle) {
  const fd = handle[kFd];
  const { resolve, reject } = handle[kClosing];
  handle[kFd] = -1;
  forget(handle);
  const req = new PromiseRequest('close', nothing);
  started(req, native.close(fd, req)).promise.then(() => {
    handle[kClosing] = null;
    resolve();
  }, (error) => {
    handle[kClosing] = null;
    reject(error);
  });
}

// A handle that nobody closed is closed, and complained about, when it is collected.
const forgotten = new FinalizationRegistry(({ fd, path }) => {
  native.close(fd);
  const place = path === undefined ? '' : ` (${pathText(path)})`;
  const error = new Error('A FileHandle object was closed during garbage collection. ' +
    'This used to be allowed with a deprecation warning but is now considered an error. ' +
    `Please close FileHandle objects explicitly. File descriptor: ${fd}${place}`);
  error.code = 'ERR_INVALID_STATE';
  error.stack = `Error: ${error.message}`;
  process.nextTick(() => { throw error; });
});

function watchForgotten(handle, path) {
  if (handle[kFd] >= 0) forgotten.register(handle, { fd: handle[kFd], path }, handle);
}

function forget(handle) {
  forgotten.unregister(handle);
}

// ---- Operations ----

function closedError(handle, syscall) {
  const error = new Error(handle[kMoved] ? 'The FileHandle has been transferred' : 'file closed');
  error.code = 'EBADF';
  error.syscall = syscall;
  return error;
}

// Runs operation(handle, ...args) with the handle held.
async function during(handle, syscall, operation, a, b, c, d, e) {
  if (!(handle instanceof FileHandle)) throw new ERR_INVALID_ARG_TYPE('filehandle', 'FileHandle', handle);
  if (handle.fd === -1) throw closedError(handle, syscall);
  handle[kHold]();
  try {
    return await operation(handle, a, b, c, d, e);
  } finally {
    handle[kRelease]();
  }
}

function run(req, status) {
  return started(req, status).promise;
}

function fchmod(handle, mode) {
  mode = toMode(mode, 'mode');
  const req = new PromiseRequest('fchmod', nothing);
  return run(req, native.fchmod(handle.fd, mode, req));
}

function fchown(handle, uid, gid) {
  toOwner(uid, 'uid');
  toOwner(gid, 'gid');
  const req = new PromiseRequest('fchown', nothing);
  return run(req, native.fchown(handle.fd, uid, gid, req));
}

function fdatasync(handle) {
  const req = new PromiseRequest('fdatasync', nothing);
  return run(req, native.fdatasync(handle.fd, req));
}

function fsync(handle) {
  const req = new PromiseRequest('fsync', nothing);
  return run(req, native.fsync(handle.fd, req));
}

function ftruncate(handle, len = 0) {
  require('internal/validators').validateInteger(len, 'len');
  const req = new PromiseRequest('ftruncate', nothing);
  return run(req, native.ftruncate(handle.fd, len < 0 ? 0 : len, req));
}

function futimes(handle, atime, mtime) {
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  const req = new PromiseRequest('futime', nothing);
  return run(req, native.futimes(handle.fd, atime, mtime, req));
}

function fstat(handle, options) {
  const bigint = options?.bigint === true;
  const req = new PromiseRequest('fstat', stats, undefined, undefined, bigint);
  return run(req, native.fstat(handle.fd, bigint, req));
}

async function read(handle, buffer, offset, length, position, given) {
  let named = given > 2 || typeof offset === 'number' || typeof offset === 'bigint';
  if (!ArrayBuffer.isView(buffer)) {
    // read(options)
    if (buffer !== undefined) require('internal/validators').validateObject(buffer, 'options', { nullable: true });
    offset = buffer;
    buffer = offset?.buffer === undefined ? Buffer.alloc(16384) : offset.buffer;
    named = false;
  } else if (offset !== null && typeof offset === 'object') {
    named = false;
  }
  checkView(buffer);
  const slice = readSlice(buffer, offset, length ?? undefined, position, named);
  if (slice.length === 0) return { __proto__: null, bytesRead: 0, buffer };
  const req = new PromiseRequest('read', same);
  req.held = buffer;
  const bytesRead = await run(req, native.read(handle.fd, buffer, slice.offset, slice.length, slice.position, req));
  return { __proto__: null, bytesRead, buffer };
}

async function readv(handle, buffers, position) {
  checkVector(buffers);
  const req = new PromiseRequest('read', same);
  req.held = buffers;
  const at = typeof position === 'number' ? position : -1;
  const bytesRead = await run(req, native.readv(handle.fd, buffers, at, req));
  return { __proto__: null, bytesRead, buffers };
}

async function write(handle, buffer, offset, length, position) {
  if (buffer?.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
  const req = new PromiseRequest('write', same);
  let slice;
  if (ArrayBuffer.isView(buffer)) {
    slice = writeSlice(buffer, offset, length, position);
  } else {
    toData(buffer, 'buffer');
    require('internal/validators').validateEncoding(buffer, length);
    const bytes = Buffer.from(buffer, Buffer.isEncoding(length) ? length : 'utf8');
    slice = { buffer: bytes, offset: 0, length: bytes.length, position: typeof offset === 'number' ? offset : -1 };
  }
  req.held = slice.buffer;
  const bytesWritten = await run(
    req, native.write(handle.fd, slice.buffer, slice.offset, slice.length, slice.position, req));
  return { __proto__: null, bytesWritten, buffer };
}

async function writev(handle, buffers, position) {
  checkVector(buffers);
  if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
  const req = new PromiseRequest('write', same);
  req.held = buffers;
  const at = typeof position === 'number' ? position : -1;
  const bytesWritten = await run(req, native.writev(handle.fd, buffers, at, req));
  return { __proto__: null, bytesWritten, buffers };
}

function readFile(handle, options) {
  options = toOptions(options, READ);
  const { fd } = handle;
  return new Promise((resolve, reject) => {
    readFileInto(fd, options, (error, data) => error ? reject(error) : resolve(data));
  });
}

function isIterable(data) {
  return data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

function writeData(handle, data, options) {
  const { fd } = handle;
  return new Promise((resolve, reject) => {
    writeFileInto(fd, data, options, (error) => error ? reject(error) : resolve());
  });
}

async function writePieces(handle, pieces, options) {
  const { signal, encoding, flush } = options;
  const { aborted } = require('fs/chunks');
  const step = { __proto__: null, flag: 'w', signal };
  if (signal?.aborted) throw aborted(signal);
  for await (const piece of pieces) {
    if (signal?.aborted) throw aborted(signal);
    const bytes = ArrayBuffer.isView(piece) ? piece : Buffer.from(piece, encoding || 'utf8');
    if (bytes.byteLength > 0) await writeData(handle, bytes, step);
  }
  if (signal?.aborted) throw aborted(signal);
  if (flush) await fsync(handle);
}

async function writeFile(handle, data, options) {
  options = toOptions(options, WRITE);
  checkFlush(options.flush);
  if (isIterable(data)) return writePieces(handle, data, options);
  return writeData(handle, encodeFile(data, options.encoding), options);
}

// ---- As a web stream ----

function webStream(handle, options) {
  const { validateObject, validateBoolean } = require('internal/validators');
  if (handle[kFd] === -1) throw new ERR_INVALID_STATE('The FileHandle is closed');
  if (handle[kClosing] !== null) throw new ERR_INVALID_STATE('The FileHandle is closing');
  if (handle[kLocked]) throw new ERR_INVALID_STATE('The FileHandle is locked');
  validateObject(options, 'options');
  const { type = 'bytes', autoClose = false } = options;
  validateBoolean(autoClose, 'options.autoClose');
  if (type !== 'bytes') {
    process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is always created.',
                        'ExperimentalWarning');
  }
  handle[kLocked] = true;
  handle[kHold]();
  let released = false;
  const release = async () => {
    if (released) return;
    released = true;
    handle.removeListener('close', onClose);
    handle[kRelease]();
    if (autoClose) await handle.close();
  };
  let onClose;
  const { ReadableStream } = require('web/streams');
  return new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: 16384,
    start(controller) {
      onClose = () => {
        if (!released) {
          controller.close();
          controller.byobRequest?.respond(0);
        }
        release();
      };
      handle.once('close', onClose);
    },
    async pull(controller) {
      const { view } = controller.byobRequest;
      try {
        const { bytesRead } = await read(handle, view, 0, view.byteLength, null, 4);
        if (released) return;
        if (bytesRead === 0) {
          controller.close();
          await release();
        }
        controller.byobRequest?.respond(bytesRead);
      } catch (error) {
        controller.error(error);
        await release();
      }
    },
    cancel: release,
  });
}

function openMoved(fd) {
  return new FileHandle(fd);
}

module.exports = {
  FileHandle, openMoved, closedError, fsync, ftruncate, isIterable, kClosing, kHold, kRelease, readFile, writeFile,
};
