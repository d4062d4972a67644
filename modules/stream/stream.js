// SPDX-License-Identifier: MIT
//
// The `stream` module: the legacy Stream constructor with everything hanging from it. Only the classes are loaded
// at once; functions load their part at first call.
'use strict';

const { Stream } = require('stream/legacy');

module.exports = Stream;

Stream.isDestroyed = function isDestroyed(stream) {
  return require('stream/utils').isDestroyed(stream);
};
Stream.isDisturbed = function isDisturbed(stream) {
  return require('stream/utils').isDisturbed(stream);
};
Stream.isErrored = function isErrored(stream) {
  return require('stream/utils').isErrored(stream);
};
Stream.isReadable = function isReadable(stream) {
  return require('stream/utils').isReadable(stream);
};
Stream.isWritable = function isWritable(stream) {
  return require('stream/utils').isWritable(stream);
};

Stream.Readable = require('stream/readable');
Stream.Writable = require('stream/writable');
Stream.Duplex = require('stream/duplex');
Stream.Transform = require('stream/transform');
Stream.PassThrough = require('stream/passthrough');

Stream.duplexPair = function duplexPair(options) {
  return require('stream/duplexpair').duplexPair(options);
};
Stream.pipeline = function pipeline(...streams) {
  return require('stream/pipeline').pipeline(...streams);
};
Stream.addAbortSignal = function addAbortSignal(signal, stream) {
  return require('stream/add_abort_signal').addAbortSignal(signal, stream);
};
Stream.finished = function finished(stream, options, callback) {
  return arguments.length < 3 ?
    require('stream/finished').eos(stream, options) : require('stream/finished').eos(stream, options, callback);
};
Stream.destroy = function destroyer(stream, error) {
  return require('stream/destroy').destroyer(stream, error);
};
Stream.compose = function compose(...streams) {
  return require('stream/compose').compose(...streams);
};
Stream.setDefaultHighWaterMark = function setDefaultHighWaterMark(objectMode, value) {
  require('stream/state').setDefaultHighWaterMark(objectMode, value);
};
Stream.getDefaultHighWaterMark = function getDefaultHighWaterMark(objectMode) {
  return require('stream/state').getDefaultHighWaterMark(objectMode);
};

Object.defineProperty(Stream, 'promises', {
  get() { return require('stream/promises'); },
  configurable: true,
  enumerable: true,
});
const promisifyCustom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(Stream.pipeline, promisifyCustom, {
  get() { return require('stream/promises').pipeline; },
  enumerable: true,
});
Object.defineProperty(Stream.finished, promisifyCustom, {
  get() { return require('stream/promises').finished; },
  enumerable: true,
});

Stream.Stream = Stream;
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._isUint8Array = function isUint8Array(value) {
  return value instanceof Uint8Array;
};
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  const { Buffer } = require('buffer');
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};
