// SPDX-License-Identifier: MIT
//
// Duplex.from(): a Duplex from nearly anything.
'use strict';

const { codes, AbortError } = require('internal/errors');
const Duplex = require('stream/duplex');
const Readable = require('stream/readable');
const Writable = require('stream/writable');
const { destroyer } = require('stream/destroy');
const { eos } = require('stream/finished');
const { from } = require('stream/from');
const utils = require('stream/utils');

function isBlob(value) {
  return value !== null && typeof value === 'object' && typeof value.arrayBuffer === 'function' &&
    typeof value.size === 'number' && typeof value.slice === 'function';
}

function duplexify(body, name) {
  if (utils.isDuplexNodeStream(body)) return body;
  if (utils.isReadableNodeStream(body)) return fromPair(body, undefined);
  if (utils.isWritableNodeStream(body)) return fromPair(undefined, body);
  if (utils.isNodeStream(body)) return fromPair(undefined, undefined);
  if (utils.isReadableStream(body)) return fromPair(Readable.fromWeb(body), undefined);
  if (utils.isWritableStream(body)) return fromPair(undefined, Writable.fromWeb(body));
  if (typeof body === 'function') return fromFunction(body, name);
  if (isBlob(body)) return duplexify(body.arrayBuffer(), name);
  if (utils.isIterable(body)) return from(Duplex, body, { objectMode: true, writable: false });
  if (utils.isReadableStream(body?.readable) && utils.isWritableStream(body?.writable)) {
    return Duplex.fromWeb(body);
  }
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    const r = body.readable && (utils.isReadableNodeStream(body.readable) ? body.readable :
      duplexify(body.readable, name));
    const w = body.writable && (utils.isWritableNodeStream(body.writable) ? body.writable :
      duplexify(body.writable, name));
    return fromPair(r, w);
  }
  if (typeof body?.then === 'function') return fromPromise(body);
  throw new codes.ERR_INVALID_ARG_TYPE(name, [
    'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise',
  ], body);
}

function fromPromise(promise) {
  const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (value !== null && value !== undefined) duplex.push(value);
    duplex.push(null);
  }, (error) => destroyer(duplex, error));
  return duplex;
}

function fromFunction(fn, name) {
  const input = new WrittenChunks();
  const value = fn(input.chunks(), { signal: input.controller.signal });
  const write = (chunk, encoding, callback) => input.give({ chunk, done: false, callback });
  const final = (callback) => input.give({ chunk: undefined, done: true, callback });
  const destroy = (error, callback) => {
    input.controller.abort();
    callback(error);
  };
  if (utils.isIterable(value)) {
    return from(Duplex, value, { objectMode: true, write, final, destroy });
  }
  const then = value?.then;
  if (typeof then !== 'function') {
    throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
  }
  let duplex;
  const settled = then.call(value, (result) => {
    if (result !== null && result !== undefined) {
      throw new codes.ERR_INVALID_RETURN_VALUE('nully', 'body', result);
    }
  }, (error) => {
    destroyer(duplex, error);
  });
  duplex = new Duplex({
    objectMode: true,
    readable: false,
    write,
    final(callback) {
      final(async () => {
        try {
          await settled;
          process.nextTick(callback, null);
        } catch (error) {
          process.nextTick(callback, error);
        }
      });
    },
    destroy,
  });
  return duplex;
}

// What is written to the duplex, as the async iterable that the function reads. A write is answered when the
// function takes the chunk, so there is never more than one.
class WrittenChunks {
  constructor() {
    const { AbortController } = require('web/abort');
    this.controller = new AbortController();
    this.next = Promise.withResolvers();
  }

  give(item) {
    this.next.resolve(item);
  }

  async* chunks() {
    const { signal } = this.controller;
    for (;;) {
      const { chunk, done, callback } = await this.next.promise;
      this.next = Promise.withResolvers();
      process.nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      yield chunk;
    }
  }
}

function fromPair(readable, writable) {
  const { Bridge } = require('stream/bridge');
  const r = readable && typeof readable.read !== 'function' ? Readable.wrap(readable) : readable;
  const w = writable;
  const canRead = !!utils.isReadable(r);
  const canWrite = !!utils.isWritable(w);
  const bridge = new Bridge({
    readableObjectMode: !!r?.readableObjectMode,
    writableObjectMode: !!w?.writableObjectMode,
    writable: canWrite,
    readable: canRead,
  });
  if (canWrite) {
    eos(w, (error) => {
      if (error) destroyer(r, error);
      bridge.behindFinished(error);
    });
    bridge.writeInto(w);
    w.on('finish', () => bridge.fire('onFinish'));
    bridge.toDestroy.push(w);
  }
  if (canRead) {
    eos(r, (error) => {
      if (error) destroyer(r, error);
      bridge.behindFinished(error);
    });
    bridge.readFrom(r);
    bridge.toDestroy.push(r);
  }
  return bridge;
}

module.exports = { duplexify };
