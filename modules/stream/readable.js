// SPDX-License-Identifier: MIT
//
// Readable: _read() pushes chunks in, read() and 'data' take them out.
//
// Chunks wait in `state.buffer` from `state.bufferIndex` on; `state.length` counts bytes (or objects). A stream is
// paused while `flowing` is null (nobody cares yet) or false, and flows while it is true. 'readable', 'end' and
// resumption are announced in a later tick, each at most once per tick: the bits EMITTED_READABLE,
// RESUME_SCHEDULED and READING_MORE say that one is on its way. pipe() is in stream/pipe, the iterators in
// stream/iterate, the array-like methods in stream/operators.
'use strict';

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');
const EventEmitter = require('events');
const { Stream } = require('stream/legacy');
const destroyImpl = require('stream/destroy');
const {
  OBJECT_MODE, CONSTRUCTED, SYNC, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED, CLOSE_EMITTED, ERRORED,
  ENDED, END_EMITTED, READING, NEED_READABLE, EMITTED_READABLE, READABLE_LISTENING, RESUME_SCHEDULED,
  MULTI_AWAIT_DRAIN, READING_MORE, DATA_EMITTED, defineBits, defineErrored, sharedNames, highWaterMarkOf,
  getDefaultHighWaterMark,
} = require('stream/state');

module.exports = Readable;
Readable.afterConstruct = afterConstruct;
const { errorOrDestroy } = destroyImpl;

const kPaused = Symbol('kPaused');
const kLargestMark = 0x40000000;

function ReadableState(options, stream, isDuplex) {
  const o = options ?? {};
  let bits = CONSTRUCTED | SYNC;
  if (o.objectMode || (isDuplex && o.readableObjectMode)) bits |= OBJECT_MODE;
  if (o.emitClose !== false) bits |= EMIT_CLOSE;
  if (o.autoDestroy !== false) bits |= AUTO_DESTROY;
  this.bits = bits;
  this.highWaterMark = options ?
    highWaterMarkOf(options, 'readableHighWaterMark', isDuplex, (bits & OBJECT_MODE) !== 0) :
    getDefaultHighWaterMark(false);
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.pipes = [];
  this.awaitDrainWriters = null; // one writer, or a Set of them once MULTI_AWAIT_DRAIN is set
  this.flowing = null;
  this[kPaused] = null;
  this.defaultEncoding = 'utf8';
  this.decoder = null;
  this.encoding = null;
  this.error = null;
  const encoding = o.defaultEncoding;
  if (encoding && encoding !== 'utf8' && encoding !== 'utf-8') {
    if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this.defaultEncoding = encoding;
  }
  if (o.encoding) {
    const { StringDecoder } = require('string_decoder');
    this.decoder = new StringDecoder(o.encoding);
    this.encoding = o.encoding;
  }
}

defineBits(ReadableState.prototype, {
  ...sharedNames,
  ended: ENDED, endEmitted: END_EMITTED, reading: READING, needReadable: NEED_READABLE,
  emittedReadable: EMITTED_READABLE, readableListening: READABLE_LISTENING, resumeScheduled: RESUME_SCHEDULED,
  multiAwaitDrain: MULTI_AWAIT_DRAIN, readingMore: READING_MORE, dataEmitted: DATA_EMITTED,
});
defineErrored(ReadableState.prototype);
Object.defineProperties(ReadableState.prototype, {
  pipesCount: { get() { return this.pipes.length; } },
  paused: {
    get() { return this[kPaused] !== false; },
    set(value) { this[kPaused] = !!value; },
  },
});

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  this._events ??= { close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined };
  this._readableState = new ReadableState(options, this, false);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('stream/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct !== undefined) destroyImpl.construct(this, () => afterConstruct(this));
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

function afterConstruct(stream) {
  if (stream._readableState.bits & NEED_READABLE) readMore(stream, stream._readableState);
}

Readable.prototype.destroy = destroyImpl.destroy;
Readable.prototype._undestroy = destroyImpl.undestroy;
Readable.prototype._destroy = function(error, callback) {
  callback(error);
};
Readable.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};
Readable.prototype[Symbol.asyncDispose] = async function() {
  return require('stream/dispose').disposeReadable(this);
};

// ---- Putting in ----

Readable.prototype.push = function(chunk, encoding) {
  return this._readableState.bits & OBJECT_MODE ?
    pushObject(this, this._readableState, chunk, encoding) :
    pushBytes(this, this._readableState, chunk, encoding);
};

