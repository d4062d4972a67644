// SPDX-License-Identifier: MIT
//
// The many ways to name a slice of a buffer and a place in a file, for read and write in all forms. The
// result is one object { buffer, offset, length, position } ready for the C half.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { checkPosition, checkReadSlice, checkWriteSlice } = require('fs/paths');

const VIEWS = ['Buffer', 'TypedArray', 'DataView'];

function plainOptions(options) {
  if (options !== undefined && options !== null && (typeof options !== 'object' || Array.isArray(options))) {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  return options ?? {};
}

function checkView(buffer) {
  if (!ArrayBuffer.isView(buffer)) throw new ERR_INVALID_ARG_TYPE('buffer', VIEWS, buffer);
}

// (buffer, offset | options, length, position); named: offset was given as a number, with length and position
function readSlice(buffer, offset, length, position, named) {
  if (!named) {
    const options = plainOptions(offset);
    ({ offset = 0, position = null } = options);
    length = options.length ?? buffer.byteLength - offset;
  }
  if (offset === undefined || offset === null) offset = 0;
  else require('internal/validators').validateInteger(offset, 'offset', 0);
  if (length === undefined && named) length = buffer.byteLength - offset;
  length |= 0;
  if (length === 0) return { buffer, offset: 0, length: 0, position: -1 };
  if (buffer.byteLength === 0) {
    throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  checkReadSlice(offset, length, buffer.byteLength);
  if (position === undefined || position === null) position = -1;
  else checkPosition(position, 'position', length);
  return { buffer, offset, length, position };
}

// (buffer, offset | options, length, position)
function writeSlice(buffer, offset, length, position) {
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (offset === undefined || offset === null) offset = 0;
  else require('internal/validators').validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  if (typeof position !== 'number') position = -1;
  checkWriteSlice(offset, length, buffer.byteLength);
  return { buffer, offset, length, position };
}

module.exports = { checkView, plainOptions, readSlice, writeSlice };
