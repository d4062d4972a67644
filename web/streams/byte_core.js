// SPDX-License-Identifier: MIT
//
// The byte controller (specification section 4.7): a queue of pieces of buffers, and "pull-intos", views of
// readers that wait to be filled. Buffers that a reader hands in are transferred, so nobody else can see them.
'use strict';

const { codes } = require('internal/errors');
const { callForPromise, startedPromise, invalidState } = require('web/streams/common');

function transfer(buffer) {
  return buffer.transfer();
}

function isDetached(buffer) {
  return buffer.detached === true;
}

class ByteControllerCore {
  // Declared, so that setters on Object.prototype stay out of it.
  highWaterMark;
  autoAllocateChunkSize;
  pull;
  cancel;

  constructor(stream, highWaterMark, autoAllocateChunkSize) {
    this.stream = stream;
    this.pieces = [];          // { buffer, offset, length }
    this.total = 0;
    this.started = false;
    this.closeRequested = false;
    this.pulling = false;
    this.pullAgain = false;
    this.highWaterMark = highWaterMark;
    this.autoAllocateChunkSize = autoAllocateChunkSize;
    this.pullIntos = [];       // see newPullInto
    this.pull = undefined;
    this.cancel = undefined;
    this.request = null;       // the ByobRequestCore handed out
    this.face = undefined;
    stream.controller = this;
  }

  start(start, pull, cancel) {
    this.pull = pull;
    this.cancel = cancel;
    const result = start === undefined ? undefined : start();
    startedPromise(result).then(() => {
      this.started = true;
      this.pullIfNeeded();
    }, (error) => this.error(error));
  }

  get desiredSize() {
    if (this.stream.state === 'errored') return null;
    return this.stream.state === 'closed' ? 0 : this.highWaterMark - this.total;
  }

  shouldPull() {
    const { stream } = this;
    if (stream.state !== 'readable' || this.closeRequested || !this.started) return false;
    return stream.waiting > 0 || this.desiredSize > 0;
  }