Readable.prototype.unshift = function(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) return pushEnd(this, state);
  if (!(state.bits & OBJECT_MODE)) {
    if (typeof chunk === 'string') {
      const from = encoding || state.defaultEncoding;
      if (state.encoding !== from) {
        chunk = Buffer.from(chunk, from);
        if (state.encoding) chunk = chunk.toString(state.encoding);
      }
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = asBuffer(chunk);
    } else if (chunk !== undefined) {
      return refuse(this, chunk);
    }
    if (!(chunk && chunk.length > 0)) return hasRoom(state);
  }
  if (state.bits & END_EMITTED) {
    errorOrDestroy(this, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
    return hasRoom(state);
  }
  if (state.bits & (DESTROYED | ERRORED)) return false;
  addChunk(this, state, chunk, true);
  return hasRoom(state);
};

function asBuffer(view) {
  return view instanceof Buffer ? view : Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

function refuse(stream, chunk) {
  errorOrDestroy(stream, new codes.ERR_INVALID_ARG_TYPE(
    'chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
  return false;
}

function pushEnd(stream, state) {
  state.bits &= ~READING;
  endOfInput(stream, state);
  return false;
}

function pushBytes(stream, state, chunk, encoding) {
  if (chunk === null) return pushEnd(stream, state);
  let decode = state.decoder !== null;
  if (typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding;
    if (state.encoding !== encoding) chunk = Buffer.from(chunk, encoding);
    else decode = false; // it is text in the wanted encoding already
  } else if (ArrayBuffer.isView(chunk)) {
    chunk = asBuffer(chunk);
  } else if (chunk !== undefined) {
    return refuse(stream, chunk);
  }
  if (!chunk || chunk.length <= 0) {
    state.bits &= ~READING;
    readMore(stream, state);
    return hasRoom(state);
  }
  return accept(stream, state, chunk, decode);
}

function pushObject(stream, state, chunk, encoding) {
  if (chunk === null) return pushEnd(stream, state);
  return accept(stream, state, chunk, state.decoder !== null && !encoding);
}

function accept(stream, state, chunk, decode) {
  if (state.bits & ENDED) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if (state.bits & (DESTROYED | ERRORED)) return false;
  state.bits &= ~READING;
  if (decode) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      readMore(stream, state); // half a character so far
      return hasRoom(state);
    }
  }
  addChunk(stream, state, chunk, false);
  return hasRoom(state);
}

function hasRoom(state) {
  return !(state.bits & ENDED) && (state.length < state.highWaterMark || state.length === 0);
}

function hasDataListener(stream) {
  const events = stream._events;
  return events !== undefined && events.data !== undefined;
}

function addChunk(stream, state, chunk, atFront) {
  if (state.flowing === true && state.length === 0 && !(state.bits & SYNC) && hasDataListener(stream)) {
    // Straight through.
    if (state.bits & MULTI_AWAIT_DRAIN) state.awaitDrainWriters.clear();
    else state.awaitDrainWriters = null;
    state.bits |= DATA_EMITTED;
    stream.emit('data', chunk);
  } else {
    state.length += state.bits & OBJECT_MODE ? 1 : chunk.length;
    if (!atFront) state.buffer.push(chunk);
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
    else state.buffer.unshift(chunk);
    if (state.bits & NEED_READABLE) announceReadable(stream, state);
  }
  readMore(stream, state);
}

function endOfInput(stream, state) {
  if (state.bits & ENDED) return;
  if (state.decoder !== null) {
    const rest = state.decoder.end();
    if (rest && rest.length > 0) {
      state.buffer.push(rest);
      state.length += state.bits & OBJECT_MODE ? 1 : rest.length;
    }
  }
  state.bits |= ENDED;
  if (state.bits & SYNC) {
    announceReadable(stream, state); // inside _read(): wait for it to return
  } else {
    state.bits = (state.bits & ~NEED_READABLE) | EMITTED_READABLE;
    emitReadable(stream);
  }
}

// ---- Taking out ----

Readable.prototype.isPaused = function() {
  const state = this._readableState;
  return state[kPaused] === true || state.flowing === false;
};

Readable.prototype.setEncoding = function(encoding) {
  const { StringDecoder } = require('string_decoder');
  const state = this._readableState;
  const decoder = new StringDecoder(encoding);
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  let text = '';
  for (let i = state.bufferIndex; i < state.buffer.length; i++) text += decoder.write(state.buffer[i]);
  state.buffer.length = 0;
  state.bufferIndex = 0;
  if (text !== '') state.buffer.push(text);
  state.length = text.length;
  return this;
};

// A reader that wants more at once than the mark raises the mark: to the next power of two.
function raisedMark(n) {
  if (n > kLargestMark) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  return n <= 1 ? n : 2 ** (32 - Math.clz32(n - 1));
}

// How much a read of n may take now. NaN stands for "all", or one chunk while flowing.
function takeable(n, state) {
  if (n <= 0 || (state.length === 0 && state.bits & ENDED)) return 0;
  if (state.bits & OBJECT_MODE) return 1;
  if (n !== n) {
    return state.flowing === true && state.length > 0 ? state.buffer[state.bufferIndex].length : state.length;
  }
  if (n <= state.length) return n;
  return state.bits & ENDED ? state.length : 0;
}

Readable.prototype.read = function(n) {
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const state = this._readableState;
  const asked = n;
  if (n > state.highWaterMark) state.highWaterMark = raisedMark(n);
  if (n !== 0) state.bits &= ~EMITTED_READABLE;

  // read(0) only triggers: 'readable' or 'end' where they are due, else more input.
  if (n === 0 && state.bits & NEED_READABLE &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) ||
       state.bits & ENDED)) {
    if (state.length === 0 && state.bits & ENDED) endReadable(this, state);
    else announceReadable(this, state);
    return null;
  }
  n = takeable(n, state);
  if (n === 0 && state.bits & ENDED) {
    if (state.length === 0) endReadable(this, state);
    return null;
  }

  const wanting = (state.bits & NEED_READABLE) !== 0 || state.length === 0 ||
    state.length - n < state.highWaterMark;
  if (wanting && (state.bits & (ENDED | READING | DESTROYED | ERRORED | CONSTRUCTED)) === CONSTRUCTED) {
    callRead(this, state);
    if (!(state.bits & READING)) n = takeable(asked, state); // it answered at once
  }

  const chunk = n > 0 ? takeOut(n, state) : null;
  if (chunk === null) {
    if (state.length <= state.highWaterMark) state.bits |= NEED_READABLE;
    else state.bits &= ~NEED_READABLE;
    n = 0;
  } else {
    state.length -= n;
    if (state.bits & MULTI_AWAIT_DRAIN) state.awaitDrainWriters.clear();
    else state.awaitDrainWriters = null;
  }
  if (state.length === 0) {
    if (!(state.bits & ENDED)) state.bits |= NEED_READABLE;
    else if (asked !== n) endReadable(this, state); // asked for more than there is left
  }
  if (chunk !== null && !(state.bits & (ERROR_EMITTED | CLOSE_EMITTED))) {
    state.bits |= DATA_EMITTED;
    this.emit('data', chunk);
  }
  return chunk;
};

