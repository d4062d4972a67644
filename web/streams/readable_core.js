// SPDX-License-Identifier: MIT
//
// The core of ReadableStream, of its default reader, and of its default controller (specification sections 4.2,
// 4.4, 4.6). The byte controller is in byte_core.js.
//
// A read request is an object { chunk(value), close(value), error(reason) }; a reader queues those it cannot answer.
'use strict';

const { codes } = require('internal/errors');
const { deferred, handled, rejectedHandled, resolvedDeferred, callForPromise, startedPromise, invalidState, SizedQueue, Fifo } =
  require('web/streams/common');

class ReadableCore {
  constructor() {
    this.state = 'readable';
    this.reader = undefined;       // a ReaderCore while locked
    this.storedError = undefined;
    this.disturbed = false;
    this.controller = undefined;
    this.whenClosed = deferred();  // for stream.finished(); independent of any reader
    handled(this.whenClosed.promise);
    this.face = undefined;         // the public object, made when it is asked for
  }

  get locked() { return this.reader !== undefined; }

  close() {
    this.state = 'closed';
    this.whenClosed.resolve();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (!reader.byob) for (const request of reader.requests.takeAll()) request.close();
  }

  error(reason) {
    this.state = 'errored';
    this.storedError = reason;
    this.whenClosed.reject(reason);
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(reason);
    handled(reader.closed.promise);
    reader.failAll(reason);
  }

  cancel(reason) {
    this.disturbed = true;
    if (this.state === 'closed') return Promise.resolve();
    if (this.state === 'errored') return Promise.reject(this.storedError);
    this.close();
    const { reader } = this;
    if (reader !== undefined && reader.byob) {
      for (const request of reader.requests.takeAll()) request.close(undefined);
    }
    return this.controller.cancelSteps(reason).then(() => {});
  }

  // Hands a chunk (or the end) to the oldest waiting request.
  fulfill(chunk, done) {
    const request = this.reader.requests.shift();
    if (done) request.close(chunk);
    else request.chunk(chunk);
  }

  get waiting() { return this.reader === undefined ? 0 : this.reader.requests.length; }
  get hasDefaultReader() { return this.reader !== undefined && !this.reader.byob; }
  get hasByobReader() { return this.reader !== undefined && this.reader.byob; }

  acquire(byob) {
    if (this.locked) throw invalidState('ReadableStream is locked');
    return new ReaderCore(this, byob);
  }
}

// A reader of either kind; `requests` are those not answered yet.
class ReaderCore {
  constructor(stream, byob) {
    this.stream = stream;
    this.byob = byob;
    this.requests = new Fifo();
    stream.reader = this;
    if (stream.state === 'readable') this.closed = deferred();
    else if (stream.state === 'closed') this.closed = resolvedDeferred();
    else this.closed = rejectedHandled(stream.storedError);
  }

  read(request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'closed') request.close();
    else if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullSteps(request);
  }

  failAll(reason) {
    for (const request of this.requests.takeAll()) request.error(reason);
  }

  release() {
    const { stream } = this;
    if (stream === undefined) return;
    const reason = invalidState('Reader released');
    if (stream.state === 'readable') {
      this.closed.reject(reason);
      handled(this.closed.promise);
    } else {
      this.closed = rejectedHandled(reason);
    }
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    this.failAll(invalidState('Releasing reader'));
  }
}

// The request behind a promise for { value, done }.
class PromiseRequest {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.error = reject;
    });
  }

  chunk(value) { this.resolve({ value, done: false }); }
  close(value) { this.resolve({ value, done: true }); }
}

class DefaultControllerCore {
  // Declared, so that setters on Object.prototype stay out of it.
  highWaterMark;
  size;
  pull;
  cancel;

