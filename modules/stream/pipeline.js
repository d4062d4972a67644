// SPDX-License-Identifier: MIT
//
// pipeline(): connects streams, iterables and functions of any kind, and tears all of them down together.
//
// Every connection adds to `pending` and reports each of its ends once; the callback runs when none is pending.
// The first error (a premature close counts as none when a better one follows) destroys everything at once.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { eos } = require('stream/finished');
const destroyImpl = require('stream/destroy');
const utils = require('stream/utils');
const { pumpToNode, pumpToWeb, pumpNodes, asyncIterable } = require('stream/pump');

function pipeline(...streams) {
  const callback = streams.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  let called = false;
  return runPipeline(streams, function(...args) {
    if (called) return;
    called = true;
    callback.apply(this, args);
  });
}

function runPipeline(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw new codes.ERR_MISSING_ARGS('streams');
  return new Pipeline(streams, callback, options).connect();
}

class Pipeline {
  constructor(streams, callback, options) {
    const { AbortController } = require('web/abort');
    this.streams = streams;
    this.callback = callback;
    this.endsLast = options?.end !== false;
    this.outer = options?.signal;
    this.controller = new AbortController(); // tells the functions that it is over
    this.outerHandle = undefined;
    this.pending = 0;
    this.error = undefined;
    this.value = undefined;
    this.destroys = [];
    this.lastCleanups = []; // take our listeners off the last stream, which lives on
    this.finish = (error) => this.settle(error, --this.pending === 0);
    this.fail = (error) => this.settle(error, false);
    validateAbortSignal(this.outer, 'options.signal');
  }

  settle(error, last) {
    if (error && (!this.error || this.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) this.error = error;
    if (!this.error && !last) return;
    while (this.destroys.length > 0) this.destroys.shift()(this.error);
    this.outerHandle?.[Symbol.dispose]();
    this.controller.abort();
    if (!last) return;
    if (!this.error) for (const cleanup of this.lastCleanups) cleanup();
    process.nextTick(this.callback, this.error, this.value);
  }

  connect() {
    const abort = () => this.fail(new AbortError(undefined, { cause: this.outer?.reason }));
    if (this.outer) this.outerHandle = require('events').addAbortListener(this.outer, abort);
    const count = this.streams.length;
    let current;
    for (let i = 0; i < count; i++) {
      const stream = this.streams[i];
      const isLast = i === count - 1;
      const end = !isLast || this.endsLast;
      if (utils.isNodeStream(stream)) this.watch(stream, i, isLast, end);
      if (i === 0) current = this.source(stream);
      else if (typeof stream === 'function') current = this.call(stream, current, i, isLast, end);
      else if (utils.isNodeStream(stream)) current = this.intoNode(stream, current, isLast, end);
      else if (utils.isWebStream(stream)) current = this.intoWeb(stream, current, end);
      else current = require('stream/duplex').from(stream);
    }
    if (this.controller.signal.aborted || this.outer?.aborted) process.nextTick(abort);
    return current;
  }

  // Sees to it that a stream is destroyed with the others, and hears of its errors.
  watch(stream, i, isLast, end) {
    if (end) {
      const { destroy, cleanup } = this.destroyLater(stream, !isLast, i > 0);
      this.destroys.push(destroy);
      if (isLast && utils.isReadable(stream)) this.lastCleanups.push(cleanup);
    }
    const onError = (error) => {
      if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') this.fail(error);
    };
    stream.on('error', onError);
    if (isLast && utils.isReadable(stream)) {
      this.lastCleanups.push(() => stream.removeListener('error', onError));
    }
  }

  destroyLater(stream, reading, writing) {
    let over = false;
    stream.on('close', () => { over = true; });
    const cleanup = eos(stream, { readable: reading, writable: writing }, (error) => { over = !error; });
    return {
      destroy(error) {
        if (over) return;
        over = true;
        destroyImpl.destroyer(stream, error || new codes.ERR_STREAM_DESTROYED('pipe'));
      },
      cleanup,
    };
  }

  source(stream) {
    if (typeof stream === 'function') {
      const result = stream({ signal: this.controller.signal });
      if (!utils.isIterable(result)) {
        throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', result);
      }
      return result;
    }
    if (utils.isIterable(stream) || utils.isReadableNodeStream(stream) || utils.isTransformStream(stream)) {
      return stream;
    }
    return require('stream/duplex').from(stream);
  }

  call(fn, current, i, isLast, end) {
    const input = asyncIterable(utils.isTransformStream(current) ? current.readable : current);
    const result = fn(input, { signal: this.controller.signal });
    if (!isLast) {
      if (!utils.isIterable(result, true)) {
        throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, result);
      }
      return result;
    }
    return this.fromLastFunction(result, end);
  }

  // What the last function gives comes out of a stream, so that the caller has one to hold.
  fromLastFunction(result, end) {
    const PassThrough = require('stream/passthrough');
    const output = new PassThrough({ objectMode: true });
    const then = result?.then;
    if (typeof then === 'function') {
      this.pending++;
      then.call(result, (value) => {
        this.value = value;
        if (value !== null && value !== undefined) output.write(value);
        if (end) output.end();
        process.nextTick(this.finish);
      }, (error) => {
        output.destroy(error);
        process.nextTick(this.finish, error);
      });
    } else if (utils.isIterable(result, true)) {
      this.pending++;
      pumpToNode(result, output, this.finish, end);
    } else if (utils.isReadableStream(result) || utils.isTransformStream(result)) {
      this.pending++;
      pumpToNode(result.readable || result, output, this.finish, end);
    } else {
      throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
    }
    const { destroy, cleanup } = this.destroyLater(output, false, true);
    this.destroys.push(destroy);
    this.lastCleanups.push(cleanup);
    return output;
  }

  intoNode(stream, current, isLast, end) {
    if (utils.isReadableNodeStream(current)) {
      if (utils.isClosed(stream) || utils.isDestroyed(stream)) throw new codes.ERR_STREAM_UNABLE_TO_PIPE();
      this.pending += 2;
      const cleanup = pumpNodes(current, stream, this.finish, this.fail, end);
      if (isLast && utils.isReadable(stream)) this.lastCleanups.push(cleanup);
    } else if (utils.isTransformStream(current) || utils.isReadableStream(current)) {
      this.pending++;
      pumpToNode(current.readable || current, stream, this.finish, end);
    } else if (utils.isIterable(current)) {
      this.pending++;
      pumpToNode(current, stream, this.finish, end);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE(
        'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], current);
    }
    return stream;
  }

  intoWeb(stream, current, end) {
    let input = current;
    if (utils.isReadableNodeStream(current)) input = asyncIterable(current);
    else if (utils.isTransformStream(current)) input = current.readable;
    else if (!utils.isReadableStream(current) && !utils.isIterable(current)) {
      throw new codes.ERR_INVALID_ARG_TYPE(
        'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], current);
    }
    this.pending++;
    pumpToWeb(input, stream, this.finish, end);
    return stream;
  }
}

module.exports = { pipeline, runPipeline };
