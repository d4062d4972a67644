// SPDX-License-Identifier: MIT
//
// ReadableStream.pipeTo() and tee() over cores (specification: ReadableStreamPipeTo, ReadableStreamTee).
'use strict';

const { deferred, handled, invalidState } = require('web/streams/common');
const { createReadable, ReadableCore } = require('web/streams/readable_core');

function noop() {}

// ---- pipeTo ----

class Pipe {
  constructor(source, dest, options) {
    this.source = source;
    this.dest = dest;
    this.options = options;
    this.reader = source.acquire(false);
    this.writer = dest.acquire();
    this.stopping = false;
    this.lastWrite = Promise.resolve();
    this.outcome = deferred();
    this.onAbort = undefined;
    this.reading = false;
    this.onReady = () => {
      if (this.stopping) return;
      this.reading = true;
      this.reader.read(this);
      this.reading = false;
    };
    source.disturbed = true;
  }

  start() {
    const { signal } = this.options;
    if (signal !== undefined) {
      this.onAbort = () => this.abort(signal.reason);
      if (signal.aborted) {
        this.onAbort();
        return this.outcome.promise;
      }
      signal.addEventListener('abort', this.onAbort);
    }
    this.watch();
    this.step();
    return this.outcome.promise;
  }

  abort(reason) {
    const { source, dest, options } = this;
    const actions = [];
    if (!options.preventAbort) {
      actions.push(() => (dest.state === 'writable' ? dest.abort(reason) : Promise.resolve()));
    }
    if (!options.preventCancel) {
      actions.push(() => (source.state === 'readable' ? source.cancel(reason) : Promise.resolve()));
    }
    this.shutDown(() => Promise.all(actions.map((action) => action())), true, reason);
  }

  // The four ways a pipe can come to its end, in their order of precedence.
  watch() {
    const { source, dest, reader, writer, options } = this;
    const onSourceError = (error) => {
      this.shutDown(options.preventAbort ? undefined : () => dest.abort(error), true, error);
    };
    const onDestError = (error) => {
      this.shutDown(options.preventCancel ? undefined : () => source.cancel(error), true, error);
    };
    const onSourceClosed = () => {
      this.shutDown(options.preventClose ? undefined : () => writer.closeWithErrorPropagation(), false);
    };
    if (source.state === 'errored') onSourceError(source.storedError);
    else reader.closed.promise.then(undefined, onSourceError);
    if (dest.state === 'errored') onDestError(dest.storedError);
    else writer.closed.promise.then(undefined, onDestError);
    if (source.state === 'closed') onSourceClosed();
    else reader.closed.promise.then(onSourceClosed, noop);
    if (dest.closing || dest.state === 'closed') {
      const error = invalidState('Destination WritableStream is closed');
      this.shutDown(options.preventCancel ? undefined : () => source.cancel(error), true, error);
    }
  }

  step() {
    if (this.stopping) return;
    this.writer.ready.promise.then(this.onReady, noop);
  }

  // The pipe is its own read request.
  chunk(value) {
    if (this.reading) {
      this.lastWrite = handled(this.writer.write(value));
      this.step();
      return;
    }
    // From within enqueue(), which must not call the sink.
    this.lastWrite = handled(new Promise((resolve) => {
      queueMicrotask(() => {
        resolve(this.writer.write(value));
        this.step();
      });
    }));
  }

  close() {} // told by reader.closed
  error() {}

  // Everything read is written before the pipe ends.
  async writesDone() {
    let write;
    do {
      write = this.lastWrite;
      await write.then(noop, noop);
    } while (write !== this.lastWrite);
  }

  shutDown(action, failed, error) {
    if (this.stopping) return;
    this.stopping = true;
    const act = () => {
      if (action === undefined) {
        this.settle(failed, error);
        return;
      }
      action().then(() => this.settle(failed, error), (failure) => this.settle(true, failure));
    };
    if (this.dest.state === 'writable' && !this.dest.closing) this.writesDone().then(act);
    else act();
  }

  settle(failed, error) {
    this.writer.release();
    this.reader.release();
    if (this.onAbort !== undefined) this.options.signal.removeEventListener('abort', this.onAbort);
    if (failed) this.outcome.reject(error);
    else this.outcome.resolve();
  }
}

function pipeTo(source, dest, options) {
  return new Pipe(source, dest, options).start();
}

// ---- tee ----

// What both kinds of tee share: two branches, cancelled only together.
class Cancelling {
  constructor(stream) {
    this.stream = stream;
    this.reasons = [undefined, undefined];
    this.cancelled = [false, false];
    this.outcome = deferred();
  }

  cancel(which, reason) {
    this.cancelled[which] = true;
    this.reasons[which] = reason;
    if (this.cancelled[1 - which]) {
      this.stream.cancel(this.reasons).then(
        () => this.outcome.resolve(), (error) => this.outcome.reject(error));
    }
    return this.outcome.promise;
  }

  get both() { return this.cancelled[0] && this.cancelled[1]; }
}

function tee(stream, clone) {
  const { ByteControllerCore } = require('web/streams/byte_core');
  if (stream.controller instanceof ByteControllerCore) return teeBytes(stream, ByteControllerCore);
  return teeValues(stream, clone);
}

