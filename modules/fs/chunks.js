// SPDX-License-Identifier: MIT
//
// Reading and writing all of a descriptor in chunks, for files too big (or too strange) for one trip.
//
// Idea: the walker is its own request: the C half reports each chunk to `done`, so a big file costs one
// object, not a closure per chunk. Ends by calling `finish(error, buffer)` once; never closes.
'use strict';

const { Buffer } = require('buffer');
const { AbortError } = require('internal/errors');
const { Request } = require('fs/request');
const native = binding('fs');

const KNOWN_CHUNK = 512 * 1024;
const UNKNOWN_CHUNK = 64 * 1024;
const MAX_SIZE = 2 ** 31 - 1;

function aborted(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

class ChunkReader extends Request {
  // size: as fstat says; 0 means to read until the end is seen.
  constructor(fd, size, signal, finish) {
    super('read');
    this.fd = fd;
    this.size = size;
    this.signal = signal;
    this.finish = finish;
    this.pos = 0;
    this.buffer = size > 0 ? Buffer.allocUnsafeSlow(size) : null;
    this.parts = [];
  }

  next() {
    if (this.signal !== undefined && this.signal !== null && this.signal.aborted) {
      return this.finish(aborted(this.signal));
    }
    let r;
    if (this.size > 0) {
      const length = Math.min(KNOWN_CHUNK, this.size - this.pos);
      r = native.read(this.fd, this.buffer, this.pos, length, -1, this);
    } else {
      this.buffer = Buffer.allocUnsafeSlow(UNKNOWN_CHUNK);
      r = native.read(this.fd, this.buffer, 0, UNKNOWN_CHUNK, -1, this);
    }
    if (r < 0) process.nextTick(() => this.done(r));
    return undefined;
  }

  done(value) {
    if (value < 0) return this.finish(this.error(value));
    if (this.size > 0) {
      this.pos += value;
      if (value > 0 && this.pos < this.size) return this.next();
      return this.finish(null, this.pos === this.size ? this.buffer : this.buffer.subarray(0, this.pos));
    }
    if (value === 0) return this.finish(null, Buffer.concat(this.parts, this.pos));
    this.pos += value;
    if (this.pos > MAX_SIZE) {
      const { codes: { ERR_FS_FILE_TOO_LARGE } } = require('internal/errors');
      return this.finish(new ERR_FS_FILE_TOO_LARGE(this.pos));
    }
    this.parts.push(value === UNKNOWN_CHUNK ? this.buffer : this.buffer.subarray(0, value));
    return this.next();
  }
}

class ChunkWriter extends Request {
  constructor(fd, bytes, signal, finish) {
    super('write');
    this.fd = fd;
    this.bytes = bytes;
    this.signal = signal;
    this.finish = finish;
    this.pos = 0;
  }

  next() {
    if (this.signal !== undefined && this.signal !== null && this.signal.aborted) {
      return this.finish(aborted(this.signal));
    }
    const length = Math.min(KNOWN_CHUNK, this.bytes.byteLength - this.pos);
    const r = native.write(this.fd, this.bytes, this.pos, length, -1, this);
    if (r < 0) process.nextTick(() => this.done(r));
    return undefined;
  }

  done(value) {
    if (value < 0) return this.finish(this.error(value));
    this.pos += value;
    if (this.pos < this.bytes.byteLength) return this.next();
    return this.finish(null);
  }
}

module.exports = { ChunkReader, ChunkWriter, aborted };
