// SPDX-License-Identifier: MIT
//
// Buffers and views, onto a tape (pack.js). A view of the whole of a buffer, as most are, is written as one thing.
'use strict';

const native = binding('ports');
const { kindOf, kinds } = require('util/peek');
const { dataCloneError, refuse } = require('web/structured_clone/common');
const tags = require('worker_threads/tags');
const { word, double, kind, write, keep, knownId, rawBytes, depthNow, isMoved } = require('worker_threads/pack');

const { BYTES, INLINE_BYTES } = tags;
const { getPrototypeOf } = Object;
const typeOfView = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);
const viewNumbers = new Map(tags.VIEWS.map((Type, i) => [Type.name, i]));
const DATA_VIEW = tags.VIEWS.length - 1;

function buffer(value) {
  if (require('util/types').isSharedArrayBuffer(value)) return shared(value);
  if (value.detached) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
  keep(value);
  kind(value.resizable ? tags.K_RESIZABLE : tags.K_ARRAY_BUFFER);
  double(value.byteLength);
  if (value.resizable) double(value.maxByteLength);
  rawBytes(new Uint8Array(value), value.byteLength);
}

function shared(value) {
  const number = require('worker_threads/shared').supported() ? native.addShared(depthNow(), value) : -1;
  if (number < 0) throw refuse(value);
  keep(value);
  kind(tags.K_SHARED);
  word(number);
}

function view(value) {
  const name = typeOfView(value);
  const type = name === undefined ? DATA_VIEW : viewNumbers.get(name);
  const { buffer: under, byteOffset, byteLength } = value;
  if (byteOffset === 0 && byteLength === under.byteLength && type !== DATA_VIEW && whole(under)) {
    keep(under);
    keep(value);
    const source = type === 0 ? value : new Uint8Array(under);
    if (byteLength > INLINE_BYTES) {
      kind(tags.K_LARGE_BYTES);
      word(type);
    } else {
      word(type << 4 | BYTES);
      word(byteLength);
    }
    return rawBytes(source, byteLength);
  }
  kind(tags.K_VIEW);
  word(type);
  double(byteOffset);
  double(under.resizable && require('web/structured_clone').tracksLength(value) ? -1 : byteLength);
  write(under);
  keep(value);
  return undefined;
}

// A buffer of its own that has not been written yet.
function whole(under) {
  return !under.detached && !under.resizable && knownId(under) === undefined && !isMoved(under) &&
    kindOf(under) === kinds.ArrayBuffer && getPrototypeOf(under) === ArrayBuffer.prototype;
}

module.exports = { buffer, view };
