// SPDX-License-Identifier: MIT
//
// finished(stream): calls back once a stream, of whatever kind, is over: ended, finished, failed or closed.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateObject } = require('internal/validators');
const utils = require('stream/utils');

function nop() {}

function isRequest(stream) {
  return stream.setHeader && typeof stream.abort === 'function';
}

function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options === null || options === undefined) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  callback = once(callback);
  if (utils.isReadableStream(stream) || utils.isWritableStream(stream)) {
    return watchWeb(stream, options, callback);
  }
  if (!utils.isNodeStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return new Watch(stream, options, callback).start();
}

function once(fn) {
  let called = false;
  return function(...args) {
    if (called) return;
    called = true;
    fn.apply(this, args);
  };
}

// One watch over a Node stream. `readableOver`/`writableOver`: that half needs no more waiting for.
class Watch {
  constructor(stream, options, callback) {
    this.stream = stream;
    this.options = options;
    this.callback = callback;
    this.readable = options.readable ?? utils.isReadableNodeStream(stream);
    this.writable = options.writable ?? utils.isWritableNodeStream(stream);
    this.r = stream._readableState;
    this.w = stream._writableState;
    // A stream that will say 'close' is over only then, when both wanted halves are ours to judge.
    this.waitsForClose = utils.willEmitClose(stream) &&
      utils.isReadableNodeStream(stream) === this.readable &&
      utils.isWritableNodeStream(stream) === this.writable;
    this.writableOver = utils.isWritableFinished(stream, false);
    this.readableOver = utils.isReadableFinished(stream, false);
    this.listeners = [];
    this.closed = utils.isClosed(stream);
  }

  listen(event, fn) {
    this.stream.on(event, fn);
    this.listeners.push(event, fn);
  }

  start() {
    const { stream } = this;
    const cancel = () => {
      this.callback = nop;
      this.stop();
    };
    const onRequest = () => stream.req.on('finish', this.onFinish);
    this.onFinish = () => this.finish();
    const legacyEnd = () => {
      if (!stream.writable) this.finish();
    };

    if (isRequest(stream)) {
      this.listen('complete', this.onFinish);
      if (!this.waitsForClose) this.listen('abort', () => this.close());
      if (stream.req) onRequest();
      else this.listen('request', onRequest);
    } else if (this.writable && !this.w) { // streams older than Writable
      this.listen('end', legacyEnd);
      this.listen('close', legacyEnd);
    }
    if (!this.waitsForClose && typeof stream.aborted === 'boolean') {
      this.listen('aborted', () => this.close());
    }
    this.listen('end', () => this.end());
    this.listen('finish', this.onFinish);
    if (this.options.error !== false) this.listen('error', (error) => this.callback.call(stream, error));
    this.listen('close', () => this.close());

    this.checkNow();
    if (this.options.signal && !this.closedNow) this.watchSignal();
    return cancel;
  }

  // Nothing may be left to happen at all.
  checkNow() {
    const { stream, r, w } = this;
    const later = () => process.nextTick(() => this.close());
    this.closedNow = false;
    if (this.closed) {
      later();
    } else if (w?.errorEmitted || r?.errorEmitted) {
      if (!this.waitsForClose) later();
    } else if (!this.readable && (!this.waitsForClose || utils.isReadable(stream)) &&
               (this.writableOver || utils.isWritable(stream) === false) && (!w || w.pendingcb === undefined || w.pendingcb === 0)) {
      later();
    } else if (!this.writable && (!this.waitsForClose || utils.isWritable(stream)) &&
               (this.readableOver || utils.isReadable(stream) === false)) {
      later();
    } else if (r && stream.req && stream.aborted) {
      later();
    }
  }

  watchSignal() {
    const { signal } = this.options;
    const abort = () => {
      const { callback } = this;
      this.stop();
      callback.call(this.stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(abort);
      return;
    }
    const handle = require('events').addAbortListener(signal, abort);
    const { callback } = this;
    this.callback = once((...args) => {
      handle[Symbol.dispose]();
      callback.apply(this.stream, args);
    });
  }

  finish() {
    const { stream } = this;
    this.writableOver = true;
    // The other half is waited for through 'end' then.
    if (stream.destroyed) this.waitsForClose = false;
    if (this.waitsForClose && (!stream.readable || this.readable)) return;
    if (!this.readable || this.readableOver) this.callback.call(stream);
  }

  end() {
    const { stream } = this;
    this.readableOver = true;
    if (stream.destroyed) this.waitsForClose = false;
    if (this.waitsForClose && (!stream.writable || this.writable)) return;
    if (!this.writable || this.writableOver) this.callback.call(stream);
  }

  close() {
    const { stream } = this;
    this.closed = true;
    const errored = utils.writableErrored(stream) || utils.readableErrored(stream);
    if (errored && typeof errored !== 'boolean') {
      this.callback.call(stream, errored);
      return;
    }
    if (this.readable && !this.readableOver && utils.isReadableNodeStream(stream, true) &&
        !utils.isReadableFinished(stream, false)) {
      this.callback.call(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
      return;
    }
    if (this.writable && !this.writableOver && !utils.isWritableFinished(stream, false)) {
      this.callback.call(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
      return;
    }
    this.callback.call(stream);
  }

  stop() {
    const { stream, listeners } = this;
    for (let i = 0; i < listeners.length; i += 2) stream.removeListener(listeners[i], listeners[i + 1]);
    if (stream.req) stream.req.removeListener('finish', this.onFinish);
  }
}

function watchWeb(stream, options, callback) {
  let aborted = false;
  let done = (error) => callback.call(stream, error);
  if (options.signal) {
    const { signal } = options;
    const abort = () => {
      aborted = true;
      callback.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      const handle = require('events').addAbortListener(signal, abort);
      done = (error) => {
        handle[Symbol.dispose]();
        callback.call(stream, error);
      };
    }
  }
  const settle = (error) => {
    if (!aborted) process.nextTick(done, error);
  };
  stream[utils.kIsClosedPromise].promise.then(() => settle(), settle);
  return nop;
}

// The promise flavour.
function finished(stream, options) {
  let cleans = false;
  if (options === null || options === undefined) options = {};
  if (options.cleanup) {
    validateBoolean(options.cleanup, 'cleanup');
    cleans = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const cleanup = eos(stream, options, (error) => {
      if (cleans) cleanup();
      if (error) reject(error);
      else resolve();
    });
  });
}

// The function itself is the module, with its other names hanging from it.
module.exports = Object.assign(eos, { eos, finished: eos, finishedPromise: finished });
