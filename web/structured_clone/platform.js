// SPDX-License-Identifier: MIT
//
// Copies and transfers of platform objects whose classes do not speak the protocol of web/structured_clone/protocol
// themselves. Idea: never load a subsystem to ask about an object: an object of a class that was never loaded
// cannot exist, so plain objects are recognised first and the rest by the name of a class on the prototype chain.

'use strict';

function classNames(value) {
  const names = [];
  for (let proto = Object.getPrototypeOf(value); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const ctor = Object.getOwnPropertyDescriptor(proto, 'constructor')?.value;
    if (typeof ctor === 'function') names.push(ctor.name);
  }
  return names;
}

function isPlain(value) {
  const proto = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype;
}

function cloneOf(value, dataCloneError) {
  if (isPlain(value)) return undefined;
  const names = classNames(value);
  if (names.includes('Blob')) {
    const { Blob, File } = require('web/blob');
    if (File !== undefined && value instanceof File) {
      return new File([value], value.name, { type: value.type, lastModified: value.lastModified });
    }
    if (value instanceof Blob) return value.slice(0, value.size, value.type);
  }
  if (names.includes('URL') || names.includes('URLSearchParams')) {
    const { URL, URLSearchParams } = require('web/url');
    if (value instanceof URL || value instanceof URLSearchParams) {
      throw dataCloneError('Cannot clone object of unsupported type.');
    }
  }
  if (names.includes('MessagePort') || names.some((name) => /^(?:Readable|Writable|Transform)Stream$/.test(name))) {
    if (transferOf(value, dataCloneError) !== undefined) {
      throw dataCloneError('Object that needs transfer was found in message but not listed in transferList');
    }
  }
  return undefined;
}

// Within one thread a stream moves by piping: the old one is locked for good, the new one is what comes out.
function transferOf(value, dataCloneError) {
  if (isPlain(value)) return undefined;
  const names = classNames(value);
  const has = (name) => names.includes(name);
  if (has('ReadableStream')) {
    const { ReadableStream, TransformStream } = require('web/streams');
    if (!(value instanceof ReadableStream)) return undefined;
    if (value.locked) throw dataCloneError('Cannot transfer a locked ReadableStream');
    return () => value.pipeThrough(new TransformStream());
  }
  if (has('WritableStream')) {
    const { WritableStream, TransformStream } = require('web/streams');
    if (!(value instanceof WritableStream)) return undefined;
    if (value.locked) throw dataCloneError('Cannot transfer a locked WritableStream');
    return () => {
      const { readable, writable } = new TransformStream();
      readable.pipeTo(value).catch(() => {});
      return writable;
    };
  }
  if (has('TransformStream')) {
    const { TransformStream } = require('web/streams');
    if (!(value instanceof TransformStream)) return undefined;
    if (value.readable.locked || value.writable.locked) throw dataCloneError('Cannot transfer a locked TransformStream');
    return () => {
      const outer = new TransformStream();
      const readable = value.readable.pipeThrough(new TransformStream());
      outer.readable.pipeTo(value.writable).catch(() => {});
      return Object.defineProperties(new TransformStream(), {
        readable: { value: readable, configurable: true },
        writable: { value: outer.writable, configurable: true },
      });
    };
  }
  // Ports of one thread stay the object they are: nobody else holds the other view of it.
  if (has('MessagePort')) return () => value;
  return undefined;
}

module.exports = { cloneOf, transferOf };
