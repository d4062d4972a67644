// SPDX-License-Identifier: MIT
//
// node:buffer: the Buffer function and the module's other exports. Idea: Buffer.prototype is FastBuffer's, so
// that `new FastBuffer(...)` inside lode makes Buffers; Blob, File and transcode load when asked for. State: the
// limit of inspect().
'use strict';

const native = binding('buffer');
const { FastBuffer } = require('internal/fast_buffer');
const { MAX_STRING, UTF8, UTF16LE, LATIN1, ASCII, encodingOf, byteLength: countBytes } = require('buffer/encodings');
const { MAX_LENGTH, isUint8Array, isAnyArrayBuffer, rejectType } = require('buffer/kinds');
const { compareBuffers } = require('buffer/search');
const making = require('buffer/alloc');

let inspectMaxBytes = 50;
let warned = false;

// DEP0005: told once, and only to code outside node_modules.
function warnOfConstructor() {
  if (warned) return;
  warned = true;
  const { stack } = new Error();
  if (/[\\/]node_modules[\\/]/i.test(stack) && !require('internal/options').getOptionValue('--pending-deprecation')) {
    warned = false;
    return;
  }
  process.emitWarning(
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
    'Buffer.allocUnsafe(), or Buffer.from() methods instead.', 'DeprecationWarning', 'DEP0005', Buffer);
}

function Buffer(arg, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof arg !== 'number') return Buffer.from(arg, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') rejectType('string', 'string', arg);
  return Buffer.alloc(arg);
}

Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer.prototype, 'constructor', {
  value: Buffer, writable: true, enumerable: false, configurable: true });
Object.defineProperty(Buffer, Symbol.species, {
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});
require('buffer/prototype').defineOn(Buffer.prototype);

Buffer.poolSize = 8 * 1024;
Buffer.from = function from(value, encodingOrOffset, length) {
  return making.from(value, encodingOrOffset, length);
};
Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  return making.copyBytesFrom(view, offset, length);
};
Buffer.of = making.of;
Buffer.alloc = function alloc(size, fill, encoding) {
  return making.alloc(size, fill, encoding);
};
Buffer.allocUnsafe = making.allocUnsafe;
Buffer.allocUnsafeSlow = making.allocUnsafeSlow;
Buffer.isBuffer = function isBuffer(b) {
  return b instanceof Buffer;
};
Buffer.compare = function compare(buf1, buf2) {
  return compareBuffers(buf1, buf2);
};
Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && encodingOf(encoding) >= 0;
};
Buffer.concat = making.concat;
Buffer.byteLength = function byteLength(string, encoding) {
  if (typeof string === 'string') {
    const id = encoding ? encodingOf(encoding) : UTF8;
    return countBytes(string, id < 0 ? UTF8 : id);
  }
  if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
  return rejectType('string', ['string', 'Buffer', 'ArrayBuffer'], string);
};

// ---- The module's other functions ----

function checkedBytes(input) {
  if (!ArrayBuffer.isView(input) && !isAnyArrayBuffer(input)) {
    rejectType('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
  if ((input.buffer ?? input).detached) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_STATE('Cannot validate on a detached buffer');
  }
  return input;
}

function isUtf8(input) {
  return native.isUtf8(checkedBytes(input));
}

function isAscii(input) {
  return native.isAscii(checkedBytes(input));
}

function isTranscodable(id) {
  return id === UTF8 || id === UTF16LE || id === LATIN1 || id === ASCII;
}

function rejectTranscoding(code, errno) {
  const error = new Error(`Unable to transcode Buffer [${code}]`);
  error.code = code;
  error.errno = errno;
  throw error;
}

function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) rejectType('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return new FastBuffer(0);
  const from = encodingOf(fromEncoding);
  const to = encodingOf(toEncoding);
  if (!isTranscodable(from) || !isTranscodable(to)) rejectTranscoding('U_ILLEGAL_ARGUMENT_ERROR', 1);
  const bytes = native.transcode(source, from, to);
  return bytes === null ? rejectTranscoding('U_INVALID_CHAR_FOUND', 10) : new FastBuffer(bytes);
}

function btoa(input) {
  return require('buffer/base64_text').btoa(input, arguments.length);
}

function atob(input) {
  return require('buffer/base64_text').atob(input, arguments.length);
}

module.exports = {
  Buffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength: MAX_LENGTH,
  kStringMaxLength: MAX_STRING,
  btoa,
  atob,
};
Object.defineProperties(module.exports, {
  constants: {
    configurable: false,
    enumerable: true,
    value: Object.defineProperties({}, {
      MAX_LENGTH: { value: MAX_LENGTH, enumerable: true },
      MAX_STRING_LENGTH: { value: MAX_STRING, enumerable: true },
    }),
  },
  INSPECT_MAX_BYTES: {
    configurable: true,
    enumerable: true,
    get() { return inspectMaxBytes; },
    set(value) {
      require('internal/validators').validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      inspectMaxBytes = value;
    },
  },
});

// Loaded when asked for; an assignment replaces them.
for (const name of ['Blob', 'resolveObjectURL', 'File']) {
  const settle = (value) => Object.defineProperty(module.exports, name, {
    value, configurable: true, enumerable: true, writable: true });
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = require('web/blob')[name];
      settle(value);
      return value;
    },
    set: settle,
  });
}
