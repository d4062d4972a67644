// SPDX-License-Identifier: MIT
//
// The core of WritableStream, its writer and its controller (specification sections 5.2 to 5.5).
'use strict';

const { deferred, handled, rejectedHandled, resolvedDeferred, callForPromise, startedPromise, invalidState, SizedQueue, Fifo } =
  require('web/streams/common');

const kClose = Symbol('close'); // what stands in the controller's queue for close()

class WritableCore {
  constructor() {
    this.state = 'writable';
    this.storedError = undefined;
    this.writer = undefined;
    this.controller = undefined;
    this.writeRequests = new Fifo();
    this.inFlightWrite = undefined;
    this.closeRequest = undefined;
    this.inFlightClose = undefined;
    this.pendingAbort = undefined;  // { request, reason, wasErroring }
    this.backpressure = false;
    this.whenClosed = deferred();
    handled(this.whenClosed.promise);
    this.face = undefined;
  }

  get locked() { return this.writer !== undefined; }
  get closing() { return this.closeRequest !== undefined || this.inFlightClose !== undefined; }

  acquire() {
    if (this.locked) throw invalidState('WritableStream is locked');
    return new WriterCore(this);
  }

  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    this.controller.signalAbort(reason);
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    if (this.pendingAbort !== undefined) return this.pendingAbort.request.promise;
    const wasErroring = this.state === 'erroring';
    if (wasErroring) reason = undefined;
    const request = deferred();
    this.pendingAbort = { request, reason, wasErroring };
    if (!wasErroring) this.startErroring(reason);
    return request.promise;
  }

  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return Promise.reject(invalidState('WritableStream is closed'));
    }
    const request = deferred();
    this.closeRequest = request;
    const { writer } = this;
    if (writer !== undefined && this.backpressure && this.state === 'writable') writer.ready.resolve();
    this.controller.close();
    return request.promise;
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  startErroring(reason) {
    const { controller, writer } = this;
    this.state = 'erroring';
    this.storedError = reason;
    if (writer !== undefined) writer.ensureReadyRejected(reason);
    if (this.inFlightWrite === undefined && this.inFlightClose === undefined && controller.started) {
      this.finishErroring();
    }
  }

  finishErroring() {
    this.state = 'errored';
    this.controller.queue.clear();
    const error = this.storedError;
    for (const request of this.writeRequests.takeAll()) request.reject(error);
    const abort = this.pendingAbort;
    if (abort === undefined) {
      this.rejectCloseAndClosed();
      return;
    }
    this.pendingAbort = undefined;
    if (abort.wasErroring) {
      abort.request.reject(error);
      this.rejectCloseAndClosed();
      return;
    }
    this.controller.abortSteps(abort.reason).then(() => {
      abort.request.resolve();
      this.rejectCloseAndClosed();
    }, (failure) => {
      abort.request.reject(failure);
      this.rejectCloseAndClosed();
    });
  }

  rejectCloseAndClosed() {
    const error = this.storedError;
    if (this.closeRequest !== undefined) {
      this.closeRequest.reject(error);
      this.closeRequest = undefined;
    }
    this.whenClosed.reject(error);
    if (this.writer !== undefined) {
      this.writer.closed.reject(error);
      handled(this.writer.closed.promise);
    }
  }

  finishWrite() {
    this.inFlightWrite.resolve();
    this.inFlightWrite = undefined;
  }

  failWrite(error) {
    this.inFlightWrite.reject(error);
    this.inFlightWrite = undefined;
    this.dealWithRejection(error);
  }

  finishClose() {
    this.inFlightClose.resolve();
    this.inFlightClose = undefined;
    if (this.state === 'erroring') {
      // It closed all the same, so the error does not count.
      this.storedError = undefined;
      if (this.pendingAbort !== undefined) {
        this.pendingAbort.request.resolve();
        this.pendingAbort = undefined;
      }
    }
    this.state = 'closed';
    this.whenClosed.resolve();
    if (this.writer !== undefined) this.writer.closed.resolve();
  }

  failClose(error) {
    this.inFlightClose.reject(error);
    this.inFlightClose = undefined;
    if (this.pendingAbort !== undefined) {
      this.pendingAbort.request.reject(error);
      this.pendingAbort = undefined;
    }
    this.dealWithRejection(error);
  }

  updateBackpressure(backpressure) {
    const { writer } = this;
    if (writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) writer.ready = deferred();
      else writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

class WriterCore {
  constructor(stream) {
    this.stream = stream;
    stream.writer = this;
    switch (stream.state) {
      case 'writable':
        this.ready = !stream.closing && stream.backpressure ? deferred() : resolvedDeferred();
        this.closed = deferred();
        break;
      case 'erroring':
        this.ready = rejectedHandled(stream.storedError);
        this.closed = deferred();
        break;
      case 'closed':
        this.ready = resolvedDeferred();
        this.closed = resolvedDeferred();
        break;
      default:
        this.ready = rejectedHandled(stream.storedError);
        this.closed = rejectedHandled(stream.storedError);
    }
  }

  get desiredSize() {
    const { stream } = this;
    if (stream.state === 'errored' || stream.state === 'erroring') return null;
    return stream.state === 'closed' ? 0 : stream.controller.desiredSize;
  }

  ensureReadyRejected(error) {
    // A promise that was resolved already cannot tell of the error: a new one does.
    if (this.ready.pending) {
      this.ready.reject(error);
      handled(this.ready.promise);
    } else {
      this.ready = rejectedHandled(error);
    }
  }

  ensureClosedRejected(error) {
    if (this.closed.pending) {
      this.closed.reject(error);
      handled(this.closed.promise);
    } else {
      this.closed = rejectedHandled(error);
    }
  }

  write(chunk) {
    const { stream } = this;
    const { controller } = stream;
    const size = controller.sizeOf(chunk);
    if (stream !== this.stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
    if (stream.state === 'errored') return Promise.reject(stream.storedError);
    if (stream.closing || stream.state === 'closed') return Promise.reject(invalidState('WritableStream is closed'));
    if (stream.state === 'erroring') return Promise.reject(stream.storedError);
    const request = deferred();
    stream.writeRequests.push(request);
    controller.write(chunk, size);
    return request.promise;
  }

  // For pipes: closing a stream that is closing or closed already is fine.
  closeWithErrorPropagation() {
    const { stream } = this;
    if (stream.closing || stream.state === 'closed') return Promise.resolve();
    if (stream.state === 'errored') return Promise.reject(stream.storedError);
    return stream.close();
  }

  release() {
    const { stream } = this;
    if (stream === undefined) return;
    const error = invalidState('Writer has been released');
    this.ensureReadyRejected(error);
    this.ensureClosedRejected(error);
    stream.writer = undefined;
    this.stream = undefined;
  }
}

class WritableControllerCore {
  // Declared, so that setters on Object.prototype stay out of it.
  highWaterMark;
  size;

  constructor(stream, highWaterMark, size) {
    this.stream = stream;
    this.queue = new SizedQueue();
    this.started = false;
    this.highWaterMark = highWaterMark;
    this.size = size;
    this.sinkWrite = undefined;  // (chunk) => anything
    this.sinkClose = undefined;
    this.sinkAbort = undefined;
    this.abortController = undefined;
    this.aborted = undefined;    // { reason } once aborted before anybody asked for the signal
    this.face = undefined;
    this.onWritten = () => {
      stream.finishWrite();
      const { state } = stream;
      this.queue.shift();
      if (!stream.closing && state === 'writable') stream.updateBackpressure(this.backpressure);
      this.advance();
    };
    this.onWriteFailed = (error) => {
      if (stream.state === 'writable') this.forget();
      stream.failWrite(error);
    };
    stream.controller = this;
  }

  start(start, write, close, abort) {
    this.sinkWrite = write;
    this.sinkClose = close;
    this.sinkAbort = abort;
    const { stream } = this;
    stream.updateBackpressure(this.backpressure);
    const result = start === undefined ? undefined : start();
    startedPromise(result).then(() => {
      this.started = true;
      this.advance();
    }, (error) => {
      this.started = true;
      stream.dealWithRejection(error);
    });
  }

  get desiredSize() { return this.highWaterMark - this.queue.total; }
  get backpressure() { return this.desiredSize <= 0; }

  get signal() {
    if (this.abortController === undefined) {
      const { AbortController } = require('web/abort');
      this.abortController = new AbortController();
      if (this.aborted !== undefined) this.abortController.abort(this.aborted.reason);
    }
    return this.abortController.signal;
  }

  signalAbort(reason) {
    if (this.abortController !== undefined) this.abortController.abort(reason);
    else this.aborted ??= { reason };
  }

  sizeOf(chunk) {
    if (this.size === undefined) return 1;
    try {
      return this.size.call(undefined, chunk);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    try {
      this.queue.push({ chunk }, size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    const { stream } = this;
    if (!stream.closing && stream.state === 'writable') stream.updateBackpressure(this.backpressure);
    this.advance();
  }

  close() {
    this.queue.push(kClose, 0);
    this.advance();
  }

  advance() {
    const { stream } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (this.queue.length === 0) return;
    const next = this.queue.peek();
    if (next === kClose) this.processClose();
    else this.processWrite(next.chunk);
  }

  processClose() {
    const { stream } = this;
    stream.inFlightClose = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.shift();
    const closing = this.sinkClose === undefined ? Promise.resolve() : callForPromise(this.sinkClose);
    this.forget();
    closing.then(() => stream.finishClose(), (error) => stream.failClose(error));
  }

  processWrite(chunk) {
    const { stream } = this;
    stream.inFlightWrite = stream.writeRequests.shift();
    const writing = this.sinkWrite === undefined ? Promise.resolve() :
      callForPromise(this.sinkWrite, chunk);
    writing.then(this.onWritten, this.onWriteFailed);
  }

  error(error) {
    this.forget();
    this.stream.startErroring(error);
  }

  errorIfNeeded(error) {
    if (this.stream.state === 'writable') this.error(error);
  }

  abortSteps(reason) {
    const { sinkAbort } = this;
    this.forget();
    return sinkAbort === undefined ? Promise.resolve() : callForPromise(sinkAbort, reason);
  }

  forget() {
    this.sinkWrite = undefined;
    this.sinkClose = undefined;
    this.sinkAbort = undefined;
    this.size = undefined;
  }
}

function createWritable(start, write, close, abort, highWaterMark = 1, size = undefined) {
  const stream = new WritableCore();
  new WritableControllerCore(stream, highWaterMark, size).start(start, write, close, abort);
  return stream;
}

module.exports = { WritableCore, WriterCore, WritableControllerCore, createWritable };
