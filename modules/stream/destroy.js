// SPDX-License-Identifier: MIT
//
// The end of a stream's life, and its start where construction is asynchronous.
//
// Order that programs rely on: destroy() marks both halves at once; _destroy() runs (after construction, if that
// is under way); its callback closes; 'error' and then 'close' follow in one later tick.
'use strict';

const { codes, AbortError } = require('internal/errors');
const {
  CONSTRUCTED, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED, CLOSE_EMITTED, ERRORED,
  ENDED, END_EMITTED, READING, FINAL_CALLED, PREFINISHED, ENDING, W_ENDED, FINISHED,
} = require('stream/state');

const kAfterConstruct = Symbol('kOnConstructed'); // on a stream: functions waiting for its construction

function bitsOf(state) {
  return state === undefined || state === null ? 0 : state.bits;
}

function raise(r, w, bit) {
  if (w) w.bits |= bit;
  if (r) r.bits |= bit;
}

// Remembers the first error on both halves.
function note(error, r, w) {
  if (!error) return;
  error.stack; // some engines make the text at first use: now is when it means something
  if (w && !(w.bits & ERRORED)) w.errored = error;
  if (r && !(r.bits & ERRORED)) r.errored = error;
}

function emitError(stream, error) {
  const r = stream._readableState;
  const w = stream._writableState;
  if ((bitsOf(w) | bitsOf(r)) & ERROR_EMITTED) return;
  raise(r, w, ERROR_EMITTED);
  stream.emit('error', error);
}

function emitClose(stream) {
  const r = stream._readableState;
  const w = stream._writableState;
  raise(r, w, CLOSE_EMITTED);
  if ((bitsOf(w) | bitsOf(r)) & EMIT_CLOSE) stream.emit('close');
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function destroy(error, callback) {
  const r = this._readableState;
  const w = this._writableState;
  if ((bitsOf(w) | bitsOf(r)) & DESTROYED) {
    if (typeof callback === 'function') callback();
    return this;
  }
  note(error, r, w);
  raise(r, w, DESTROYED);
  const state = w || r;
  if (!(state.bits & CONSTRUCTED)) {
    whenConstructed(this, (constructError) => {
      runDestroy(this, require('internal/errors').aggregateTwoErrors(constructError, error), callback);
    }, true);
  } else {
    runDestroy(this, error, callback);
  }
  return this;
}

function runDestroy(stream, error, callback) {
  let called = false;
  function onDestroyed(failure) {
    if (called) return;
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    note(failure, r, w);
    raise(r, w, CLOSED);
    if (typeof callback === 'function') callback(failure);
    if (failure) process.nextTick(emitErrorAndClose, stream, failure);
    else process.nextTick(emitClose, stream);
  }
  try {
    stream._destroy(error || null, onDestroyed);
  } catch (thrown) {
    onDestroyed(thrown);
  }
}

// Reports an error: destroys a stream that destroys itself, else only emits.
function errorOrDestroy(stream, error, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  const bits = bitsOf(w) | bitsOf(r);
  if (bits & DESTROYED) return;
  if (bits & AUTO_DESTROY) {
    stream.destroy(error);
  } else if (error) {
    note(error, r, w);
    if (sync) process.nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

function undestroy() {
  const r = this._readableState;
  const w = this._writableState;
  const past = CLOSED | CLOSE_EMITTED | DESTROYED | ERROR_EMITTED | ERRORED;
  if (r) {
    r.bits = (r.bits & ~(past | READING)) | CONSTRUCTED;
    r.error = null;
    const never = r.readable === false ? ENDED | END_EMITTED : 0;
    r.bits = (r.bits & ~(ENDED | END_EMITTED)) | never;
  }
  if (w) {
    w.bits = (w.bits & ~(past | FINAL_CALLED | PREFINISHED)) | CONSTRUCTED;
    w.error = null;
    const never = w.writable === false ? ENDING | W_ENDED | FINISHED : 0;
    w.bits = (w.bits & ~(ENDING | W_ENDED | FINISHED)) | never;
  }
}

// ---- Asynchronous construction ----

// Calls fn once construction is over; `onFailure` functions also want its error.
function whenConstructed(stream, fn, onFailure) {
  (stream[kAfterConstruct] ??= []).push({ fn, onFailure });
}

function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  const r = stream._readableState;
  const w = stream._writableState;
  if (r) r.bits &= ~CONSTRUCTED;
  if (w) w.bits &= ~CONSTRUCTED;
  const first = stream[kAfterConstruct] === undefined;
  whenConstructed(stream, callback, false);
  if (first) process.nextTick(runConstruct, stream);
}

function runConstruct(stream) {
  let called = false;
  function onConstructed(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    raise(r, w, CONSTRUCTED);
    const waiting = stream[kAfterConstruct];
    stream[kAfterConstruct] = undefined;
    if (bitsOf(w || r) & DESTROYED) {
      for (const { fn, onFailure } of waiting) if (onFailure) fn(error);
    } else if (error) {
      errorOrDestroy(stream, error, true);
    } else {
      // At once: what is written in the next tick must come after what waited.
      for (const { fn, onFailure } of waiting) if (!onFailure) fn();
    }
  }
  try {
    stream._construct((error) => process.nextTick(onConstructed, error));
  } catch (error) {
    process.nextTick(onConstructed, error);
  }
}

// ---- Destroying anybody's stream ----

function isRequest(stream) {
  return stream?.setHeader && typeof stream.abort === 'function';
}

// destroy() for whatever looks like a stream: ours, old ones, HTTP requests, sockets.
function destroyer(stream, error) {
  if (!stream || isDestroyed(stream)) return;
  if (!error && !require('stream/utils').isFinished(stream)) error = new AbortError();

  if (require('stream/utils').isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(error);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else if (error) {
    process.nextTick(() => stream.emit('error', error));
  } else {
    process.nextTick(() => stream.emit('close'));
  }
  if (!stream.destroyed) stream[kDestroyed] = true;
}

const kDestroyed = Symbol.for('nodejs.stream.destroyed');

function isDestroyed(stream) {
  return require('stream/utils').isDestroyed(stream) === true;
}

module.exports = { destroy, undestroy, construct, errorOrDestroy, destroyer, emitError, note, kDestroyed };
