// SPDX-License-Identifier: MIT
//
// The words of a tape (modules/worker_threads/parcel.h), for pack.js and unpack.js.
//
// A word is `payload * 16 + tag`. Strings lie in texts, one behind the other in the order in which they are written; a
// text that has grown past TEXT_LIMIT is closed before the next string. Objects are numbered in the order in which
// both sides meet them, for REF. The tape ends with twice the number of closed texts; or, where things move, with
// [number of texts before them, their place, how many they are, number of closed texts, 1].
'use strict';

module.exports = {
  INT: 0, // payload: the number, 28 bits
  STRING: 1, // payload: its length in code units
  OBJECT: 2, // payload: count; then for each a key and a value. Keys: an atom, or NO_KEY, or -2 - length of a string
  ARRAY: 3, // payload: length; then the elements
  REF: 4, // payload: an object's number
  SINGLE: 5, // payload: one of the next
  BYTES: 6, // payload: type of view; then its length in bytes, then the bytes padded to words. A view on all of a buffer.
  MOVED: 7, // payload: a number in the transfer list
  KIND: 8, // payload: one of the last

  UNDEFINED: 0,
  NULL: 1,
  TRUE: 2,
  FALSE: 3,
  HOLE: 4,
  DOUBLE: 5, // two words
  LONG_STRING: 6, // its length in a double

  NO_KEY: -1,

  K_DATE: 0,
  K_REGEXP: 1,
  K_MAP: 2,
  K_SET: 3,
  K_ERROR: 4,
  K_BOXED: 5,
  K_BIGINT: 6,
  K_ARRAY_BUFFER: 7,
  K_RESIZABLE: 8,
  K_VIEW: 9,
  K_HOST: 10,
  K_LIST: 11, // an array with holes or properties: length, then like OBJECT
  K_SHARED: 12,
  K_PORT: 13,
  K_NATIVE: 14,
  K_DOM_EXCEPTION: 15,
  K_LARGE_BYTES: 16, // like BYTES, in a part

  TEXT_LIMIT: 4096,
  INLINE_BYTES: 4096,
  VIEWS: [Uint8Array, Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
          Float64Array, BigInt64Array, BigUint64Array, Float16Array, DataView],
};
