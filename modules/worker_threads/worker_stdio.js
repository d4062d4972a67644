// SPDX-License-Identifier: MIT
//
// process.stdin, stdout and stderr of a worker: streams to and from its parent.
//
// A write is done at once while the parent has little to consume; otherwise it waits, and keeps the thread alive.
'use strict';

const { Readable, Writable } = require('stream');

const AHEAD = 64 * 1024; // bytes that may be under way

class Output extends Writable {
  #inner;
  #type;
  #underWay = 0;
  #waiting = null;
  constructor(inner, type) {
    super({ decodeStrings: true });
    this.#inner = inner;
    this.#type = type;
    this._isStdio = true;
  }
  _write(chunk, encoding, callback) {
    this.#underWay += chunk.byteLength;
    this.#inner.postMessage({ type: this.#type, chunk: Uint8Array.from(chunk) });
    if (this.#underWay < AHEAD || process._exiting) return callback();
    this.#waiting = callback;
    this.#inner.ref();
  }
  consumed(bytes) {
    this.#underWay -= bytes;
    if (this.#waiting === null || this.#underWay >= AHEAD) return;
    const callback = this.#waiting;
    this.#waiting = null;
    this.#inner.unref();
    callback();
  }
  // They stay writable for others.
  _destroy(error, callback) { callback(error); }
}

class Input extends Readable {
  #inner;
  #owed = false;
  constructor(inner) {
    super();
    this.#inner = inner;
    this.fd = 0;
    this.on('pause', () => inner.unref());
    this.on('end', () => inner.unref());
  }
  take(chunk) {
    if (chunk === null) return void this.push(null);
    this.#owed = true;
    if (this.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) this.#pay();
  }
  _read() {
    this.#inner.ref();
    this.#pay();
  }
  #pay() {
    if (!this.#owed) return;
    this.#owed = false;
    this.#inner.postMessage({ type: 'consumed' });
  }
}

// `early`: messages of the parent's that came before anybody looked.
function install(inner, hasStdin) {
  const streams = { stdin: null, stdout: null, stderr: null };
  const make = {
    stdin() {
      const stream = new Input(inner);
      if (!hasStdin) stream.push(null);
      return stream;
    },
    stdout: () => new Output(inner, 'stdout'),
    stderr: () => new Output(inner, 'stderr'),
  };
  for (const name of ['stdin', 'stdout', 'stderr']) {
    Object.defineProperty(process, name, {
      __proto__: null, configurable: true, enumerable: true, get() { return streams[name] ??= make[name](); },
    });
  }
  return {
    onInput(chunk) { process.stdin.take(chunk); },
    onConsumed(name, bytes) { streams[name]?.consumed(bytes); },
  };
}

module.exports = { install };
