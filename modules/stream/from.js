// SPDX-License-Identifier: MIT
//
// Readable.from(): a stream that pulls an iterable, synchronous or not.
'use strict';

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');

function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  let iterator;
  let isAsync;
  if (iterable?.[Symbol.asyncIterator]) {
    isAsync = true;
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable?.[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }

  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  let pulling = false;   // one pull at a time
  let closing = false;   // tells a value that arrives too late
  let iteratorDone = false;

  readable._read = function() {
    if (pulling) return;
    pulling = true;
    if (isAsync) pullAsync();
    else pullSync();
  };

  readable._destroy = function(error, callback) {
    closing = true;
    close(error).then(
      () => process.nextTick(callback, error),
      (failure) => process.nextTick(callback, failure || error));
  };

  async function close(error) {
    if (iteratorDone) return;
    iteratorDone = true;
    const failed = error !== undefined && error !== null;
    if (failed && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }

  // True while the stream wants more at once.
  function offer(value) {
    if (value === null) {
      pulling = false;
      throw new codes.ERR_STREAM_NULL_VALUES();
    }
    if (readable.push(value)) return true;
    pulling = false;
    return false;
  }

  function pullSync() {
    try {
      for (;;) {
        const { value, done } = iterator.next();
        if (done) {
          iteratorDone = true;
          readable.push(null);
          return;
        }
        if (value !== null && value !== undefined && typeof value.then === 'function') {
          settleSync(value);
          return;
        }
        if (!offer(value)) return;
      }
    } catch (error) {
      readable.destroy(error);
    }
  }

  // A synchronous iterable of promises: wait for this one, then go on.
  async function settleSync(promise) {
    try {
      const value = await promise;
      if (closing) {
        pulling = false;
        return;
      }
      if (offer(value)) pullSync();
    } catch (error) {
      readable.destroy(error);
    }
  }

  async function pullAsync() {
    try {
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) {
          iteratorDone = true;
          readable.push(null);
          return;
        }
        if (closing) {
          pulling = false;
          return;
        }
        if (!offer(value)) return;
      }
    } catch (error) {
      readable.destroy(error);
    }
  }

  return readable;
}

module.exports = { from };
