// SPDX-License-Identifier: MIT
//
// Blob. Idea: a blob is a list of parts, each bytes that nobody else can write to or a range of a file; slices share
// the parts of their blob. Files are read when the blob is, and must not have changed by then. State: none beside
// the parts, which never change.
'use strict';

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { kPack } = require('web/structured_clone/protocol');

const CHUNK = 65536;

// ---- Parts ----

function partSize(part) {
  return part.end - part.start;
}

function memoryPart(bytes) {
  return { bytes, path: undefined, start: 0, end: bytes.length, stamp: undefined };
}

function textPart(text, endings) {
  if (endings === 'native') text = text.replace(/\r\n?/g, '\n');
  return memoryPart(new Uint8Array(require('buffer').Buffer.from(text.toWellFormed(), 'utf8')));
}

function partsFrom(source, endings) {
  if (ArrayBuffer.isView(source)) {
    return [memoryPart(new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice())];
  }
  if (require('buffer/kinds').isAnyArrayBuffer(source)) return [memoryPart(new Uint8Array(source).slice())];
  if (isBlob(source)) return partsOf(source);
  return [textPart(`${source}`, endings)];
}

function collect(sources, endings) {
  const parts = [];
  for (const source of sources) {
    for (const part of partsFrom(source, endings)) if (partSize(part) > 0 || part.path) parts.push(part);
  }
  return parts;
}

function sliceParts(parts, start, end) {
  const kept = [];
  let at = 0;
  for (const part of parts) {
    const size = partSize(part);
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, size);
    if (from < to) kept.push({ ...part, start: part.start + from, end: part.start + to });
    at += size;
  }
  return kept;
}

// ---- Reading ----

async function checkUnchanged(part, handle) {
  const stats = await handle.stat();
  if (stats.size === part.stamp.size && stats.mtimeMs === part.stamp.mtimeMs) return;
  const { DOMException } = require('web/domexception');
  throw new DOMException('The blob could not be read', 'NotReadableError');
}

async function* readFile(part) {
  const handle = await require('fs/promises').open(part.path);
  try {
    await checkUnchanged(part, handle);
    for (let at = part.start; at < part.end;) {
      const chunk = new Uint8Array(Math.min(CHUNK, part.end - at));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
      await checkUnchanged(part, handle);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

// Yields fresh copies, never the blob's own bytes.
async function* readParts(parts) {
  for (const part of parts) {
    if (part.path !== undefined) yield* readFile(part);
    else yield part.bytes.slice(part.start, part.end);
  }
}

async function readAll(parts) {
  let size = 0;
  const chunks = [];
  for (const part of parts) {
    if (part.path === undefined) {
      chunks.push(part.bytes.subarray(part.start, part.end));
      size += partSize(part);
      continue;
    }
    for await (const chunk of readFile(part)) {
      chunks.push(chunk);
      size += chunk.length;
    }
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

// ---- Options ----

function requireDictionary(options) {
  if (options === undefined || options === null) return {};
  if (typeof options === 'object' || typeof options === 'function') return options;
  const error = new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  error.message = error.message.replace('must be of type object', 'must be a dictionary');
  throw error;
}

function requireSequence(sources) {
  if (sources !== null && typeof sources === 'object' && typeof sources[Symbol.iterator] === 'function') return;
  const error = new codes.ERR_INVALID_ARG_TYPE('sources', 'Object', sources);
  error.message = error.message.replace('must be of type object', 'must be a sequence');
  throw error;
}

function normalType(type) {
  type = `${type}`;
  return /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
}

function clampIndex(value, size) {
  value = Math.trunc(+value) || 0;
  return value < 0 ? Math.max(size + value, 0) : Math.min(value, size);
}

let isBlob;
let partsOf;
let fromParts;

class Blob {
  #parts = [];
  #size = 0;
  #type = '';

  constructor(sources = [], options = undefined) {
    requireSequence(sources);
    options = requireDictionary(options);
    const { endings = 'transparent', type = '' } = options;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    this.#parts = collect(sources, endings);
    this.#size = this.#parts.reduce((sum, part) => sum + partSize(part), 0);
    this.#type = normalType(type);
  }

  static {
    isBlob = (value) => typeof value === 'object' && value !== null && #parts in value;
    partsOf = (blob) => blob.#parts;
    fromParts = (parts, type) => {
      const blob = new Blob();
      blob.#parts = parts;
      blob.#size = parts.reduce((sum, part) => sum + partSize(part), 0);
      blob.#type = type;
      return blob;
    };
  }

  get type() {
    requireBlob(this);
    return this.#type;
  }

  get size() {
    requireBlob(this);
    return this.#size;
  }

  slice(start = 0, end = this.size, type = '') {
    requireBlob(this);
    const from = clampIndex(start, this.#size);
    const to = clampIndex(end, this.#size);
    return fromParts(sliceParts(this.#parts, from, to), normalType(type));
  }

  async arrayBuffer() {
    requireBlob(this);
    return (await readAll(this.#parts)).buffer;
  }

  async text() {
    requireBlob(this);
    const bytes = await readAll(this.#parts);
    const { TextDecoder } = require('web/encoding');
    return new TextDecoder().decode(bytes);
  }

  async bytes() {
    requireBlob(this);
    return readAll(this.#parts);
  }

  stream() {
    requireBlob(this);
    const { ReadableStream } = require('web/streams');
    const chunks = readParts(this.#parts);
    return new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        const { value, done } = await chunks.next();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        controller.close();
        controller.byobRequest?.respond(0);
      },
      async cancel() {
        await chunks.return();
      },
    }, { highWaterMark: 0 });
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return '[Blob]';
    const { inspect } = require('util/inspect');
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Blob ${inspect({ size: this.size, type: this.type }, inner)}`;
  }

  // A clone looks at the same bytes, in whatever thread: nobody writes to them.
  [kPack]() {
    const parts = this.#parts;
    if (parts.some((part) => part.path !== undefined)) {
      throw new codes.ERR_INVALID_STATE('File-backed Blobs are not cloneable');
    }
    return { deserializeInfo: 'web/blob:openBlob', data: { token: tokenOf(parts), parts: parts.map(bytesOfPart), type: this.#type } };
  }
}

function bytesOfPart({ bytes, start, end }) {
  return bytes.subarray(start, end).slice();
}

function tokenOf(parts) {
  return require('web/structured_clone/local').tokenOf(parts);
}

function openBlob({ token, parts, type }) {
  return fromParts(require('web/structured_clone/local').find(token) ?? parts.map(memoryPart), type);
}

function requireBlob(value) {
  if (!isBlob(value)) throw new codes.ERR_INVALID_THIS('Blob');
}

Object.defineProperty(Blob.prototype, Symbol.toStringTag, { configurable: true, value: 'Blob' });
for (const name of ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes']) {
  Object.defineProperty(Blob.prototype, name, { enumerable: true });
}

// A blob over a file as it is now.
function createFileBlob(path, { type = '' } = {}) {
  let stats;
  try {
    stats = require('fs').statSync(path);
  } catch {
    const error = new codes.ERR_INVALID_ARG_VALUE('path', path);
    error.message = 'Unable to open file as blob';
    throw error;
  }
  const stamp = { size: stats.size, mtimeMs: stats.mtimeMs };
  return fromParts([{ bytes: undefined, path, start: 0, end: stats.size, stamp }], normalType(type));
}

module.exports = {
  openBlob,
  Blob,
  isBlob,
  createFileBlob,
  get File() { return require('web/blob/file').File; },
  get resolveObjectURL() { return require('web/blob/registry').resolveObjectURL; },
};
