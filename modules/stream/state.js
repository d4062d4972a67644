// SPDX-License-Identifier: MIT
//
// What the states of both halves of a stream share: bits, default buffer sizes, accessors.
//
// Booleans live as bits of `state.bits`; the names that programs know (`_readableState.ended`, ...) are accessors
// on the prototype. The low bits mean the same in both states, so that destroy.js may treat them alike.
'use strict';

const { codes } = require('internal/errors');

// Bits that both states have.
const OBJECT_MODE = 1 << 0;
const CONSTRUCTED = 1 << 1;
const SYNC = 1 << 2;            // the implementation is being called, and may answer at once
const ERROR_EMITTED = 1 << 3;
const EMIT_CLOSE = 1 << 4;
const AUTO_DESTROY = 1 << 5;
const DESTROYED = 1 << 6;
const CLOSED = 1 << 7;
const CLOSE_EMITTED = 1 << 8;
const ERRORED = 1 << 9;

// Bits of the readable half.
const ENDED = 1 << 10;
const END_EMITTED = 1 << 11;
const READING = 1 << 12;
const NEED_READABLE = 1 << 13;
const EMITTED_READABLE = 1 << 14;
const READABLE_LISTENING = 1 << 15;
const RESUME_SCHEDULED = 1 << 16;
const MULTI_AWAIT_DRAIN = 1 << 17;
const READING_MORE = 1 << 18;
const DATA_EMITTED = 1 << 19;

// Bits of the writable half.
const FINAL_CALLED = 1 << 10;
const NEED_DRAIN = 1 << 11;
const ENDING = 1 << 12;
const W_ENDED = 1 << 13;
const FINISHED = 1 << 14;
const DECODE_STRINGS = 1 << 15;
const WRITING = 1 << 16;
const BUFFER_PROCESSING = 1 << 17;
const PREFINISHED = 1 << 18;
const ALL_BUFFERS = 1 << 19;
const ALL_NOOP = 1 << 20;

function defineBits(prototype, names) {
  for (const name of Object.keys(names)) {
    const bit = names[name];
    Object.defineProperty(prototype, name, {
      get() { return (this.bits & bit) !== 0; },
      set(value) {
        if (value) this.bits |= bit;
        else this.bits &= ~bit;
      },
      configurable: true,
      enumerable: false,
    });
  }
}

const sharedNames = {
  objectMode: OBJECT_MODE, constructed: CONSTRUCTED, sync: SYNC, errorEmitted: ERROR_EMITTED,
  emitClose: EMIT_CLOSE, autoDestroy: AUTO_DESTROY, destroyed: DESTROYED, closed: CLOSED,
  closeEmitted: CLOSE_EMITTED,
};

// The error of a state: null until there is one. Any value can be one, hence the bit.
function defineErrored(prototype) {
  Object.defineProperty(prototype, 'errored', {
    get() { return (this.bits & ERRORED) !== 0 ? this.error : null; },
    set(value) {
      if (value) {
        this.error = value;
        this.bits |= ERRORED;
      } else {
        this.error = null;
        this.bits &= ~ERRORED;
      }
    },
    configurable: true,
    enumerable: false,
  });
}

let defaultBytes = 64 * 1024;
let defaultObjects = 16;

function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaultObjects : defaultBytes;
}

function setDefaultHighWaterMark(objectMode, value) {
  require('internal/validators').validateInteger(value, 'value', 0);
  if (objectMode) defaultObjects = value;
  else defaultBytes = value;
}

// A duplex stream may give each half a mark of its own, under `duplexKey`.
function highWaterMarkOf(options, duplexKey, isDuplex, objectMode) {
  let mark = options.highWaterMark;
  let name = 'highWaterMark';
  if ((mark === undefined || mark === null) && isDuplex) {
    mark = options[duplexKey];
    name = duplexKey;
  }
  if (mark === undefined || mark === null) return objectMode ? defaultObjects : defaultBytes;
  if (!Number.isInteger(mark) || mark < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, mark);
  }
  return Math.floor(mark);
}

module.exports = {
  OBJECT_MODE, CONSTRUCTED, SYNC, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED, CLOSE_EMITTED,
  ERRORED, ENDED, END_EMITTED, READING, NEED_READABLE, EMITTED_READABLE, READABLE_LISTENING, RESUME_SCHEDULED,
  MULTI_AWAIT_DRAIN, READING_MORE, DATA_EMITTED, FINAL_CALLED, NEED_DRAIN, ENDING, W_ENDED, FINISHED,
  DECODE_STRINGS, WRITING, BUFFER_PROCESSING, PREFINISHED, ALL_BUFFERS, ALL_NOOP,
  defineBits, defineErrored, sharedNames, getDefaultHighWaterMark, setDefaultHighWaterMark, highWaterMarkOf,
};
