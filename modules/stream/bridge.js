// SPDX-License-Identifier: MIT
//
// Bridge: a Duplex whose writes go into one stream (`input`) and whose reads come out of another (`output`); either
// may be missing. compose() and Duplex.from() are made of it. Each direction keeps at most one callback, the one
// to call when the stream behind it has moved.
'use strict';

const { AbortError } = require('internal/errors');
const Duplex = require('stream/duplex');
const { destroyer } = require('stream/destroy');
const utils = require('stream/utils');

class Bridge extends Duplex {
  constructor(options) {
    super(options);
    this.hasInput = options.writable;    // its own end will come, so it need not be destroyed
    this.hasOutput = options.readable;
    this.onDrain = null;
    this.onFinish = null;
    this.onReadable = null;
    this.onClose = null;
    this.toDestroy = [];
    // _destroy() waits for the streams behind to be over, unless they are already.
    this.behindIsOver = false;
  }

  writeInto(input) {
    this._write = (chunk, encoding, callback) => {
      if (input.write(chunk, encoding)) callback();
      else this.onDrain = callback;
    };
    this._final = (callback) => {
      input.end();
      this.onFinish = callback;
    };
    input.on('drain', () => this.fire('onDrain'));
  }

  writeIntoWeb(input) {
    const writer = (utils.isTransformStream(input) ? input.writable : input).getWriter();
    this._write = async (chunk, encoding, callback) => {
      try {
        await writer.ready;
        writer.write(chunk).catch(() => {});
        callback();
      } catch (error) {
        callback(error);
      }
    };
    this._final = async (callback) => {
      try {
        await writer.ready;
        writer.close().catch(() => {});
        this.onFinish = callback;
      } catch (error) {
        callback(error);
      }
    };
  }

  readFrom(output) {
    output.on('readable', () => this.fire('onReadable'));
    output.on('end', () => this.push(null));
    const pull = () => {
      for (;;) {
        const chunk = output.read();
        if (chunk === null) {
          this.onReadable = pull;
          return;
        }
        if (!this.push(chunk)) return;
      }
    };
    this._read = pull;
  }

  readFromWeb(output) {
    const reader = (utils.isTransformStream(output) ? output.readable : output).getReader();
    this._read = async () => {
      try {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) {
            this.push(null);
            return;
          }
          if (!this.push(value)) return;
        }
      } catch {
        // The error reaches us through the watch on the stream.
      }
    };
  }

  fire(name) {
    const callback = this[name];
    if (callback === null) return;
    this[name] = null;
    callback();
  }

  // The streams behind are over, or one of them is: from now on destroying is no abort.
  behindFinished(error) {
    const callback = this.onClose;
    this.onClose = null;
    this.behindIsOver = true;
    if (callback !== null) callback(error);
    else if (error) this.destroy(error);
    else if (!this.hasInput && !this.hasOutput) this.destroy();
  }

  _destroy(error, callback) {
    if (!error && !this.behindIsOver) error = new AbortError();
    this.onReadable = null;
    this.onDrain = null;
    this.onFinish = null;
    if (this.behindIsOver) {
      callback(error);
      if (this.alwaysDestroys) for (const stream of this.toDestroy) destroyer(stream, error);
      return;
    }
    this.onClose = callback;
    for (const stream of this.toDestroy) destroyer(stream, error);
  }
}

module.exports = { Bridge };