function callRead(stream, state) {
  state.bits |= READING | SYNC;
  if (state.length === 0) state.bits |= NEED_READABLE;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    errorOrDestroy(stream, error);
  }
  state.bits &= ~SYNC;
}

Readable.prototype._read = function(n) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

// Removes n bytes (one object) from the front of the queue.
function takeOut(n, state) {
  if (state.length === 0) return null;
  const queue = state.buffer;
  if (state.bits & OBJECT_MODE) return shiftChunk(state, queue);
  const first = queue[state.bufferIndex];
  if (!n || n >= state.length) {
    const chunk = takeAll(state, queue, first);
    queue.length = 0;
    state.bufferIndex = 0;
    return chunk;
  }
  if (n === first.length) return shiftChunk(state, queue);
  if (n < first.length) {
    queue[state.bufferIndex] = first.slice(n);
    return first.slice(0, n);
  }
  return takeSome(n, state, queue);
}

function shiftChunk(state, queue) {
  const i = state.bufferIndex;
  const chunk = queue[i];
  queue[i] = null;
  if (i + 1 === queue.length) {
    queue.length = 0;
    state.bufferIndex = 0;
  } else if (i + 1 > 1024) {
    queue.splice(0, i + 1);
    state.bufferIndex = 0;
  } else {
    state.bufferIndex = i + 1;
  }
  return chunk;
}

function takeAll(state, queue, first) {
  const count = queue.length - state.bufferIndex;
  if (state.decoder !== null) {
    let text = '';
    for (let i = state.bufferIndex; i < queue.length; i++) text += queue[i];
    return text;
  }
  if (count === 0) return Buffer.alloc(0);
  if (count === 1) return first;
  return Buffer.concat(state.bufferIndex === 0 ? queue : queue.slice(state.bufferIndex), state.length);
}

