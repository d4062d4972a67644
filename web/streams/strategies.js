// SPDX-License-Identifier: MIT
//
// The two queuing strategies.
'use strict';

const { codes } = require('internal/errors');
const { kInspect, inspectAs, dress } = require('web/streams/common');

function markOf(init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('init', 'Object', init);
  }
  if (init.highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  return +init.highWaterMark;
}

// Shared by all instances, as the specification asks.
const sizeOfBytes = Object.defineProperty(({ size(chunk) { return chunk.byteLength; } }).size, 'name', { value: 'size' });
const sizeOfCount = Object.defineProperty(({ size() { return 1; } }).size, 'name', { value: 'size' });

class ByteLengthQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    this.#highWaterMark = markOf(init);
  }

  get highWaterMark() {
    return this.#highWaterMark;
  }

  get size() {
    this.#highWaterMark; // throws for other objects
    return sizeOfBytes;
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { highWaterMark: this.#highWaterMark });
  }
}
dress(ByteLengthQueuingStrategy, ['highWaterMark', 'size']);

class CountQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    this.#highWaterMark = markOf(init);
  }

  get highWaterMark() {
    return this.#highWaterMark;
  }

  get size() {
    this.#highWaterMark;
    return sizeOfCount;
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { highWaterMark: this.#highWaterMark });
  }
}
dress(CountQueuingStrategy, ['highWaterMark', 'size']);

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
