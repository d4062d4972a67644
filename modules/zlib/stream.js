// SPDX-License-Identifier: MIT
//
// The streams of zlib: a Transform around a codec of the C half.
//
// One job runs at a time: a chunk of input, a flush kind, and what to call at the end. Each round on the thread pool
// fills the rest of one output block; rounds follow each other while the block gets full, and pause while the
// readable side has enough (so that a small input which decodes to gigabytes stays harmless). When a round leaves
// both input and room for output, the compressed stream has ended early: the rest of the input is ignored.
'use strict';

const { noteOrigin, runEvent, endOrigin } = require('internal/ticks');
const { Buffer } = require('buffer');
const Transform = require('stream/transform');
const { finished } = require('stream/finished');
const { codes } = require('internal/errors');
const { checkRangesOrGetDefault, validateFunction } = require('internal/validators');
const { constants: k } = require('zlib/constants');
const { settle } = require('zlib/options');
const codecs = binding('zlib');

const kFlushKind = Symbol('flush kind');
const EMPTY = Buffer.alloc(0);

// [message, number, code] from the C half as an error.
function faultError(fault) {
  if (typeof fault === 'number') return new codes.ERR_INTERNAL_ASSERTION(`zlib: stream is busy or closed (${fault})`);
  const code = fault[2];
  if (code === 'ERR_ZLIB_INITIALIZATION_FAILED') return new codes.ERR_ZLIB_INITIALIZATION_FAILED(fault[0]);
  const error = new Error(fault[0]);
  error.errno = fault[1];
  error.code = code;
  return error;
}

function openCodec(settings) {
  const codec = codecs.open(settings.mode, settings.pairs, settings.dictionary, settings.pledged);
  if (Array.isArray(codec)) throw faultError(codec);
  return codec;
}

// The state of the job in progress; one per stream, reused.
class Job {
  constructor() {
    this.input = EMPTY;
    this.at = 0;
    this.left = 0;
    this.flush = 0;
    this.room = 0;
    this.done = null;
    this.stalled = false; // waits for the readable side
    this.ended = false; // the compressed stream is over
    this.frame = undefined;
    this._asyncId = 0;
    this._triggerId = 0;
    noteOrigin(this, 'ZLIB');
  }
}

function streamOptions(opts) {
  if (opts === undefined || opts === null) return { autoDestroy: true };
  if (opts.encoding || opts.objectMode || opts.writableObjectMode) {
    return { autoDestroy: true, ...opts, encoding: null, objectMode: false, writableObjectMode: false };
  }
  return typeof opts === 'object' ? { autoDestroy: true, ...opts } : { autoDestroy: true };
}

function ZlibBase(opts, mode) {
  const settings = settle(opts, mode);
  const codec = openCodec(settings);
  Transform.call(this, streamOptions(opts));
  this.bytesWritten = 0;
  this._handle = codec;
  this._outBuffer = null;
  this._outOffset = 0;
  this._chunkSize = settings.chunkSize;
  this._defaultFlushFlag = settings.flush;
  this._finishFlushFlag = settings.finishFlush;
  this._defaultFullFlushFlag = settings.family.full;
  this._info = settings.info;
  this._maxOutputLength = settings.maxOutputLength;
  this._rejectGarbageAfterEnd = Boolean(opts && opts.rejectGarbageAfterEnd);
  this._mode = mode;
  this._job = new Job();
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return this._handle === null; },
});

function closeCodec(self) {
  const codec = self._handle;
  if (codec === null) return;
  self._handle = null;
  codecs.close(codec);
  endOrigin(self._job);
}

// ---- Jobs ----

function begin(self, input, flush, done) {
  const job = self._job;
  if (self._handle === null || job.ended) {
    process.nextTick(done);
    return;
  }
  job.input = input;
  job.at = 0;
  job.left = input.byteLength;
  job.flush = flush;
  job.done = done;
  round(self);
}

function round(self) {
  const job = self._job;
  if (self._outBuffer === null || self._outOffset >= self._chunkSize) {
    self._outBuffer = Buffer.allocUnsafeSlow(self._chunkSize);
    self._outOffset = 0;
  }
  job.room = self._chunkSize - self._outOffset;
  const error = codecs.start(
    self._handle, job.flush, job.input, job.at, job.left, self._outBuffer, self._outOffset, job.room, self);
  if (error < 0) self.destroy(faultError(error));
}

// Takes the output of a round. True where the readable side wants more.
function collect(self, outLeft) {
  const produced = self._job.room - outLeft;
  if (produced === 0) return true;
  const start = self._outOffset;
  self._outOffset = start + produced;
  return self.push(self._outBuffer.subarray(start, start + produced));
}

function finishJob(self) {
  const { done } = self._job;
  self._job.input = EMPTY;
  self._job.done = null;
  if (done !== null) done();
}

// Called by the C half at the end of a round.
function onStep(self, fault, inLeft, outLeft) {
  runEvent(self._job, () => takeStep(self, fault, inLeft, outLeft));
}