function takeSome(n, state, queue) {
  const parts = [];
  let i = state.bufferIndex;
  let left = n;
  while (left > 0) {
    const chunk = queue[i];
    if (chunk.length > left) {
      parts.push(chunk.slice(0, left));
      queue[i] = chunk.slice(left);
      break;
    }
    parts.push(chunk);
    left -= chunk.length;
    queue[i++] = null;
  }
  state.bufferIndex = i;
  if (i >= queue.length) {
    queue.length = 0;
    state.bufferIndex = 0;
  }
  return state.decoder !== null ? parts.join('') : Buffer.concat(parts, n);
}

Readable._fromList = takeOut;

// ---- Announcing ----

function announceReadable(stream, state) {
  state.bits &= ~NEED_READABLE;
  if (state.bits & EMITTED_READABLE) return;
  state.bits |= EMITTED_READABLE;
  process.nextTick(emitReadable, stream);
}

function emitReadable(stream) {
  const state = stream._readableState;
  if (!(state.bits & (DESTROYED | ERRORED)) && (state.length > 0 || state.bits & ENDED)) {
    stream.emit('readable');
    state.bits &= ~EMITTED_READABLE;
  }
  // Another 'readable' is needed unless it flows, is over, or holds enough.
  if (state.flowing !== true && !(state.bits & ENDED) && state.length <= state.highWaterMark) {
    state.bits |= NEED_READABLE;
  } else {
    state.bits &= ~NEED_READABLE;
  }
  flow(stream);
}

// Keeps the buffer filled up to the mark, from a later tick.
function readMore(stream, state) {
  if ((state.bits & (READING_MORE | CONSTRUCTED)) !== CONSTRUCTED) return;
  state.bits |= READING_MORE;
  process.nextTick(fill, stream, state);
}

function fill(stream, state) {
  while (!(state.bits & (READING | ENDED)) &&
         (state.length < state.highWaterMark || (state.flowing === true && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (before === state.length) break; // it has nothing now
  }
  state.bits &= ~READING_MORE;
}

// ---- Flowing ----

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing === true && stream.read() !== null);
}

