// SPDX-License-Identifier: MIT
//
// The web streams, each part loaded when the first of its classes is asked for.
'use strict';

const parts = {
  'web/streams/readable': [
    'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
    'ReadableByteStreamController', 'ReadableStreamDefaultController',
  ],
  'web/streams/transform': ['TransformStream', 'TransformStreamDefaultController'],
  'web/streams/writable': ['WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController'],
  'web/streams/strategies': ['ByteLengthQueuingStrategy', 'CountQueuingStrategy'],
  'web/streams/encoding': ['TextEncoderStream', 'TextDecoderStream'],
  'web/streams/compression': ['CompressionStream', 'DecompressionStream'],
};

for (const id of Object.keys(parts)) {
  for (const name of parts[id]) {
    Object.defineProperty(exports, name, {
      get() {
        const value = require(id)[name];
        Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
      },
      enumerable: true,
      configurable: true,
    });
  }
}
