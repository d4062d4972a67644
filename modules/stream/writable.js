// SPDX-License-Identifier: MIT
//
// Writable: one chunk at a time goes to _write(); the rest waits in `state.buffered`.
//
// A write's way: write() -> checked and turned into bytes -> _write() at once, or the queue -> onwrite() ->
// callbacks and 'drain'. Callbacks of writes that answered synchronously run in one later tick for as many of
// them as share a callback. end() -> _final() -> 'prefinish' -> 'finish', once nothing is pending.
'use strict';

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');
const EventEmitter = require('events');
const { Stream } = require('stream/legacy');
const destroyImpl = require('stream/destroy');
const {
  OBJECT_MODE, CONSTRUCTED, SYNC, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED, CLOSE_EMITTED, ERRORED,
  FINAL_CALLED, NEED_DRAIN, ENDING, W_ENDED, FINISHED, DECODE_STRINGS, WRITING, BUFFER_PROCESSING, PREFINISHED,
  ALL_BUFFERS, ALL_NOOP, END_EMITTED, defineBits, defineErrored, sharedNames, highWaterMarkOf,
} = require('stream/state');

module.exports = Writable;
Writable.afterConstruct = afterConstruct;
const { errorOrDestroy } = destroyImpl;

function nop() {}

const kOnFinished = Symbol('kOnFinished');
const kNoBuffer = Object.freeze([]);

function WritableState(options, stream, isDuplex) {
  const o = options ?? {};
  let bits = CONSTRUCTED | SYNC | ALL_BUFFERS | ALL_NOOP;
  if (o.objectMode || (isDuplex && o.writableObjectMode)) bits |= OBJECT_MODE;
  if (o.emitClose !== false) bits |= EMIT_CLOSE;
  if (o.autoDestroy !== false) bits |= AUTO_DESTROY;
  if (o.decodeStrings !== false) bits |= DECODE_STRINGS;
  this.bits = bits;
  this.highWaterMark = options ?
    highWaterMarkOf(options, 'writableHighWaterMark', isDuplex, (bits & OBJECT_MODE) !== 0) :
    require('stream/state').getDefaultHighWaterMark(false);
  this.defaultEncoding = 'utf8';
  const encoding = o.defaultEncoding;
  if (encoding && encoding !== 'utf8' && encoding !== 'utf-8') {
    if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this.defaultEncoding = encoding;
  }
  this.length = 0;
  this.corked = 0;
  this.onwrite = (error) => onwrite(stream, error);
  this.writecb = null;
  this.writelen = 0;
  this.afterWriteTickInfo = null;
  this.buffered = kNoBuffer;   // an array of its own from the first queued write on
  this.bufferedIndex = 0;
  this.pendingcb = 0;          // callbacks not called yet, and other reasons not to finish
  this.error = null;
  this[kOnFinished] = null;
}

defineBits(WritableState.prototype, {
  ...sharedNames,
  finalCalled: FINAL_CALLED, needDrain: NEED_DRAIN, ending: ENDING, ended: W_ENDED, finished: FINISHED,
  decodeStrings: DECODE_STRINGS, writing: WRITING, bufferProcessing: BUFFER_PROCESSING, prefinished: PREFINISHED,
  allBuffers: ALL_BUFFERS, allNoop: ALL_NOOP,
});
defineErrored(WritableState.prototype);

WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered.slice(this.bufferedIndex);
};
Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  get() { return this.buffered.length - this.bufferedIndex; },
});

function dropBuffer(state) {
  state.buffered = kNoBuffer;
  state.bufferedIndex = 0;
  state.bits |= ALL_BUFFERS | ALL_NOOP;
}

function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
  };
  this._writableState = new WritableState(options, this, false);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('stream/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct !== undefined) destroyImpl.construct(this, () => afterConstruct(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;

// Writes may have waited for the construction.
function afterConstruct(stream) {
  const state = stream._writableState;
  if (!(state.bits & WRITING)) drainBuffer(stream, state);
  if (state.bits & ENDING) finishMaybe(stream, state);
}

// A duplex is a Writable too, although it inherits from Readable.
Object.defineProperty(Writable, Symbol.hasInstance, {
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    if (this !== Writable) return false;
    return !!object && object._writableState instanceof WritableState;
  },
});

