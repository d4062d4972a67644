// SPDX-License-Identifier: MIT
//
// Between Node streams and web streams, both ways.
//
// toWeb: the Node stream is watched with finished(); its end, error or early close become the web stream's.
// fromWeb: the Node stream holds a reader or writer; destroying it cancels or aborts the web stream.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { Buffer } = require('buffer');
const { validateBoolean, validateObject } = require('internal/validators');
const utils = require('stream/utils');
const { destroyer } = require('stream/destroy');
const { eos } = require('stream/finished');

function noop() {}

// An early close is an abort for the other side.
function asWebError(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: error }) : error;
}

// Calls a callback of a Node stream's from a promise; what it throws is an uncaught exception, not a rejection.
function safely(callback, ...args) {
  try {
    callback(...args);
  } catch (error) {
    process.nextTick(() => { throw error; });
  }
}

// ---- Node to web ----

function readableToWeb(stream, options = {}) {
  validateObject(options, 'options');
  const { type } = options;
  if (type !== undefined && type !== 'bytes') throw new codes.ERR_INVALID_ARG_VALUE('options.type', type);
  if (!utils.isReadableNodeStream(stream) && typeof stream?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', stream);
  }
  const { ReadableStream } = require('web/streams');
  const bytes = type === 'bytes';
  if (utils.isDestroyed(stream) || !utils.isReadable(stream)) {
    const closed = new ReadableStream({ type });
    closed.cancel();
    return closed;
  }

  const objectMode = stream.readableObjectMode;
  let controller;
  let cancelled = false;

  function onData(chunk) {
    if (!objectMode && chunk instanceof Buffer) chunk = asUint8Array(chunk, bytes);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) stream.pause();
  }

  stream.pause();
  const cleanup = eos(stream, (error) => {
    error = asWebError(error);
    cleanup();
    stream.on('error', noop); // one that comes later has nobody to go to
    if (error) {
      controller.error(error);
      return;
    }
    if (cancelled) return;
    controller.close();
  });
  stream.on('data', onData);

  return new ReadableStream({
    type,
    start(itsController) { controller = itsController; },
    pull() { stream.resume(); },
    cancel(reason) {
      cancelled = true;
      destroyer(stream, reason);
    },
  }, bytes ? { highWaterMark: stream.readableHighWaterMark } : strategyFor(stream, options.strategy, objectMode));
}

