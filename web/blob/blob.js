// SPDX-License-Identifier: MIT
//
// Blob: immutable bytes with a type. The bytes live in one Uint8Array, shared by slices.
'use strict';

const { codes } = require('internal/errors');

const kBytes = Symbol('bytes');
const kType = Symbol('type');
const kInternal = Symbol('internal');

function requireBlob(value) {
  if (!isBlob(value)) throw new codes.ERR_INVALID_THIS('Blob');
}

function isBlob(value) {
  return typeof value === 'object' && value !== null && kBytes in value;
}

// A part as bytes. Copied, since the caller may go on writing to it.
function bytesOfPart(part, nativeEndings) {
  if (isBlob(part)) return part[kBytes];
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice();
  if (require('util/types').isAnyArrayBuffer(part)) return new Uint8Array(part).slice();
  let text = `${part}`;
  if (nativeEndings) text = text.replace(/\r\n?/g, '\n');
  return require('buffer').Buffer.from(text);
}

function joined(parts) {
  if (parts.length === 1) return parts[0];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

// Types are lower case and printable ASCII, or nothing.
function normalType(type) {
  const text = `${type}`;
  return /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
}

class Blob {
  constructor(sources = [], options = {}) {
    if (sources === kInternal) {
      this[kBytes] = options.bytes;
      this[kType] = options.type;
      return;
    }
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('sources', 'a sequence', sources);
    }
    require('internal/validators').validateDictionary(options, 'options');
    const { type = '', endings = 'transparent' } = options ?? {};
    if (endings !== 'transparent' && endings !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    this[kBytes] = joined(Array.from(sources, (part) => bytesOfPart(part, endings === 'native')));
    this[kType] = normalType(type);
  }

  get type() {
    requireBlob(this);
    return this[kType];
  }

  get size() {
    requireBlob(this);
    return this[kBytes].byteLength;
  }

  slice(start = 0, end = this.size, contentType = '') {
    requireBlob(this);
    const clamp = (value) => {
      const number = Math.trunc(Number(value)) || 0;
      return number < 0 ? Math.max(this.size + number, 0) : Math.min(number, this.size);
    };
    const from = clamp(start);
    const bytes = this[kBytes].subarray(from, Math.max(from, clamp(end)));
    return new Blob(kInternal, { bytes, type: normalType(contentType) });
  }

  async arrayBuffer() {
    requireBlob(this);
    return this[kBytes].slice().buffer;
  }

  async bytes() {
    requireBlob(this);
    return new Uint8Array(this[kBytes]);
  }

  async text() {
    requireBlob(this);
    const { TextDecoder } = require('web/encoding');
    return new TextDecoder().decode(this[kBytes]);
  }

  stream() {
    requireBlob(this);
    const { ReadableStream } = require('web/streams');
    const bytes = this[kBytes];
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (at >= bytes.byteLength) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        controller.enqueue(bytes.slice(at, at + 65536));
        at += 65536;
      },
    });
  }

  [require('internal/util').customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util/inspect');
    return `${this.constructor.name} ${inspect({ size: this.size, type: this.type }, options)}`;
  }
}

for (const name of ['type', 'size', 'slice', 'arrayBuffer', 'bytes', 'text', 'stream']) {
  const descriptor = Object.getOwnPropertyDescriptor(Blob.prototype, name);
  descriptor.enumerable = true;
  Object.defineProperty(Blob.prototype, name, descriptor);
}
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'Blob' });

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = {}) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('sources', 'fileName');
    super(fileBits, options);
    const lastModified = options?.lastModified;
    this.#name = `${fileName}`.toWellFormed();
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(Number(lastModified)) || 0;
  }

  get name() {
    return this.#name;
  }

  get lastModified() {
    return this.#lastModified;
  }
}

for (const name of ['name', 'lastModified']) {
  const descriptor = Object.getOwnPropertyDescriptor(File.prototype, name);
  descriptor.enumerable = true;
  Object.defineProperty(File.prototype, name, descriptor);
}
Object.defineProperty(File.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'File' });

function resolveObjectURL(url) {
  return require('web/blob/registry').resolve(`${url}`);
}

module.exports = { Blob, File, isBlob, resolveObjectURL };
