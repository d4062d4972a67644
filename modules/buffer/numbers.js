// SPDX-License-Identifier: MIT
//
// Buffer.prototype's fixed-width integers: readInt32LE() and its kin. Idea: one comparison accepts the usual call
// (an integer offset with room behind it); everything else goes to a cold function that finds the error. The
// methods are written out, so that each has inline caches of its own. No state.
'use strict';

// Throws for an offset that is no integer between 0 and this.length - size.
function rejectOffset(buffer, offset, size) {
  const { codes } = require('internal/errors');
  if (typeof offset !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  if (Math.floor(offset) !== offset) throw new codes.ERR_OUT_OF_RANGE('offset', 'an integer', offset);
  const last = buffer.length - size;
  if (last < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 and <= ${last}`, offset);
}

function rejectValue(value, low, high) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_OUT_OF_RANGE('value', `>= ${low} and <= ${high}`, value);
}

const numbers = {
  readUInt8(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 1 <= this.length)) rejectOffset(this, offset, 1);
    return this[offset];
  },

  readUInt16LE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    return this[offset] | this[offset + 1] << 8;
  },

  readUInt16BE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    return this[offset] << 8 | this[offset + 1];
  },

  readUInt32LE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    return (this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24) >>> 0;
  },

  readUInt32BE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    return (this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3]) >>> 0;
  },

  readInt8(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 1 <= this.length)) rejectOffset(this, offset, 1);
    return this[offset] << 24 >> 24;
  },

  readInt16LE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    return (this[offset] | this[offset + 1] << 8) << 16 >> 16;
  },

  readInt16BE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    return (this[offset] << 8 | this[offset + 1]) << 16 >> 16;
  },

  readInt32LE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    return this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24;
  },

  readInt32BE(offset = 0) {
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    return this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3];
  },

  writeUInt8(value, offset = 0) {
    value = +value;
    if (value > 0xff || value < 0) rejectValue(value, 0, 0xff);
    if (offset >>> 0 !== offset || !(offset + 1 <= this.length)) rejectOffset(this, offset, 1);
    this[offset] = value;
    return offset + 1;
  },

  writeUInt16LE(value, offset = 0) {
    value = +value;
    if (value > 0xffff || value < 0) rejectValue(value, 0, 0xffff);
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    return offset + 2;
  },

  writeUInt16BE(value, offset = 0) {
    value = +value;
    if (value > 0xffff || value < 0) rejectValue(value, 0, 0xffff);
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    this[offset] = value >>> 8;
    this[offset + 1] = value;
    return offset + 2;
  },

  writeUInt32LE(value, offset = 0) {
    value = +value;
    if (value > 0xffffffff || value < 0) rejectValue(value, 0, 0xffffffff);
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    putLE(this, value, offset);
    return offset + 4;
  },

  writeUInt32BE(value, offset = 0) {
    value = +value;
    if (value > 0xffffffff || value < 0) rejectValue(value, 0, 0xffffffff);
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    putBE(this, value, offset);
    return offset + 4;
  },

  writeInt8(value, offset = 0) {
    value = +value;
    if (value > 0x7f || value < -0x80) rejectValue(value, -0x80, 0x7f);
    if (offset >>> 0 !== offset || !(offset + 1 <= this.length)) rejectOffset(this, offset, 1);
    this[offset] = value;
    return offset + 1;
  },

  writeInt16LE(value, offset = 0) {
    value = +value;
    if (value > 0x7fff || value < -0x8000) rejectValue(value, -0x8000, 0x7fff);
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    return offset + 2;
  },

  writeInt16BE(value, offset = 0) {
    value = +value;
    if (value > 0x7fff || value < -0x8000) rejectValue(value, -0x8000, 0x7fff);
    if (offset >>> 0 !== offset || !(offset + 2 <= this.length)) rejectOffset(this, offset, 2);
    this[offset] = value >>> 8;
    this[offset + 1] = value;
    return offset + 2;
  },

  writeInt32LE(value, offset = 0) {
    value = +value;
    if (value > 0x7fffffff || value < -0x80000000) rejectValue(value, -0x80000000, 0x7fffffff);
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    putLE(this, value, offset);
    return offset + 4;
  },

  writeInt32BE(value, offset = 0) {
    value = +value;
    if (value > 0x7fffffff || value < -0x80000000) rejectValue(value, -0x80000000, 0x7fffffff);
    if (offset >>> 0 !== offset || !(offset + 4 <= this.length)) rejectOffset(this, offset, 4);
    putBE(this, value, offset);
    return offset + 4;
  },
};

function putLE(view, value, offset) {
  view[offset] = value;
  view[offset + 1] = value >>> 8;
  view[offset + 2] = value >>> 16;
  view[offset + 3] = value >>> 24;
}

function putBE(view, value, offset) {
  view[offset] = value >>> 24;
  view[offset + 1] = value >>> 16;
  view[offset + 2] = value >>> 8;
  view[offset + 3] = value;
}

module.exports = { numbers, rejectOffset, rejectValue };
