// SPDX-License-Identifier: MIT
//
// duplexPair(): two streams, each reading what is written to the other.
'use strict';

const Duplex = require('stream/duplex');

const kOther = Symbol('kOtherSide');
const kWritten = Symbol('kCallback');

class Side extends Duplex {
  constructor(options) {
    super(options);
    this[kOther] = null;
    this[kWritten] = null;
  }

  _read() {
    const written = this[kWritten];
    if (written !== null) {
      this[kWritten] = null;
      written();
    }
  }

  _write(chunk, encoding, callback) {
    const other = this[kOther];
    if (chunk.length === 0) {
      process.nextTick(callback);
      return;
    }
    other.push(chunk);
    other[kWritten] = callback; // answered when the other side reads
  }

  _final(callback) {
    this[kOther].on('end', callback);
    this[kOther].push(null);
  }

  _destroy(error, callback) {
    const other = this[kOther];
    if (other !== null && !other.destroyed) {
      process.nextTick(() => {
        if (other.destroyed) return;
        if (error) other.destroy();
        else other.push(null);
      });
    }
    callback(error);
  }
}

function duplexPair(options) {
  const a = new Side(options);
  const b = new Side(options);
  a[kOther] = b;
  b[kOther] = a;
  return [a, b];
}

module.exports = { duplexPair };
