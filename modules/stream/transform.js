// SPDX-License-Identifier: MIT
//
// Transform: a Duplex whose output is computed from its input. A write is answered when its transformation is
// done and the readable side has room; else the answer waits in kAnswer until somebody reads.
'use strict';

const { codes } = require('internal/errors');
const Duplex = require('stream/duplex');
const { SYNC, DESTROYED, ENDED } = require('stream/state');

module.exports = Transform;

const kAnswer = Symbol('kCallback');

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);

  // A readable side that keeps nothing wants no buffering on the writable side either.
  const mark = options ? options.readableHighWaterMark ?? options.highWaterMark : undefined;
  if (mark === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark: mark,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);

  // _read() never answers at once, so what transform() pushes may flow straight through.
  this._readableState.bits &= ~SYNC;
  this[kAnswer] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  // For subclasses with a _final() of their own, which do not run ours.
  this.on('prefinish', prefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    if (callback) callback();
    return;
  }
  this._flush((error, data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    this.push(null);
    if (callback) callback();
  });
}

function prefinish() {
  if (this._final !== final) final.call(this);
}

Transform.prototype._final = final;

Transform.prototype._transform = function(chunk, encoding, callback) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  const r = this._readableState;
  const w = this._writableState;
  const before = r.length;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value !== null && value !== undefined) this.push(value);
    if (r.bits & (ENDED | DESTROYED)) {
      callback();
    } else if (w.ended || before === r.length || r.length < r.highWaterMark) {
      callback();
    } else {
      this[kAnswer] = callback;
    }
  });
};

Transform.prototype._read = function() {
  const answer = this[kAnswer];
  if (answer !== null) {
    this[kAnswer] = null;
    answer();
  }
};