  pullIfNeeded() {
    if (this.pull === undefined || !this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    callForPromise(this.pull).then(() => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.pullIfNeeded();
      }
    }, (error) => this.error(error));
  }

  forget() {
    this.pull = undefined;
    this.cancel = undefined;
  }

  clearQueue() {
    this.pieces = [];
    this.total = 0;
  }

  // ---- Closing and failing ----

  close() {
    const { stream } = this;
    if (this.closeRequested || stream.state !== 'readable') return;
    if (this.total > 0) {
      this.closeRequested = true;
      return;
    }
    if (this.pullIntos.length > 0) {
      const first = this.pullIntos[0];
      if (first.filled % first.elementSize !== 0) {
        const error = invalidState('Partial read');
        this.error(error);
        throw error;
      }
    }
    this.forget();
    stream.close();
  }

  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.invalidateRequest();
    this.pullIntos = [];
    this.clearQueue();
    this.forget();
    this.stream.error(reason);
  }

  invalidateRequest() {
    if (this.request === null) return;
    this.request.controller = undefined;
    this.request.view = null;
    this.request = null;
  }

  cancelSteps(reason) {
    this.invalidateRequest();
    this.pullIntos = [];
    this.clearQueue();
    const { cancel } = this;
    this.forget();
    return cancel === undefined ? Promise.resolve() : callForPromise(cancel, reason);
  }

  releaseSteps() {
    if (this.pullIntos.length === 0) return;
    // The first one's buffer is still out at the source: keep it, for nobody.
    const first = this.pullIntos[0];
    first.reader = 'none';
    this.pullIntos = [first];
  }

  // ---- Input ----

  enqueue(chunk) {
    const { stream } = this;
    if (this.closeRequested || stream.state !== 'readable') return;
    const { buffer, byteOffset, byteLength } = chunk;
    if (isDetached(buffer)) throw invalidState('chunk ArrayBuffer is zero-length or detached');
    const mine = transfer(buffer);
    if (this.pullIntos.length > 0) {
      const first = this.pullIntos[0];
      if (isDetached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
      this.invalidateRequest();
      first.buffer = transfer(first.buffer);
      if (first.reader === 'none') this.enqueueRemains(first);
    }
    if (stream.hasDefaultReader) {
      this.answerDefaultRequests();
      if (stream.waiting === 0) {
        this.add(mine, byteOffset, byteLength);
      } else {
        if (this.pullIntos.length > 0) this.pullIntos.shift();
        stream.fulfill(new Uint8Array(mine, byteOffset, byteLength), false);
      }
    } else if (stream.hasByobReader) {
      this.add(mine, byteOffset, byteLength);
      for (const filled of this.fillPullIntos()) this.commit(filled);
    } else {
      this.add(mine, byteOffset, byteLength);
    }
    this.pullIfNeeded();
  }

  add(buffer, offset, length) {
    this.pieces.push({ buffer, offset, length });
    this.total += length;
  }

  addCopy(buffer, offset, length) {
    this.add(buffer.slice(offset, offset + length), 0, length);
  }

  // What a released reader's buffer got so far goes back to the queue.
  enqueueRemains(pullInto) {
    if (pullInto.filled > 0) this.addCopy(pullInto.buffer, pullInto.offset, pullInto.filled);
    this.pullIntos.shift();
  }

  // ---- Default readers ----

  pullSteps(request) {
    if (this.total > 0) {
      this.answerFromQueue(request);
      return;
    }
    const size = this.autoAllocateChunkSize;
    if (size !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(size);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pullIntos.push(newPullInto(buffer, 0, size, 1, 1, Uint8Array, 'default'));
    }
    this.stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  answerFromQueue(request) {
    const { buffer, offset, length } = this.pieces.shift();
    this.total -= length;
    this.drained();
    request.chunk(new Uint8Array(buffer, offset, length));
  }

  drained() {
    if (this.total === 0 && this.closeRequested) {
      this.forget();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
  }

  answerDefaultRequests() {
    const { requests } = this.stream.reader;
    while (requests.length > 0) {
      if (this.total === 0) return;
      this.answerFromQueue(requests.shift());
    }
  }

  // ---- Readers that bring their own buffers ----

  // `view` to fill with at least `min` elements; request is { chunk, close, error }.
  pullInto(view, min, request) {
    const { stream } = this;
    const { byteOffset, byteLength } = view;
    const constructor = view instanceof DataView ? DataView : Object.getPrototypeOf(view).constructor;
    const elementSize = view instanceof DataView ? 1 : view.BYTES_PER_ELEMENT;
    const kind = viewKind(view) ?? constructor;
    let buffer;
    try {
      buffer = transfer(view.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const pullInto = newPullInto(buffer, byteOffset, byteLength, min * elementSize, elementSize, kind, 'byob');
    if (this.pullIntos.length > 0) {
      this.pullIntos.push(pullInto);
      stream.reader.requests.push(request);
      return;
    }
    if (stream.state === 'closed') {
      request.close(new kind(buffer, byteOffset, 0));
      return;
    }
    if (this.total > 0) {
      if (this.fillFromQueue(pullInto)) {
        const filled = convert(pullInto);
        this.drained();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const error = invalidState('Insufficient bytes to fill elements in the given buffer');
        this.error(error);
        request.error(error);
        return;
      }
    }
    this.pullIntos.push(pullInto);
    stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  // Copies queued bytes into a pull-into; true when it is full enough to go out.
  fillFromQueue(pullInto) {
    const most = Math.min(this.total, pullInto.length - pullInto.filled);
    const reach = pullInto.filled + most;
    let left = most;
    let ready = false;
    const aligned = reach - reach % pullInto.elementSize;
    if (aligned >= pullInto.minimum) {
      left = aligned - pullInto.filled;
      ready = true;
    }
    while (left > 0) {
      const piece = this.pieces[0];
      const count = Math.min(left, piece.length);
      new Uint8Array(pullInto.buffer).set(
        new Uint8Array(piece.buffer, piece.offset, count), pullInto.offset + pullInto.filled);
      if (count === piece.length) {
        this.pieces.shift();
      } else {
        piece.offset += count;
        piece.length -= count;
      }
      this.total -= count;
      this.invalidateRequest();
      pullInto.filled += count;
      left -= count;
    }
    return ready;
  }

  // Fills waiting pull-intos from the queue; gives those that are to be committed.
  fillPullIntos() {
    const filled = [];
    while (this.pullIntos.length > 0 && this.total > 0) {
      const pullInto = this.pullIntos[0];
      if (!this.fillFromQueue(pullInto)) break;
      this.pullIntos.shift();
      filled.push(pullInto);
    }
    return filled;
  }

  commit(pullInto) {
    const { stream } = this;
    const done = stream.state === 'closed';
    stream.fulfill(convert(pullInto), done);
  }

  // ---- Answers through byobRequest ----

  getRequest() {
    if (this.request === null && this.pullIntos.length > 0) {
      const first = this.pullIntos[0];
      const view = new Uint8Array(first.buffer, first.offset + first.filled, first.length - first.filled);
      this.request = { controller: this, view, face: undefined, isByobRequest: true };
    }
    return this.request;
  }

  respond(bytesWritten) {
    const first = this.pullIntos[0];
    if (this.stream.state === 'closed') {
      if (bytesWritten !== 0) throw invalidState('Controller is closed');
    } else {
      if (bytesWritten === 0) throw invalidState('bytesWritten is 0 with a readable stream');
      if (first.filled + bytesWritten > first.length) {
        throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
      }
    }
    first.buffer = transfer(first.buffer);
    this.respondWith(bytesWritten);
  }

  respondWithNewView(view) {
    const first = this.pullIntos[0];
    const { buffer, byteOffset, byteLength } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw invalidState('View is not zero-length');
    } else if (byteLength === 0) {
      throw invalidState('View is zero-length');
    }
    if (first.offset + first.filled !== byteOffset) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
    }
    if (first.bufferLength !== buffer.byteLength || first.filled + byteLength > first.length) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
    }
    first.buffer = transfer(buffer);
    this.respondWith(byteLength);
  }

  respondWith(bytesWritten) {
    const first = this.pullIntos[0];
    this.invalidateRequest();
    if (this.stream.state === 'closed') this.respondWhenClosed(first);
    else this.respondWhenReadable(bytesWritten, first);
    this.pullIfNeeded();
  }

  respondWhenClosed(first) {
    if (first.reader === 'none') this.pullIntos.shift();
    const { stream } = this;
    if (!stream.hasByobReader) return;
    const all = [];
    while (all.length < stream.waiting) all.push(this.pullIntos.shift());
    for (const pullInto of all) this.commit(pullInto);
  }

  respondWhenReadable(bytesWritten, pullInto) {
    pullInto.filled += bytesWritten;
    if (pullInto.reader === 'none') {
      this.enqueueRemains(pullInto);
      for (const filled of this.fillPullIntos()) this.commit(filled);
      return;
    }
    if (pullInto.filled < pullInto.minimum) return;
    this.pullIntos.shift();
    const rest = pullInto.filled % pullInto.elementSize;
    if (rest > 0) {
      const end = pullInto.offset + pullInto.filled;
      this.addCopy(pullInto.buffer, end - rest, rest);
    }
    pullInto.filled -= rest;
    const filled = this.fillPullIntos();
    this.commit(pullInto);
    for (const other of filled) this.commit(other);
  }
}

function newPullInto(buffer, offset, length, minimum, elementSize, kind, reader) {
  return {
    buffer, bufferLength: buffer.byteLength, offset, length, filled: 0, minimum, elementSize, kind, reader,
  };
}

const kinds = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array,
];

// The built-in class of a view, whatever subclass (such as Buffer) it is.
function viewKind(view) {
  if (view instanceof DataView) return DataView;
  const tag = view[Symbol.toStringTag];
  return kinds.find((kind) => kind.name === tag) ?? globalThis[tag];
}

function convert(pullInto) {
  const { buffer, offset, filled, elementSize, kind } = pullInto;
  return new kind(transfer(buffer), offset, filled / elementSize);
}

module.exports = { ByteControllerCore };
