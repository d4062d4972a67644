// SPDX-License-Identifier: MIT
//
// Utf8Stream: text (or bytes) to one descriptor with as few system calls as possible; what loggers want.
//
// Idea: writes are gathered into chunks of at most maxWrite; one chunk is under way at a time. A chunk whose write
// failed stays first in line and goes out with the next write. Synchronous streams write within write().
'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE } } = require('internal/errors');

const MAX_WRITE = 16 * 1024;
const HIGH_WATER = MAX_WRITE + 3;
const RETRY_DELAY = 100;

function toSettings(options) {
  const { validateBoolean, validateFunction, validateObject, validateOneOf, validateUint32 } =
    require('internal/validators');
  validateObject(options, 'options');
  const {
    fd, dest, minLength = 0, maxLength = 0, maxWrite = MAX_WRITE, periodicFlush = 0, sync = false, append = true,
    mkdir = false, retryEAGAIN = () => true, fsync = false, contentMode = 'utf8', mode, fs = {},
  } = options;
  const target = fd ?? dest;
  if (target === undefined || target === null) throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'string'], target);
  validateUint32(minLength, 'options.minLength');
  validateUint32(maxLength, 'options.maxLength');
  validateUint32(maxWrite, 'options.maxWrite');
  validateUint32(periodicFlush, 'options.periodicFlush');
  validateBoolean(sync, 'options.sync');
  validateBoolean(fsync, 'options.fsync');
  validateBoolean(append, 'options.append');
  validateBoolean(mkdir, 'options.mkdir');
  validateFunction(retryEAGAIN, 'options.retryEAGAIN');
  validateObject(fs, 'options.fs');
  validateOneOf(contentMode, 'options.contentMode', ['buffer', 'utf8']);
  if (minLength >= maxWrite) {
    throw new ERR_INVALID_ARG_VALUE('minLength', minLength, `should be smaller than maxWrite (${maxWrite})`);
  }
  return {
    target, minLength, maxLength, maxWrite, periodicFlush, sync, append, mkdir, retryEAGAIN, fsync, contentMode, mode,
  };
}

// What is left of a text of which n bytes were written; a character that was cut is written again.
function textAfter(text, n) {
  let i = 0;
  for (let bytes = 0; i < text.length;) {
    const code = text.codePointAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > n) break;
    i += code < 0x10000 ? 1 : 2;
  }
  return text.slice(i);
}

function isBusy(error) {
  return error.code === 'EAGAIN' || error.code === 'EBUSY';
}

class Utf8Stream extends EventEmitter {
  #settings;
  #fs;
  #fd = -1;
  #file = null;
  #chunks = []; // strings, or lists of buffers
  #sizes = []; // their sizes, for bytes
  #length = 0; // of everything in #chunks and #current
  #current = null; // under way, or failed and to be tried again
  #writing = false;
  #opening = false;
  #ending = false;
  #destroyed = false;
  #closed = false;
  #flushWanted = false;
  #drainScheduled = false;
  #flushers = [];
  #timer;

  constructor(options = {}) {
    super();
    this.#settings = toSettings(options);
    this.#fs = { ...pick(require('fs')), ...options.fs };
    const { target, periodicFlush } = this.#settings;
    if (typeof target === 'number') {
      this.#fd = target;
      process.nextTick(() => this.emit('ready'));
    } else {
      this.#open(target, false);
    }
    if (periodicFlush !== 0) {
      this.#timer = setInterval(() => this.flush(() => {}), periodicFlush);
      this.#timer.unref();
    }
  }