  constructor(stream, highWaterMark, size) {
    this.stream = stream;
    this.queue = new SizedQueue();
    this.started = false;
    this.closeRequested = false;
    this.pulling = false;
    this.pullAgain = false;
    this.highWaterMark = highWaterMark;
    this.size = size;
    this.pull = undefined;    // () => anything
    this.cancel = undefined;  // (reason) => anything
    this.face = undefined;
    this.onPulled = () => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.pullIfNeeded();
      }
    };
    this.onPullFailed = (error) => this.error(error);
    stream.controller = this;
  }

  // Runs the start algorithm; whatever it throws is thrown.
  start(start, pull, cancel) {
    this.pull = pull;
    this.cancel = cancel;
    const result = start === undefined ? undefined : start();
    startedPromise(result).then(() => {
      this.started = true;
      this.pullIfNeeded();
    }, (error) => this.error(error));
  }

  get mayEnqueue() { return !this.closeRequested && this.stream.state === 'readable'; }

  get desiredSize() {
    if (this.stream.state === 'errored') return null;
    return this.stream.state === 'closed' ? 0 : this.highWaterMark - this.queue.total;
  }

  shouldPull() {
    return this.mayEnqueue && this.started && (this.stream.waiting > 0 || this.desiredSize > 0);
  }

  pullIfNeeded() {
    if (this.pull === undefined || !this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    callForPromise(this.pull).then(this.onPulled, this.onPullFailed);
  }

  enqueue(chunk) {
    if (!this.mayEnqueue) return;
    if (this.stream.waiting > 0) {
      this.stream.fulfill(chunk, false);
    } else {
      try {
        const { size } = this;
        this.queue.push(chunk, size === undefined ? 1 : size(chunk));
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.pullIfNeeded();
  }

  close() {
    if (!this.mayEnqueue) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.forget();
      this.stream.close();
    }
  }

  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.forget();
    this.stream.error(reason);
  }

  forget() {
    this.pull = undefined;
    this.cancel = undefined;
    this.size = undefined;
  }

  cancelSteps(reason) {
    this.queue.clear();
    const { cancel } = this;
    this.forget();
    return cancel === undefined ? Promise.resolve() : callForPromise(cancel, reason);
  }

  // Takes a chunk out of a queue that has one.
  takeQueued() {
    const chunk = this.queue.shift();
    if (this.closeRequested && this.queue.length === 0) {
      this.forget();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
    return chunk;
  }

  pullSteps(request) {
    if (this.queue.length > 0) {
      request.chunk(this.takeQueued());
    } else {
      this.stream.reader.requests.push(request);
      this.pullIfNeeded();
    }
  }

  releaseSteps() {}
}

// A stream of our own making: functions instead of an underlying source.
function createReadable(start, pull, cancel, highWaterMark = 1, size = undefined) {
  const stream = new ReadableCore();
  new DefaultControllerCore(stream, highWaterMark, size).start(start, pull, cancel);
  return stream;
}

// ReadableStream.from(): an iterable as a stream.
function readableFromIterable(iterable) {
  let iterator;
  const asyncMethod = iterable?.[Symbol.asyncIterator];
  if (asyncMethod !== undefined && asyncMethod !== null) {
    iterator = asyncMethod.call(iterable);
  } else {
    const method = iterable?.[Symbol.iterator];
    if (typeof method !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE(describe(iterable));
    iterator = fromSync(method.call(iterable));
  }
  if (iterator === null || (typeof iterator !== 'object' && typeof iterator !== 'function')) {
    throw invalidState('The iterator method must return an object');
  }
  const { next } = iterator;
  const stream = createReadable(undefined, () => (
    callForPromise(() => next.call(iterator)).then((result) => {
      if (result === null || typeof result !== 'object') {
        throw invalidState('The promise returned by the iterator.next() method must fulfill with an object');
      }
      if (result.done) {
        stream.controller.close();
        return undefined;
      }
      stream.controller.enqueue(result.value);
      return undefined;
    })
  ), async (reason) => {
    const method = iterator.return;
    if (method === undefined || method === null) return;
    const result = await method.call(iterator, reason);
    if (result === null || typeof result !== 'object') {
      throw invalidState('The promise returned by the iterator.return() method must fulfill with an object');
    }
  }, 0);
  return stream;
}

function describe(value) {
  return require('util/inspect').inspect(value);
}

// A synchronous iterator whose values may be promises, as an asynchronous one.
function fromSync(iterator) {
  const { next } = iterator;
  return {
    async next() {
      const { value, done } = next.call(iterator);
      return { value: await value, done };
    },
    async return(value) {
      if (typeof iterator.return !== 'function') return { value, done: true };
      return iterator.return(value);
    },
  };
}

module.exports = {
  ReadableCore, ReaderCore, PromiseRequest, DefaultControllerCore, createReadable, readableFromIterable,
};
