// SPDX-License-Identifier: MIT
//
// A worker's standard streams on its parent's side, made when somebody asks for them. What the program did not ask to
// have for itself is piped to the parent's own streams, as long as it is not read otherwise.
//
// Back-pressure: the parent says how many bytes of output were consumed, the worker that a chunk of input was.
'use strict';

const { Readable, Writable } = require('stream');

class Output extends Readable {
  #inner;
  #type;
  #unread = 0;
  constructor(inner, type) {
    super();
    this.#inner = inner;
    this.#type = type;
  }
  take(chunk) {
    this.#unread += chunk.byteLength;
    if (this.push(chunk)) this.#consumed();
  }
  _read() { this.#consumed(); }
  #consumed() {
    if (this.#unread === 0) return;
    this.#inner.postMessage({ type: 'consumed', stream: this.#type, bytes: this.#unread });
    this.#unread = 0;
  }
}

class Input extends Writable {
  #inner;
  #callback = null;
  constructor(inner) {
    super({ decodeStrings: true });
    this.#inner = inner;
  }
  _write(chunk, encoding, callback) {
    this.#callback = callback;
    this.#inner.postMessage({ type: 'stdin', chunk: Uint8Array.from(chunk) });
  }
  _final(callback) {
    this.#inner.postMessage({ type: 'stdin', chunk: null });
    callback();
  }
  consumed() {
    const callback = this.#callback;
    this.#callback = null;
    if (callback !== null) callback();
  }
}

class ParentStdio {
  constructor(inner, wants) {
    this.stdout = new Output(inner, 'stdout');
    this.stderr = new Output(inner, 'stderr');
    this.stdin = wants.stdin ? new Input(inner) : null;
    if (!wants.stdout) this.stdout.on('data', (chunk) => process.stdout.write(chunk));
    if (!wants.stderr) this.stderr.on('data', (chunk) => process.stderr.write(chunk));
  }
  push(type, chunk) {
    this[type].take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  stdinConsumed() { this.stdin.consumed(); }
  end() {
    this.stdout.push(null);
    this.stderr.push(null);
    this.stdin?.destroy();
  }
}

module.exports = { ParentStdio };
