// SPDX-License-Identifier: MIT
//
// CompressionStream and DecompressionStream over zlib's streams.
'use strict';

const { codes } = require('internal/errors');
const { kInspect, noPrivate, inspectAs, dress } = require('web/streams/common');

const compressors = {
  'gzip': (zlib) => zlib.createGzip(),
  'deflate': (zlib) => zlib.createDeflate(),
  'deflate-raw': (zlib) => zlib.createDeflateRaw(),
  'brotli': (zlib) => zlib.createBrotliCompress(),
};
const decompressors = {
  'gzip': (zlib, options) => zlib.createGunzip(options),
  'deflate': (zlib, options) => zlib.createInflate(options),
  'deflate-raw': (zlib, options) => zlib.createInflateRaw(options),
  'brotli': (zlib, options) => zlib.createBrotliDecompress(options),
};

function open(table, name, format) {
  if (typeof format !== 'string' || !Object.hasOwn(table, format)) {
    const shown = typeof format === 'symbol' ? format.toString() : `${format}`;
    const error = new codes.ERR_INVALID_ARG_VALUE('format', format);
    error.message = `Failed to construct '${name}': 1st argument value '${shown}' is not a valid enum value ` +
      'of type CompressionFormat.';
    throw error;
  }
  const handle = table[format](require('zlib'), { rejectGarbageAfterEnd: true });
  return require('stream/webadapters').pairFromCodec(handle);
}

class CompressionStream {
  #pair;

  constructor(format) {
    this.#pair = open(compressors, 'CompressionStream', format);
  }

  get readable() {
    if (!(#pair in this)) throw noPrivate('#pair');
    return this.#pair.readable;
  }

  get writable() {
    if (!(#pair in this)) throw noPrivate('#pair');
    return this.#pair.writable;
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { readable: this.#pair.readable, writable: this.#pair.writable });
  }
}
dress(CompressionStream, ['readable', 'writable']);

class DecompressionStream {
  #pair;

  constructor(format) {
    this.#pair = open(decompressors, 'DecompressionStream', format);
  }

  get readable() {
    if (!(#pair in this)) throw noPrivate('#pair');
    return this.#pair.readable;
  }

  get writable() {
    if (!(#pair in this)) throw noPrivate('#pair');
    return this.#pair.writable;
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { readable: this.#pair.readable, writable: this.#pair.writable });
  }
}
dress(DecompressionStream, ['readable', 'writable']);

module.exports = { CompressionStream, DecompressionStream };