// Byte streams take chunks' memory away, so that must be the chunk's own.
function asUint8Array(chunk, own) {
  if (own) return new Uint8Array(chunk);
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function strategyFor(stream, strategy, objectMode) {
  if (strategy) return strategy;
  const { ByteLengthQueuingStrategy, CountQueuingStrategy } = require('web/streams');
  const highWaterMark = stream.readableHighWaterMark;
  return objectMode ? new CountQueuingStrategy({ highWaterMark }) : new ByteLengthQueuingStrategy({ highWaterMark });
}

function writableToWeb(stream, options = undefined) {
  if (!utils.isWritableNodeStream(stream) && typeof stream?._writableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', stream);
  }
  const { WritableStream, CountQueuingStrategy } = require('web/streams');
  if (utils.isDestroyed(stream) || !utils.isWritable(stream)) {
    const closed = new WritableStream();
    closed.close();
    return closed;
  }

  let controller;
  let drained;   // of a write that waits for 'drain'
  let closing;   // of close()

  const cleanup = eos(stream, (error) => {
    error = asWebError(error);
    cleanup();
    stream.on('error', noop);
    if (error) {
      if (drained !== undefined) drained.reject(error);
      if (closing !== undefined) {
        closing.reject(error);
        closing = undefined;
      }
      controller.error(error);
      controller = undefined;
      return;
    }
    if (closing !== undefined) {
      closing.resolve();
      closing = undefined;
      return;
    }
    controller.error(new AbortError());
    controller = undefined;
  });
  stream.on('drain', () => {
    if (drained !== undefined) drained.resolve();
  });

  return new WritableStream({
    start(itsController) { controller = itsController; },
    async write(chunk) {
      try {
        if (!stream.writableNeedDrain && stream.write(chunk)) return;
      } catch (error) {
        options?.onThrow?.(error);
        throw error;
      }
      drained = Promise.withResolvers();
      try {
        await drained.promise;
      } finally {
        drained = undefined;
      }
    },
    abort(reason) { destroyer(stream, reason); },
    close() {
      if (closing === undefined && !utils.isWritableEnded(stream)) stream.end();
      closing = Promise.withResolvers();
      return closing.promise;
    },
  }, stream.writableObjectMode ? new CountQueuingStrategy({ highWaterMark: stream.writableHighWaterMark }) :
    { highWaterMark: stream.writableHighWaterMark });
}

function duplexToWeb(duplex, options = {}) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  validateObject(options, 'options');
  const type = options.readableType ?? options.type;
  const { ReadableStream, WritableStream } = require('web/streams');
  if (utils.isDestroyed(duplex)) {
    const writable = new WritableStream();
    const readable = new ReadableStream({ type });
    writable.close();
    readable.cancel();
    return { readable, writable };
  }
  let writable;
  if (utils.isWritable(duplex)) {
    writable = writableToWeb(duplex, options);
  } else {
    writable = new WritableStream();
    writable.close();
  }
  let readable;
  if (utils.isReadable(duplex)) {
    readable = readableToWeb(duplex, { type });
  } else {
    readable = new ReadableStream({ type });
    readable.cancel();
  }
  return { writable, readable };
}

// For CompressionStream: the specification has TypeErrors where zlib has errors of its own, and a chunk that
// zlib refuses fails both sides.
function pairFromCodec(handle) {
  const destroy = handle._destroy;
  handle._destroy = function(error, callback) {
    destroy.call(this, error, (failure) => callback(asTypeError(failure)));
  };
  const write = handle.write;
  handle.write = function(chunk, ...rest) {
    checkBufferSource(chunk);
    if (!ArrayBuffer.isView(chunk) && typeof chunk === 'object') chunk = new Uint8Array(chunk);
    return write.call(this, chunk, ...rest);
  };
  return duplexToWeb(handle, { onThrow(error) { handle.destroy(error); } });
}

function asTypeError(error) {
  if (!error || error instanceof TypeError || error.name === 'AbortError') return error;
  const result = new TypeError(error.message, { cause: error });
  if (error.code !== undefined) result.code = error.code;
  return result;
}

function checkBufferSource(chunk) {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk === 'string' || chunk instanceof ArrayBuffer) return;
  if (ArrayBuffer.isView(chunk) && !(chunk.buffer instanceof SharedArrayBuffer)) return;
  throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
}

// ---- Web to Node ----

// The reading half of a stream over a web stream.
class Source {
  constructor(readableStream) {
    this.reader = readableStream.getReader();
    this.closed = false;
    this.stream = undefined; // set once the Node stream exists
  }

  watch(stream) {
    this.stream = stream;
    this.reader.closed.then(() => { this.closed = true; }, (error) => {
      this.closed = true;
      destroyer(stream, error);
    });
  }

  read() {
    const { stream } = this;
    this.reader.read().then((result) => {
      stream.push(result.done ? null : result.value);
    }, (error) => destroyer(stream, error));
  }

  cancel(error) {
    return this.closed ? Promise.resolve() : this.reader.cancel(error);
  }
}

// The writing half.
class Sink {
  constructor(writableStream, decodeStrings, objectMode) {
    this.writer = writableStream.getWriter();
    this.closed = false;
    this.decodes = decodeStrings && !objectMode;
  }