  get mode() { return this.#settings.mode; }
  get file() { return this.#file; }
  get fd() { return this.#fd; }
  get minLength() { return this.#settings.minLength; }
  get maxLength() { return this.#settings.maxLength; }
  get writing() { return this.#writing; }
  get sync() { return this.#settings.sync; }
  get fsync() { return this.#settings.fsync; }
  get append() { return this.#settings.append; }
  get periodicFlush() { return this.#settings.periodicFlush; }
  get contentMode() { return this.#settings.contentMode; }
  get mkdir() { return this.#settings.mkdir; }

  // ---- Opening ----

  #open(file, again) {
    const { append, mode, mkdir, sync } = this.#settings;
    const flags = append ? 'a' : 'w';
    this.#opening = true;
    this.#file = file;
    if (sync) {
      try {
        if (mkdir) this.#fs.mkdirSync(require('path').dirname(file), { recursive: true });
        this.#opened(null, this.#fs.openSync(file, flags, mode), again);
      } catch (error) {
        this.#opened(error, -1, again);
        throw error;
      }
      return;
    }
    const open = () => this.#fs.open(file, flags, mode, (error, fd) => this.#opened(error, fd, again));
    if (!mkdir) open();
    else {
      this.#fs.mkdir(require('path').dirname(file), { recursive: true }, (error) => {
        if (error) this.#opened(error, -1, again);
        else open();
      });
    }
  }

  #opened(error, fd, again) {
    this.#opening = false;
    if (error) {
      if (!this.#settings.sync || this.listenerCount('error') > 0) this.emit('error', error);
      return;
    }
    const old = this.#fd;
    this.#fd = fd;
    if (again && old > 2 && old !== fd) this.#fs.close(old, () => {});
    if (this.#settings.sync) process.nextTick(() => this.emit('ready'));
    else this.emit('ready');
    if (this.#destroyed || this.#writing) return;
    if (this.#length > this.#settings.minLength || (this.#flushWanted && this.#length > 0)) this.#start();
    else if (again || this.#flushWanted) process.nextTick(() => this.#drained());
  }

  reopen(file) {
    if (this.#destroyed) throw new ERR_INVALID_STATE('Utf8Stream is destroyed');
    if (this.#opening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (this.#ending) return;
    if (!this.#file && !file) throw new ERR_INVALID_STATE('Unable to reopen a file descriptor');
    if (this.#writing) {
      this.once('drain', () => this.reopen(file));
      return;
    }
    this.#open(file || this.#file, true);
  }

  // ---- Writing ----

  write(data) {
    const { contentMode, maxLength } = this.#settings;
    if (contentMode === 'utf8' ? typeof data !== 'string' : !Buffer.isBuffer(data)) {
      throw new ERR_INVALID_ARG_TYPE('data', contentMode === 'utf8' ? 'string' : 'Buffer', data);
    }
    if (this.#destroyed) throw new ERR_INVALID_STATE('Utf8Stream is destroyed');
    const limit = Math.max(this.#settings.minLength, HIGH_WATER);
    if (maxLength && this.#length + data.length > maxLength) {
      this.emit('drop', data);
      return this.#length < limit;
    }
    this.#gather(data);
    const roomy = this.#length < limit;
    if (!this.#writing && !this.#opening && this.#length >= this.#settings.minLength) this.#start();
    return roomy;
  }

  #gather(data) {
    const { contentMode, maxWrite } = this.#settings;
    const last = this.#chunks.length - 1;
    this.#length += data.length;
    if (contentMode === 'utf8') {
      if (last >= 0 && this.#chunks[last].length + data.length <= maxWrite) this.#chunks[last] += data;
      else this.#chunks.push(data);
    } else if (last >= 0 && this.#sizes[last] + data.length <= maxWrite) {
      this.#chunks[last].push(data);
      this.#sizes[last] += data.length;
    } else {
      this.#chunks.push([data]);
      this.#sizes.push(data.length);
    }
  }

  #next() {
    const chunk = this.#chunks.shift();
    if (this.#settings.contentMode === 'utf8') return chunk;
    this.#sizes.shift();
    return chunk.length === 1 ? chunk[0] : Buffer.concat(chunk);
  }

  // Sends the chunk that failed, or the next one.
  #start() {
    if (this.#current === null) {
      if (this.#chunks.length === 0) return;
      this.#current = this.#next();
    }
    this.#writing = true;
    if (!this.#settings.sync) {
      this.#send();
      return;
    }
    let n;
    try {
      n = this.#fs.writeSync(this.#fd, this.#current);
    } catch (error) {
      this.#wrote(error);
      return;
    }
    this.#wrote(null, n);
  }

  #send() {
    if (typeof this.#current === 'string') {
      this.#fs.write(this.#fd, this.#current, undefined, 'utf8', (error, n) => this.#wrote(error, n));
    } else {
      this.#fs.write(this.#fd, this.#current, (error, n) => this.#wrote(error, n));
    }
  }

  #mayRetry(error, chunk) {
    return isBusy(error) && this.#settings.retryEAGAIN(error, chunk.length, this.#length - chunk.length);
  }

  #wrote(error, n) {
    if (error) {
      this.#failed(error);
      return;
    }
    this.emit('write', this.#take(n));
    if (this.#settings.fsync) this.#fs.fsyncSync(this.#fd);
    if (this.#destroyed) this.#settle();
    else if (this.#current !== null || this.#mustGoOn()) this.#start();
    else this.#settle();
  }

  #mustGoOn() {
    return this.#length > this.#settings.minLength ||
      (this.#length > 0 && (this.#ending || this.#flushWanted));
  }

  // Takes n bytes off the current chunk; returns how many. Overrides that say nothing took everything.
  #take(n) {
    const chunk = this.#current;
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    if (n === undefined || n >= size) {
      this.#length -= chunk.length;
      this.#current = null;
      return size;
    }
    const rest = typeof chunk === 'string' ? textAfter(chunk, n) : chunk.subarray(n);
    this.#length -= chunk.length - rest.length;
    this.#current = rest;
    return n;
  }

  #failed(error) {
    if (this.#mayRetry(error, this.#current)) {
      if (this.#settings.sync) {
        require('internal/util').sleep(RETRY_DELAY);
        this.#start();
      } else {
        setTimeout(() => this.#send(), RETRY_DELAY);
      }
      return;
    }
    this.#writing = false;
    this.emit('error', error);
    if (this.#destroyed) this.#settle();
  }

  // Nothing is under way any more.
  #settle() {
    this.#writing = false;
    if (this.#destroyed) {
      this.#drainFlushers();
      this.#close();
    } else if (this.#ending) {
      this.#drainFlushers();
      this.#close();
    } else if (!this.#settings.sync) {
      this.#drained();
    } else if (!this.#drainScheduled) {
      this.#drainScheduled = true;
      process.nextTick(() => {
        this.#drainScheduled = false;
        this.#drained();
      });
    }
  }

  #drained() {
    if (this.#writing) return;
    this.#flushWanted = false;
    this.#drainFlushers();
    this.emit('drain');
  }

  #drainFlushers() {
    for (const flusher of this.#flushers.splice(0)) flusher();
  }

  // ---- Flushing ----

  flush(callback) {
    if (callback !== undefined && callback !== null && typeof callback !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('cb', 'function', callback);
    }
    if (this.#destroyed) {
      const error = new ERR_INVALID_STATE('Utf8Stream is destroyed');
      if (!callback) throw error;
      callback(error);
      return;
    }
    if (this.#settings.minLength <= 0) {
      callback?.();
      return;
    }
    if (callback) this.#flushers.push(() => this.#synced(callback));
    this.#flushWanted = true;
    if (this.#writing || this.#opening) return;
    if (this.#length > 0) this.#start();
    else process.nextTick(() => this.#drained());
  }

  #synced(callback) {
    if (this.#settings.fsync || this.#fd < 0) {
      callback();
      return;
    }
    // The stream may have been closed meanwhile.
    this.#fs.fsync(this.#fd, (error) => error && error.code !== 'EBADF' ? callback(error) : callback());
  }

  flushSync() {
    if (this.#destroyed) throw new ERR_INVALID_STATE('Utf8Stream is destroyed');
    if (this.#fd < 0) throw new ERR_INVALID_STATE('Invalid file descriptor');
    const under = this.#writing ? this.#current : null; // on its way already
    if (this.#writing) this.#current = null;
    try {
      while (this.#current !== null || this.#chunks.length > 0) this.#flushOne();
    } finally {
      if (under !== null) this.#current = under;
    }
    if (this.#settings.fsync) this.#fs.fsyncSync(this.#fd);
  }

  #flushOne() {
    const isQueued = this.#current === null;
    const chunk = isQueued ? this.#next() : this.#current;
    this.#current = chunk;
    try {
      this.#take(this.#fs.writeSync(this.#fd, chunk));
    } catch (error) {
      if (this.#mayRetry(error, chunk)) {
        require('internal/util').sleep(RETRY_DELAY);
        return;
      }
      this.#current = null; // back to where later writes can join it
      this.#chunks.unshift(typeof chunk === 'string' ? chunk : [chunk]);
      if (typeof chunk !== 'string') this.#sizes.unshift(chunk.length);
      throw error;
    }
  }

  // ---- The end ----

  end() {
    if (this.#destroyed) throw new ERR_INVALID_STATE('Utf8Stream is destroyed');
    if (this.#opening) {
      this.once('ready', () => this.end());
      return;
    }
    if (this.#ending) return;
    this.#ending = true;
    if (this.#writing) return;
    if (this.#length > 0 && this.#fd >= 0) this.#start();
    else this.#close();
  }

  destroy() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    if (this.#opening) this.once('ready', () => this.#close());
    else if (!this.#writing) this.#close();
  }

  [Symbol.dispose]() { this.destroy(); }

  #close() {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#chunks = [];
    this.#length = 0;
    const finish = (error) => {
      if (error) {
        this.emit('error', error);
        return;
      }
      if (this.#ending && !this.#destroyed) this.emit('finish');
      this.#destroyed = true;
      this.emit('close');
    };
    if (this.#fd < 0) {
      process.nextTick(finish);
      return;
    }
    const close = () => {
      if (this.#fd === 1 || this.#fd === 2) setImmediate(finish);
      else this.#fs.close(this.#fd, finish);
    };
    if (this.#settings.fsync) close(); // every write was followed by one
    else this.#fs.fsync(this.#fd, close);
  }
}

function pick(fs) {
  const { write, writeSync, fsync, fsyncSync, open, openSync, close, mkdir, mkdirSync } = fs;
  return { write, writeSync, fsync, fsyncSync, open, openSync, close, mkdir, mkdirSync };
}

module.exports = { Utf8Stream };
