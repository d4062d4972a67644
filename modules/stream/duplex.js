// SPDX-License-Identifier: MIT
//
// Duplex: a Readable that is a Writable as well, with two independent states.
'use strict';

const Readable = require('stream/readable');
const Writable = require('stream/writable');
const { Stream } = require('stream/legacy');
const destroyImpl = require('stream/destroy');
const {
  ENDED, END_EMITTED, ENDING, W_ENDED, FINISHED, DESTROYED,
} = require('stream/state');

module.exports = Duplex;

const { ReadableState } = Readable;
const { WritableState } = Writable;

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
    data: undefined, end: undefined, readable: undefined,
  };
  this._readableState = new ReadableState(options, this, true);
  this._writableState = new WritableState(options, this, true);
  this.allowHalfOpen = true;
  if (options) {
    this.allowHalfOpen = options.allowHalfOpen !== false;
    if (options.readable === false) {
      this._readableState.readable = false;
      this._readableState.bits |= ENDED | END_EMITTED;
    }
    if (options.writable === false) {
      this._writableState.writable = false;
      this._writableState.bits |= ENDING | W_ENDED | FINISHED;
    }
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('stream/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct !== undefined) destroyImpl.construct(this, () => afterConstruct(this));
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

function afterConstruct(stream) {
  Readable.afterConstruct(stream);
  Writable.afterConstruct(stream);
}

// What Readable does not have comes from Writable, as own properties.
for (const name of ['write', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', 'end', 'destroy']) {
  Duplex.prototype[name] = Writable.prototype[name];
}
for (const name of [
  'writable', 'writableHighWaterMark', 'writableObjectMode', 'writableBuffer', 'writableLength',
  'writableFinished', 'writableCorked', 'writableEnded', 'writableNeedDrain',
]) {
  Object.defineProperty(Duplex.prototype, name,
                        { __proto__: null, ...Object.getOwnPropertyDescriptor(Writable.prototype, name) });
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  get() {
    const r = this._readableState;
    const w = this._writableState;
    return r !== undefined && w !== undefined && (r.bits & w.bits & DESTROYED) !== 0;
  },
  // Old packages set this to say that they closed the stream themselves.
  set(value) {
    if (this._readableState && this._writableState) {
      this._readableState.destroyed = value;
      this._writableState.destroyed = value;
    }
  },
  configurable: true,
});

Duplex.fromWeb = function(pair, options) {
  return require('stream/webadapters').duplexFromWeb(pair, options);
};
Duplex.toWeb = function(duplex, options) {
  return require('stream/webadapters').duplexToWeb(duplex, options);
};
Duplex.from = function(body) {
  return require('stream/duplexify').duplexify(body, 'body');
};