  watch(stream) {
    this.writer.closed.then(() => {
      this.closed = true;
      if (!utils.isWritableEnded(stream)) destroyer(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
    }, (error) => {
      this.closed = true;
      destroyer(stream, error);
    });
  }

  bytes(chunk, encoding) {
    if (typeof chunk !== 'string' || !this.decodes) return chunk;
    const buffer = Buffer.from(chunk, encoding);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  write(chunk, encoding, callback, stream) {
    const done = (error) => settle(stream, callback, error);
    this.writer.ready.then(
      () => this.writer.write(this.bytes(chunk, encoding)).then(() => done(), done), done);
  }

  writev(chunks, callback, stream) {
    const done = (error) => settle(stream, callback, error);
    this.writer.ready.then(() => Promise.all(
      chunks.map(({ chunk, encoding }) => this.writer.write(this.bytes(chunk, encoding)))).then(() => done(), done), done);
  }

  close() {
    return this.closed ? Promise.resolve() : this.writer.close();
  }

  destroy(error) {
    if (this.closed) return Promise.resolve();
    return error !== null && error !== undefined ? this.writer.abort(error) : this.writer.close();
  }
}

function settle(stream, callback, error) {
  try {
    callback(error);
  } catch (thrown) {
    destroyer(stream, thrown);
  }
}

function readableFromWeb(readableStream, options = {}) {
  if (!utils.isReadableStream(readableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', readableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  checkEncoding(encoding);
  validateBoolean(objectMode, 'options.objectMode');
  const Readable = require('stream/readable');
  const source = new Source(readableStream);
  const readable = new Readable({
    objectMode, highWaterMark, encoding, signal,
    read() { source.read(); },
    destroy(error, callback) {
      const done = () => safely(callback, error);
      if (source.closed) done();
      else source.cancel(error).then(done, done);
    },
  });
  source.watch(readable);
  return readable;
}

function checkEncoding(encoding) {
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
}

function writableFromWeb(writableStream, options = {}) {
  if (!utils.isWritableStream(writableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');
  const Writable = require('stream/writable');
  const sink = new Sink(writableStream, decodeStrings, objectMode);
  const writable = new Writable({
    highWaterMark, objectMode, decodeStrings, signal,
    write(chunk, encoding, callback) { sink.write(chunk, encoding, callback, writable); },
    writev(chunks, callback) { sink.writev(chunks, callback, writable); },
    final(callback) {
      sink.close().then(() => safely(callback), (error) => safely(callback, error));
    },
    destroy(error, callback) {
      const done = () => safely(callback, error);
      if (sink.closed) done();
      else sink.destroy(error).then(done, done);
    },
  });
  sink.watch(writable);
  return writable;
}

function duplexFromWeb(pair, options = {}) {
  validateObject(pair, 'pair');
  const { readable: readableStream, writable: writableStream } = pair;
  if (!utils.isReadableStream(readableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readableStream);
  }
  if (!utils.isWritableStream(writableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  checkEncoding(encoding);
  const Duplex = require('stream/duplex');
  const sink = new Sink(writableStream, decodeStrings, objectMode);
  const source = new Source(readableStream);
  const duplex = new Duplex({
    allowHalfOpen, highWaterMark, objectMode, encoding, decodeStrings, signal,
    read() { source.read(); },
    write(chunk, itsEncoding, callback) { sink.write(chunk, itsEncoding, callback, duplex); },
    writev(chunks, callback) { sink.writev(chunks, callback, duplex); },
    final(callback) {
      sink.close().then(() => safely(callback), (error) => safely(callback, error));
    },
    destroy(error, callback) {
      const done = () => safely(callback, error);
      if (sink.closed && source.closed) done();
      else Promise.all([sink.destroy(error), source.cancel(error)]).then(done, done);
    },
  });
  sink.watch(duplex);
  source.watch(duplex);
  return duplex;
}

module.exports = {
  readableToWeb, writableToWeb, duplexToWeb, readableFromWeb, writableFromWeb, duplexFromWeb, pairFromCodec,
};