function teeValues(stream, clone) {
  const reader = stream.acquire(false);
  const cancelling = new Cancelling(stream);
  const branches = [];
  let reading = false;
  let readAgain = false;

  function pull() {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    reader.read({
      chunk(value) {
        // In a microtask, so that an error of the stream that follows at once arrives first.
        queueMicrotask(() => {
          readAgain = false;
          let second = value;
          if (clone && !cancelling.cancelled[1]) {
            try {
              second = clone(value);
            } catch (error) {
              for (const branch of branches) branch.controller.error(error);
              stream.cancel(error).then(() => cancelling.outcome.resolve(), cancelling.outcome.reject);
              return;
            }
          }
          if (!cancelling.cancelled[0]) branches[0].controller.enqueue(value);
          if (!cancelling.cancelled[1]) branches[1].controller.enqueue(second);
          reading = false;
          if (readAgain) pull();
        });
      },
      close() {
        reading = false;
        for (let i = 0; i < 2; i++) if (!cancelling.cancelled[i]) branches[i].controller.close();
        if (!cancelling.both) cancelling.outcome.resolve();
      },
      error() { reading = false; },
    });
  }

  for (let i = 0; i < 2; i++) {
    branches.push(createReadable(undefined, pull, (reason) => cancelling.cancel(i, reason)));
  }
  reader.closed.promise.then(undefined, (error) => {
    for (const branch of branches) branch.controller.error(error);
    if (!cancelling.both) cancelling.outcome.resolve();
  });
  return branches;
}

// A tee of bytes reads into the buffers of whichever branch asks with one, and copies for the other.
function teeBytes(stream, ByteControllerCore) {
  let reader = stream.acquire(false);
  const cancelling = new Cancelling(stream);
  const branches = [];
  let reading = false;
  const again = [false, false];

  function forwardErrors(ofReader) {
    ofReader.closed.promise.then(undefined, (error) => {
      if (ofReader !== reader) return;
      for (const branch of branches) branch.controller.error(error);
      if (!cancelling.both) cancelling.outcome.resolve();
    });
  }

  function switchReader(byob) {
    if (reader.byob === byob) return;
    reader.release();
    reader = stream.acquire(byob);
    forwardErrors(reader);
  }

  function fail(error) {
    for (const branch of branches) branch.controller.error(error);
    stream.cancel(error).then(() => cancelling.outcome.resolve(), (failure) => cancelling.outcome.reject(failure));
  }

  function copyOf(chunk) {
    return new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
  }

  function next() {
    reading = false;
    if (again[0]) pull(0);
    else if (again[1]) pull(1);
  }

  function pullDefault() {
    switchReader(false);
    reader.read({
      chunk(chunk) {
        queueMicrotask(() => {
          again[0] = again[1] = false;
          let second = chunk;
          if (!cancelling.cancelled[0] && !cancelling.cancelled[1]) {
            try {
              second = copyOf(chunk);
            } catch (error) {
              fail(error);
              return;
            }
          }
          if (!cancelling.cancelled[0]) branches[0].controller.enqueue(chunk);
          if (!cancelling.cancelled[1]) branches[1].controller.enqueue(second);
          next();
        });
      },
      close() {
        reading = false;
        for (let i = 0; i < 2; i++) if (!cancelling.cancelled[i]) branches[i].controller.close();
        for (const branch of branches) if (branch.controller.pullIntos.length > 0) branch.controller.respond(0);
        if (!cancelling.both) cancelling.outcome.resolve();
      },
      error() { reading = false; },
    });
  }

  function pullByob(view, which) {
    switchReader(true);
    const mine = branches[which];
    const other = branches[1 - which];
    stream.disturbed = true;
    stream.controller.pullInto(view, 1, {
      chunk(chunk) {
        queueMicrotask(() => {
          again[0] = again[1] = false;
          const mineCancelled = cancelling.cancelled[which];
          const otherCancelled = cancelling.cancelled[1 - which];
          if (!otherCancelled) {
            let copy;
            try {
              copy = copyOf(chunk);
            } catch (error) {
              fail(error);
              return;
            }
            if (!mineCancelled) mine.controller.respondWithNewView(chunk);
            other.controller.enqueue(copy);
          } else if (!mineCancelled) {
            mine.controller.respondWithNewView(chunk);
          }
          next();
        });
      },
      close(chunk) {
        reading = false;
        const mineCancelled = cancelling.cancelled[which];
        const otherCancelled = cancelling.cancelled[1 - which];
        if (!mineCancelled) mine.controller.close();
        if (!otherCancelled) other.controller.close();
        if (chunk !== undefined) {
          if (!mineCancelled) mine.controller.respondWithNewView(chunk);
          if (!otherCancelled && other.controller.pullIntos.length > 0) other.controller.respond(0);
        }
        if (!mineCancelled || !otherCancelled) cancelling.outcome.resolve();
      },
      error() { reading = false; },
    });
  }

  function pull(which) {
    if (reading) {
      again[which] = true;
      return;
    }
    reading = true;
    const request = branches[which].controller.getRequest();
    if (request === null) pullDefault();
    else pullByob(request.view, which);
  }

  for (let i = 0; i < 2; i++) {
    const branch = new ReadableCore();
    branches.push(branch);
    new ByteControllerCore(branch, 0, undefined).start(undefined, () => pull(i), (reason) => cancelling.cancel(i, reason));
  }
  forwardErrors(reader);
  return branches;
}

module.exports = { pipeTo, tee };