function takeStep(self, fault, inLeft, outLeft) {
  const job = self._job;
  const used = job.left - inLeft;
  self.bytesWritten += used;
  job.at += used;
  job.left = inLeft;
  if (self._handle === null) return; // destroyed meanwhile
  if (fault !== undefined) {
    job.done = null;
    self.destroy(faultError(fault));
    return;
  }
  const wanted = collect(self, outLeft);
  if (self._handle === null) { // a listener closed it
    finishJob(self);
    return;
  }
  if (outLeft === 0) {
    if (wanted) round(self);
    else job.stalled = true;
    return;
  }
  if (inLeft > 0) {
    if (self._rejectGarbageAfterEnd) {
      job.done = null;
      self.destroy(new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END());
      return;
    }
    job.ended = true;
    self.push(null);
  }
  finishJob(self);
}
codecs.setup(onStep);

ZlibBase.prototype._transform = function _transform(chunk, encoding, done) {
  const asked = chunk.byteLength === 0 ? chunk[kFlushKind] : undefined;
  let kind = asked === undefined ? this._defaultFlushFlag : asked;
  if (this.writableEnded && this.writableLength === chunk.byteLength) kind = stronger(kind, this._finishFlushFlag);
  begin(this, chunk, kind, done);
};

// Nothing follows the last chunk: it is finished off at once. (Z_BLOCK is the odd one among the numbers: it flushes
// less than the others.)
function stronger(a, b) {
  const strength = (kind) => (kind === k.Z_BLOCK ? 0.5 : kind);
  return strength(a) > strength(b) ? a : b;
}

ZlibBase.prototype._flush = function _flush(done) {
  begin(this, EMPTY, this._finishFlushFlag, done);
};

ZlibBase.prototype._read = function _read(size) {
  const job = this._job;
  if (job.stalled) {
    job.stalled = false;
    if (this._handle !== null) round(this);
    return;
  }
  Transform.prototype._read.call(this, size);
};

ZlibBase.prototype._destroy = function _destroy(error, done) {
  closeCodec(this);
  done(error);
};

ZlibBase.prototype.close = function close(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

ZlibBase.prototype.reset = function reset() {
  if (this._handle === null) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
  const fault = codecs.reset(this._handle);
  if (fault !== undefined) throw faultError(fault);
  this._job.ended = false;
};

// An empty chunk that carries the kind goes through the queue of writes like any other.
ZlibBase.prototype.flush = function flush(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    const marker = Buffer.alloc(0);
    marker[kFlushKind] = kind;
    this.write(marker, '', callback);
  }
};

// ---- Synchronously, in one go: the way of old, which some packages still use ----

function gather(self, input, flush) {
  const left = new Float64Array(2);
  const parts = [];
  let total = 0;
  let at = 0;
  let inLeft = input.byteLength;
  let outLeft;
  do {
    const out = Buffer.allocUnsafeSlow(self._chunkSize);
    const fault = codecs.step(self._handle, flush, input, at, inLeft, out, 0, out.length, left);
    if (fault !== undefined) {
      closeCodec(self);
      throw faultError(fault);
    }
    at += inLeft - left[0];
    inLeft = left[0];
    outLeft = left[1];
    total += out.length - outLeft;
    if (total > self._maxOutputLength) {
      closeCodec(self);
      throw new codes.ERR_BUFFER_TOO_LARGE(self._maxOutputLength);
    }
    parts.push(outLeft === 0 ? out : out.subarray(0, out.length - outLeft));
  } while (outLeft === 0);
  self.bytesWritten = at;
  closeCodec(self);
  return parts.length === 1 ? parts[0] : Buffer.concat(parts, total);
}

ZlibBase.prototype._processChunk = function _processChunk(chunk, flush, callback) {
  if (this._handle === null) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
  if (typeof callback === 'function') begin(this, chunk, flush, callback);
  else return gather(this, chunk, flush);
};

// ---- The zlib family's settings ----

function Zlib(opts, mode) {
  ZlibBase.call(this, opts, mode);
  const level = opts ? opts.level : undefined;
  const strategy = opts ? opts.strategy : undefined;
  this._level = typeof level === 'number' && level === level ? level : k.Z_DEFAULT_COMPRESSION;
  this._strategy = typeof strategy === 'number' && strategy === strategy ? strategy : k.Z_DEFAULT_STRATEGY;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

Zlib.prototype.params = function params(level, strategy, callback) {
  level = checkRangesOrGetDefault(level, 'level', k.Z_MIN_LEVEL, k.Z_MAX_LEVEL, k.Z_DEFAULT_COMPRESSION);
  strategy = checkRangesOrGetDefault(strategy, 'strategy', k.Z_DEFAULT_STRATEGY, k.Z_FIXED, k.Z_DEFAULT_STRATEGY);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (level === this._level && strategy === this._strategy) {
    if (callback) process.nextTick(callback);
    return;
  }
  // What was written so far is compressed the old way and comes out first.
  this.flush(k.Z_SYNC_FLUSH, (error) => {
    if (error) {
      if (callback) callback(error);
      return;
    }
    if (this._handle === null) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
    const fault = codecs.params(this._handle, level, strategy);
    if (fault !== undefined) {
      this.destroy(faultError(fault));
      return;
    }
    this._level = level;
    this._strategy = strategy;
    if (callback) callback();
  });
};

module.exports = { ZlibBase, Zlib, faultError, gather };