Readable.prototype.on = function(event, listener) {
  const result = Stream.prototype.on.call(this, event, listener);
  const state = this._readableState;
  if (event === 'data') {
    if (this.listenerCount('readable') > 0) state.bits |= READABLE_LISTENING;
    else state.bits &= ~READABLE_LISTENING;
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable') {
    if (!(state.bits & (END_EMITTED | READABLE_LISTENING))) {
      state.bits = (state.bits | READABLE_LISTENING | NEED_READABLE) & ~EMITTED_READABLE;
      state.flowing = false;
      if (state.length > 0) announceReadable(this, state);
      else if (!(state.bits & READING)) process.nextTick(readNothing, this);
    }
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

function readNothing(stream) {
  stream.read(0);
}

Readable.prototype.removeListener = function(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  // Later, since 'readable' may be taken off and put on again at once.
  if (event === 'readable') process.nextTick(updateReadableListening, this);
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function(event) {
  const result = Stream.prototype.removeAllListeners.apply(this, arguments);
  if (event === 'readable' || event === undefined) process.nextTick(updateReadableListening, this);
  return result;
};

function updateReadableListening(stream) {
  const state = stream._readableState;
  if (stream.listenerCount('readable') > 0) state.bits |= READABLE_LISTENING;
  else state.bits &= ~READABLE_LISTENING;
  if (state.bits & RESUME_SCHEDULED && state[kPaused] === false) {
    state.flowing = true; // resume() was called meanwhile
  } else if (stream.listenerCount('data') > 0) {
    stream.resume();
  } else if (!(state.bits & READABLE_LISTENING)) {
    state.flowing = null;
  }
}

Readable.prototype.resume = function() {
  const state = this._readableState;
  if (state.flowing !== true) {
    state.flowing = !(state.bits & READABLE_LISTENING); // whoever listens to 'readable' reads by himself
    if (!(state.bits & RESUME_SCHEDULED)) {
      state.bits |= RESUME_SCHEDULED;
      process.nextTick(resumeNow, this, state);
    }
  }
  state[kPaused] = false;
  return this;
};

function resumeNow(stream, state) {
  if (!(state.bits & READING)) stream.read(0);
  state.bits &= ~RESUME_SCHEDULED;
  stream.emit('resume');
  flow(stream);
  if (state.flowing === true && !(state.bits & READING)) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state[kPaused] = true;
  return this;
};

// ---- The end ----

function endReadable(stream, state) {
  if (state.bits & END_EMITTED) return;
  state.bits |= ENDED;
  process.nextTick(emitEnd, stream, state);
}

function emitEnd(stream, state) {
  if (state.bits & (ERRORED | CLOSE_EMITTED | END_EMITTED) || state.length !== 0) return;
  state.bits |= END_EMITTED;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(endOtherHalf, stream);
  } else if (state.bits & AUTO_DESTROY) {
    const w = stream._writableState;
    if (!w || (w.autoDestroy && (w.finished || w.writable === false))) stream.destroy();
  }
}

function endOtherHalf(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- Other shapes of input and output ----

Readable.prototype.pipe = function(dest, options) {
  return require('stream/pipe').pipe(this, dest, options);
};
Readable.prototype.unpipe = function(dest) {
  return require('stream/pipe').unpipe(this, dest);
};
Readable.prototype.wrap = function(stream) {
  return require('stream/wrap').wrap(this, stream);
};
Readable.prototype[Symbol.asyncIterator] = function() {
  return require('stream/iterate').iterate(this);
};
Readable.prototype.iterator = function(options) {
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  return require('stream/iterate').iterate(this, options);
};
Readable.prototype.compose = function compose(stream, options) {
  return require('stream/operators').compose.call(this, stream, options);
};
Readable.from = function(iterable, options) {
  return require('stream/from').from(Readable, iterable, options);
};
Readable.fromWeb = function(readableStream, options) {
  return require('stream/webadapters').readableFromWeb(readableStream, options);
};
Readable.toWeb = function(streamReadable, options) {
  return require('stream/webadapters').readableToWeb(streamReadable, options);
};
Readable.wrap = function(source, options) {
  return require('stream/wrap').newWrapped(Readable, source, options);
};

// Names and lengths as programs see them; the functions themselves are loaded at first call.
const operators = {
  drop(number, options) { return require('stream/operators').drop.call(this, number, options); },
  filter(fn, options) { return require('stream/operators').filter.call(this, fn, options); },
  flatMap(fn, options) { return require('stream/operators').flatMap.call(this, fn, options); },
  map(fn, options) { return require('stream/operators').map.call(this, fn, options); },
  take(number, options) { return require('stream/operators').take.call(this, number, options); },
  async every(fn, options) { return require('stream/operators').every.call(this, fn, options); },
  async forEach(fn, options) { return require('stream/operators').forEach.call(this, fn, options); },
  async reduce(fn, initial, options) {
    return require('stream/operators').reduce.apply(this, arguments);
  },
  async toArray(options) { return require('stream/operators').toArray.call(this, options); },
  async some(fn, options) { return require('stream/operators').some.call(this, fn, options); },
  async find(fn, options) { return require('stream/operators').find.call(this, fn, options); },
};
for (const name of Object.keys(operators)) {
  Object.defineProperty(Readable.prototype, name, {
    value: operators[name], writable: true, enumerable: false, configurable: true,
  });
}

// ---- What programs may ask ----

function ask(name, get, set) {
  Object.defineProperty(Readable.prototype, name, { get, set, configurable: true, enumerable: false });
}

ask('readable', function() {
  const r = this._readableState;
  return !!r && r.readable !== false && !(r.bits & (DESTROYED | ERROR_EMITTED | END_EMITTED));
}, function(value) {
  if (this._readableState) this._readableState.readable = !!value;
});
ask('readableDidRead', function() { return this._readableState.dataEmitted; });
ask('readableAborted', function() {
  const r = this._readableState;
  return r.readable !== false && (r.bits & (DESTROYED | ERRORED)) !== 0 && !(r.bits & END_EMITTED);
});
ask('readableHighWaterMark', function() { return this._readableState.highWaterMark; });
ask('readableBuffer', function() { return this._readableState?.buffer; });
ask('readableFlowing', function() {
  return this._readableState.flowing;
}, function(value) {
  if (this._readableState) this._readableState.flowing = value;
});
ask('readableLength', function() { return this._readableState.length; });
ask('readableObjectMode', function() {
  return this._readableState ? (this._readableState.bits & OBJECT_MODE) !== 0 : false;
});
ask('readableEncoding', function() { return this._readableState ? this._readableState.encoding : null; });
ask('errored', function() { return this._readableState ? this._readableState.errored : null; });
ask('closed', function() { return this._readableState ? (this._readableState.bits & CLOSED) !== 0 : false; });
ask('destroyed', function() {
  return this._readableState ? (this._readableState.bits & DESTROYED) !== 0 : false;
}, function(value) {
  if (this._readableState) this._readableState.destroyed = value;
});
ask('readableEnded', function() {
  return this._readableState ? (this._readableState.bits & END_EMITTED) !== 0 : false;
});
