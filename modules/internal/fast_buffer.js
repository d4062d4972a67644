// SPDX-License-Identifier: MIT
//
// FastBuffer: the class that Buffer instances really are. Its prototype becomes Buffer.prototype, so any
// embedded module may make a Buffer with `new FastBuffer(arraybuffer, offset, length)` at the price of a typed
// array. No state.
'use strict';

class FastBuffer extends Uint8Array {
  constructor(source, byteOffset, length) {
    super(source, byteOffset, length);
  }
}

module.exports = { FastBuffer };