Writable.prototype.pipe = function() {
  errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
};

// ---- Writing ----

Writable.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  return accept(this, chunk, encoding, callback) === true;
};

// Checks a chunk and takes it; answers true, false ("wait for 'drain'"), or the error that it was refused with.
function accept(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof callback !== 'function') callback = nop;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (!(state.bits & OBJECT_MODE)) {
    if (typeof chunk === 'string') {
      encoding = checkEncoding(state, encoding);
      if (state.bits & DECODE_STRINGS) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Buffer) {
      if (encoding) checkEncoding(state, encoding);
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      if (encoding) checkEncoding(state, encoding);
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }
  if (state.bits & (ENDING | DESTROYED)) {
    const error = state.bits & ENDING ?
      new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write');
    process.nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }

  const size = state.bits & OBJECT_MODE ? 1 : chunk.length;
  state.pendingcb++;
  state.length += size;
  const room = state.length < state.highWaterMark;
  if (!room) state.bits |= NEED_DRAIN;
  if ((state.bits & (WRITING | ERRORED | CONSTRUCTED)) !== CONSTRUCTED || state.corked > 0) {
    enqueue(state, chunk, encoding, callback);
  } else {
    state.writelen = size;
    state.writecb = callback;
    state.bits |= WRITING | SYNC;
    stream._write(chunk, encoding, state.onwrite);
    state.bits &= ~SYNC;
  }
  return room && !(state.bits & (ERRORED | DESTROYED));
}

