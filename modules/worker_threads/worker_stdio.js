// SPDX-License-Identifier: MIT
//
// process.stdin, stdout and stderr of a worker: streams to and from its parent.
//
// A write is done at once while the parent has little to consume; otherwise it waits, and keeps the thread alive.
'use strict';

const { Readable, Writable } = require('stream');

const AHEAD = 64 * 1024; // bytes that may be under way

// The thread lives on while anybody waits for the parent.
class Keeper {
  #inner;
  #waiting = 0;
  constructor(inner) { this.#inner = inner; }
  hold() { if (this.#waiting++ === 0) this.#inner.ref(); }
  release() { if (--this.#waiting === 0) this.#inner.unref(); }
}

class Output extends Writable {
  #inner;
  #type;
  #underWay = 0;
  #waiting = null;
  #keeper;
  constructor(inner, keeper, type) {
    super({ decodeStrings: true });
    this.#inner = inner;
    this.#keeper = keeper;
    this.#type = type;
    this._isStdio = true;
  }
  _write(chunk, encoding, callback) {
    this.#underWay += chunk.byteLength;
    this.#inner.postMessage({ type: this.#type, chunk: Uint8Array.from(chunk) });
    if (this.#underWay < AHEAD || process._exiting) return callback();
    this.#waiting = callback;
    this.#keeper.hold();
  }
  consumed(bytes) {
    this.#underWay -= bytes;
    if (this.#waiting === null || this.#underWay >= AHEAD) return;
    const callback = this.#waiting;
    this.#waiting = null;
    this.#keeper.release();
    callback();
  }
  // They stay writable for others.
  _destroy(error, callback) { callback(error); }
}

class Input extends Readable {
  #inner;
  #keeper;
  #owed = false;
  #waits = false;
  constructor(inner, keeper) {
    super();
    this.#inner = inner;
    this.#keeper = keeper;
    this.fd = 0;
    this.on('pause', () => this.#wait(false));
  }
  #wait(yes) {
    if (this.#waits === yes) return;
    this.#waits = yes;
    if (yes) this.#keeper.hold();
    else this.#keeper.release();
  }
  take(chunk) {
    this.#wait(false);
    if (chunk === null) return void this.push(null);
    this.#owed = true;
    if (this.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) this.#pay();
  }
  _read() {
    this.#wait(true);
    this.#pay();
  }
  #pay() {
    if (!this.#owed) return;
    this.#owed = false;
    this.#inner.postMessage({ type: 'consumed' });
  }
}

function make(inner, hasStdin) {
  const keeper = new Keeper(inner);
  const streams = { stdin: null, stdout: null, stderr: null };
  const makers = {
    stdin() {
      const stream = new Input(inner, keeper);
      if (!hasStdin) stream.push(null);
      return stream;
    },
    stdout: () => new Output(inner, keeper, 'stdout'),
    stderr: () => new Output(inner, keeper, 'stderr'),
  };
  return {
    get(name) { return streams[name] ??= makers[name](); },
    onInput(chunk) { this.get('stdin').take(chunk); },
    onConsumed(name, bytes) { streams[name]?.consumed(bytes); },
  };
}

module.exports = { make };
