// SPDX-License-Identifier: MIT
//
// Dir and opendir. Entries are fetched in batches; asynchronous operations queue behind each other, and
// synchronous ones refuse to run while one is under way. A recursive Dir keeps a stack of directories to open.
'use strict';

const { codes: {
  ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_INVALID_THIS,
} } = require('internal/errors');
const { toOptions, toPath, wantsBytes } = require('fs/paths');
const { CallbackRequest, fail, nothing, same, started } = require('fs/request');
const { DIRECTORY, joinPath, kType, toDirents } = require('fs/dirent');
const { check } = require('fs/sync');
const native = binding('fs');

function checkCallback(callback) {
  require('internal/validators').validateFunction(callback, 'callback');
}

// The native handle closes itself when it is collected; somebody should know that it had to.
const forgotten = new FinalizationRegistry(() => {
  process.emitWarning('Closing directory handle on garbage collection');
});

class Dir {
  #handle;
  #path;
  #encoding;
  #batch;
  #recursive;
  #entries = [];
  #at = 0;
  #pendingDirs = [];
  #current;
  #closed = false;
  #queue = null; // operations waiting while one runs

  constructor(handle, path, options) {
    if (handle === undefined || handle === null) throw new (missing())('handle');
    this.#handle = handle;
    this.#path = path;
    this.#current = path;
    this.#encoding = options?.encoding;
    this.#recursive = options?.recursive === true;
    this.#batch = options?.bufferSize ?? 32;
    forgotten.register(this, undefined, this);
  }

  get path() {
    if (!(#path in this)) throw new ERR_INVALID_THIS('Dir');
    return this.#path;
  }

  read(callback) {
    if (arguments.length === 0) {
      return new Promise((resolve, reject) => {
        this.#read((error, entry) => error ? reject(error) : resolve(entry));
      });
    }
    checkCallback(callback);
    return this.#read(callback);
  }

  #read(callback) {
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
    } else if (this.#queue !== null) {
      this.#queue.push(() => this.#read(callback));
    } else if (this.#at < this.#entries.length) {
      process.nextTick(callback, null, this.#take());
    } else {
      this.#queue = [];
      this.#fetch((error, entry) => {
        this.#run();
        callback(error, entry);
      });
    }
  }

  // Lets the waiting operations go on.
  #run() {
    const waiting = this.#queue;
    this.#queue = null;
    for (const operation of waiting) operation();
  }

  #take() {
    const entry = this.#entries[this.#at++];
    if (this.#recursive && entry[kType] === DIRECTORY) {
      this.#pendingDirs.push(joinPath(entry.parentPath, entry.name));
    }
    return entry;
  }

  #accept(listing) {
    this.#entries = toDirents(listing, this.#encoding, this.#current);
    this.#at = 0;
    return this.#entries.length > 0;
  }

  #fetch(callback) {
    const req = new CallbackRequest((error, listing) => {
      if (error) return callback(error);
      if (this.#accept(listing)) return callback(null, this.#take());
      return this.#descend(callback);
    }, 'scandir', same, this.#path);
    req.held = this.#handle;
    started(req, native.dirRead(this.#handle, wantsBytes(this.#encoding), this.#batch, req));
  }

  // At the end of one directory: the next one that was found, or null.
  #descend(callback) {
    if (this.#pendingDirs.length === 0) return callback(null, null);
    const next = this.#pendingDirs.shift();
    const finished = this.#handle;
    const req = new CallbackRequest((error, handle) => {
      if (error) return callback(error);
      native.dirClose(finished);
      this.#handle = handle;
      this.#current = next;
      return this.#fetch(callback);
    }, 'opendir', same, next);
    return started(req, native.opendir(next, req));
  }

  readSync() {
    this.#checkIdle();
    for (;;) {
      if (this.#at < this.#entries.length) return this.#take();
      const listing = native.dirRead(this.#handle, wantsBytes(this.#encoding), this.#batch);
      if (typeof listing === 'number' && listing < 0) throw fail(listing, 'scandir', this.#path);
      if (this.#accept(listing)) continue;
      if (this.#pendingDirs.length === 0) return null;
      const next = this.#pendingDirs.shift();
      const handle = check(native.opendir(next), 'opendir', next);
      native.dirClose(this.#handle);
      this.#handle = handle;
      this.#current = next;
    }
  }

  #checkIdle() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#queue !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
  }

  close(callback) {
    if (arguments.length === 0 || callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#close((error) => error ? reject(error) : resolve());
      });
    }
    checkCallback(callback);
    return this.#close(callback);
  }

  #close(callback) {
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return;
    }
    if (this.#queue !== null) {
      this.#queue.push(() => this.#close(callback));
      return;
    }
    this.#closed = true;
    forgotten.unregister(this);
    const req = new CallbackRequest(callback, 'closedir', nothing);
    started(req, native.dirClose(this.#handle, req));
  }

  closeSync() {
    this.#checkIdle();
    this.#closed = true;
    forgotten.unregister(this);
    check(native.dirClose(this.#handle), 'closedir', this.#path);
  }

  async* entries() {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      if (!this.#closed) await this.close();
    }
  }

  [Symbol.dispose]() {
    if (!this.#closed) this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (!this.#closed) await this.close();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries, writable: true, enumerable: false, configurable: true,
});

function missing() {
  return require('internal/errors').codes.ERR_MISSING_ARGS;
}

function dirOptions(options) {
  options = toOptions(options, { encoding: 'utf8' });
  if (options.bufferSize !== undefined) {
    require('internal/validators').validateUint32(options.bufferSize, 'options.bufferSize', true);
  }
  return options;
}

function opendirSync(path, options) {
  path = toPath(path);
  options = dirOptions(options);
  return new Dir(check(native.opendir(path), 'opendir', path), path, options);
}

function toDir(handle, { path, options }) {
  return new Dir(handle, path, options);
}

function opendir(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  checkCallback(callback);
  path = toPath(path);
  options = dirOptions(options);
  const req = new CallbackRequest(callback, 'opendir', toDir, path, undefined, { path, options });
  started(req, native.opendir(path, req));
}

async function opendirPromise(path, options) {
  const { PromiseRequest } = require('fs/request');
  path = toPath(path);
  options = dirOptions(options);
  const req = new PromiseRequest('opendir', toDir, path, undefined, { path, options });
  return started(req, native.opendir(path, req)).promise;
}

module.exports = { Dir, opendir, opendirPromise, opendirSync };