function checkEncoding(state, encoding) {
  if (!encoding) return state.defaultEncoding;
  if (encoding !== 'utf8' && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
  return encoding;
}

function enqueue(state, chunk, encoding, callback) {
  if (state.buffered === kNoBuffer) state.buffered = [];
  state.buffered.push({ chunk, encoding, callback });
  if (encoding !== 'buffer') state.bits &= ~ALL_BUFFERS;
  if (callback !== nop) state.bits &= ~ALL_NOOP;
}

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if (!(state.bits & WRITING)) drainBuffer(this, state);
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

Writable.prototype._write = function(chunk, encoding, callback) {
  if (!this._writev) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};
Writable.prototype._writev = null;

// ---- The answer of _write() ----

function onwrite(stream, error) {
  const state = stream._writableState;
  const callback = state.writecb;
  if (callback === null) {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  const sync = (state.bits & SYNC) !== 0;
  state.bits &= ~WRITING;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    destroyImpl.note(error, stream._readableState, state);
    if (sync) process.nextTick(writeFailed, stream, state, error, callback);
    else writeFailed(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) drainBuffer(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  // One tick serves all consecutive writes with the same callback.
  const pending = state.afterWriteTickInfo;
  if (pending !== null && pending.callback === callback) {
    pending.count++;
  } else {
    const info = { count: 1, callback };
    state.afterWriteTickInfo = info;
    process.nextTick(afterWriteTick, stream, state, info);
  }
}

function afterWriteTick(stream, state, info) {
  if (state.afterWriteTickInfo === info) state.afterWriteTickInfo = null;
  afterWrite(stream, state, info.count, info.callback);
}

function afterWrite(stream, state, count, callback) {
  if ((state.bits & (NEED_DRAIN | ENDING | DESTROYED)) === NEED_DRAIN && state.length === 0) {
    state.bits &= ~NEED_DRAIN;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if (state.bits & DESTROYED) failBuffer(state);
  if (state.bits & ENDING) finishMaybe(stream, state);
}

function writeFailed(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  failBuffer(state); // what is queued will never be written
  errorOrDestroy(stream, error);
}

// Answers everything queued, and every end(callback), with an error.
function failBuffer(state) {
  if (state.bits & WRITING) return;
  const queue = state.buffered;
  for (let i = state.bufferedIndex; i < queue.length; i++) {
    const { chunk, callback } = queue[i];
    state.length -= state.bits & OBJECT_MODE ? 1 : chunk.length;
    callback(state.errored ?? new codes.ERR_STREAM_DESTROYED('write'));
  }
  tellFinished(state, state.errored ?? new codes.ERR_STREAM_DESTROYED('end'));
  dropBuffer(state);
}

function tellFinished(state, error) {
  const waiting = state[kOnFinished];
  if (waiting === null) return;
  state[kOnFinished] = null;
  for (let i = 0; i < waiting.length; i++) waiting[i](error);
}

// Hands queued writes to the implementation: all at once where it knows how.
function drainBuffer(stream, state) {
  if (state.corked > 0 || (state.bits & (BUFFER_PROCESSING | DESTROYED | CONSTRUCTED)) !== CONSTRUCTED) return;
  const queue = state.buffered;
  const count = queue.length - state.bufferedIndex;
  if (count === 0) return;
  state.bits |= BUFFER_PROCESSING;
  if (count > 1 && stream._writev) drainTogether(stream, state, queue, count);
  else drainOneByOne(stream, state, queue);
  state.bits &= ~BUFFER_PROCESSING;
}

function drainTogether(stream, state, queue, count) {
  state.pendingcb -= count - 1;
  const from = state.bufferedIndex;
  const callback = state.bits & ALL_NOOP ? nop : (error) => {
    for (let i = from; i < queue.length; i++) queue[i].callback(error);
  };
  // _writev() gets an array it may keep.
  const chunks = (state.bits & ALL_NOOP) && from === 0 ? queue : queue.slice(from);
  chunks.allBuffers = (state.bits & ALL_BUFFERS) !== 0;
  dropBuffer(state);
  state.writelen = state.length;
  state.writecb = callback;
  state.bits |= WRITING | SYNC;
  stream._writev(chunks, state.onwrite);
  state.bits &= ~SYNC;
}

function drainOneByOne(stream, state, queue) {
  let i = state.bufferedIndex;
  do {
    const { chunk, encoding, callback } = queue[i];
    queue[i++] = null;
    state.bufferedIndex = i;
    state.writelen = state.bits & OBJECT_MODE ? 1 : chunk.length;
    state.writecb = callback;
    state.bits |= WRITING | SYNC;
    if (state.bits & DESTROYED) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
    else stream._write(chunk, encoding, state.onwrite);
    state.bits &= ~SYNC;
  } while (i < queue.length && !(state.bits & WRITING));
  if (i === queue.length) {
    dropBuffer(state);
  } else if (i > 256) {
    queue.splice(0, i);
    state.bufferedIndex = 0;
  }
}

// ---- Ending ----

Writable.prototype.end = function(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = undefined;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  const state = this._writableState;
  let error;
  if (chunk !== null && chunk !== undefined) {
    const taken = accept(this, chunk, encoding);
    if (taken instanceof Error) error = taken;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error === undefined) {
    if (!(state.bits & (ERRORED | ENDING))) {
      state.bits |= ENDING;
      finishMaybe(this, state, true);
      state.bits |= W_ENDED;
    } else if (state.bits & FINISHED) {
      error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
    } else if (state.bits & DESTROYED) {
      error = new codes.ERR_STREAM_DESTROYED('end');
    }
  }
  if (typeof callback === 'function') {
    if (error) process.nextTick(callback, error);
    else if (state.bits & FINISHED) process.nextTick(callback);
    else (state[kOnFinished] ??= []).push(callback);
  }
  return this;
};

function mayFinish(state) {
  const wanted = ENDING | CONSTRUCTED;
  const unwanted = DESTROYED | ERRORED | FINISHED | WRITING | ERROR_EMITTED | CLOSE_EMITTED;
  return (state.bits & (wanted | unwanted)) === wanted && state.length === 0 && state.buffered.length === 0;
}

function finishMaybe(stream, state, sync) {
  if (!mayFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    process.nextTick(finishLater, stream, state);
  } else if (mayFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishLater(stream, state) {
  if (mayFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function prefinish(stream, state) {
  if (state.bits & (PREFINISHED | FINAL_CALLED)) return;
  if (typeof stream._final === 'function' && !(state.bits & DESTROYED)) {
    state.bits |= FINAL_CALLED;
    callFinal(stream, state);
  } else {
    state.bits |= PREFINISHED;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  function onFinal(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      tellFinished(state, error);
      errorOrDestroy(stream, error, (state.bits & SYNC) !== 0);
    } else if (mayFinish(state)) {
      state.bits |= PREFINISHED;
      stream.emit('prefinish');
      // Not at once: the callback may come from _final() itself, inside end().
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  }
  state.bits |= SYNC;
  state.pendingcb++;
  try {
    stream._final(onFinal);
  } catch (error) {
    onFinal(error);
  }
  state.bits &= ~SYNC;
}

function finish(stream, state) {
  state.pendingcb--;
  state.bits |= FINISHED;
  tellFinished(state, null);
  stream.emit('finish');
  if (!(state.bits & AUTO_DESTROY)) return;
  // A duplex goes when its other half is over, too.
  const r = stream._readableState;
  if (!r || (r.autoDestroy && (r.bits & END_EMITTED || r.readable === false))) stream.destroy();
}

// ---- Destroying ----

Writable.prototype.destroy = function(error, callback) {
  const state = this._writableState;
  if (!(state.bits & DESTROYED) &&
      (state.bufferedIndex < state.buffered.length || state[kOnFinished] !== null)) {
    process.nextTick(failBuffer, state);
  }
  destroyImpl.destroy.call(this, error, callback);
  return this;
};
Writable.prototype._undestroy = destroyImpl.undestroy;
Writable.prototype._destroy = function(error, callback) {
  callback(error);
};
Writable.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};
Writable.prototype[Symbol.asyncDispose] = async function() {
  return require('stream/dispose').disposeWritable(this);
};

// ---- What programs may ask ----

function ask(name, get, set) {
  Object.defineProperty(Writable.prototype, name, { get, set, configurable: true, enumerable: false });
}

ask('closed', function() { return this._writableState ? (this._writableState.bits & CLOSED) !== 0 : false; });
ask('destroyed', function() {
  return this._writableState ? (this._writableState.bits & DESTROYED) !== 0 : false;
}, function(value) {
  if (this._writableState) this._writableState.destroyed = value;
});
ask('writable', function() {
  const w = this._writableState;
  return !!w && w.writable !== false && !(w.bits & (DESTROYED | ERRORED | ENDING | W_ENDED));
}, function(value) {
  if (this._writableState) this._writableState.writable = !!value;
});
ask('writableFinished', function() {
  return this._writableState ? (this._writableState.bits & FINISHED) !== 0 : false;
});
ask('writableObjectMode', function() {
  return this._writableState ? (this._writableState.bits & OBJECT_MODE) !== 0 : false;
});
ask('writableBuffer', function() { return this._writableState && this._writableState.getBuffer(); });
ask('writableEnded', function() {
  return this._writableState ? (this._writableState.bits & ENDING) !== 0 : false;
});
ask('writableNeedDrain', function() {
  const w = this._writableState;
  return w ? (w.bits & (DESTROYED | ENDING | NEED_DRAIN)) === NEED_DRAIN : false;
});
ask('writableHighWaterMark', function() { return this._writableState && this._writableState.highWaterMark; });
ask('writableCorked', function() { return this._writableState ? this._writableState.corked : 0; });
ask('writableLength', function() { return this._writableState && this._writableState.length; });
ask('errored', function() { return this._writableState ? this._writableState.errored : null; });
ask('writableAborted', function() {
  const w = this._writableState;
  return !!w && w.writable !== false && (w.bits & (DESTROYED | ERRORED)) !== 0 && !(w.bits & FINISHED);
});

Writable.fromWeb = function(writableStream, options) {
  return require('stream/webadapters').writableFromWeb(writableStream, options);
};
Writable.toWeb = function(streamWritable) {
  return require('stream/webadapters').writableToWeb(streamWritable);
};
