// SPDX-License-Identifier: MIT
//
// BroadcastChannel: what one posts, all others of the same name in the process hear.
'use strict';

const { codes } = require('internal/errors');
const { EventTarget, defineEventHandler } = require('web/events');
const { pack: write } = require('worker_threads/pack');
const { kDeliver, kFailed, kClosed } = require('worker_threads/ports');
const { made } = require('worker_threads/message_event');
const native = binding('ports');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

let nativeOf;

class BroadcastChannel extends EventTarget {
  #native;
  #name;
  #active = true;

  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    this.#name = `${name}`;
    this.#native = native.join(this.#name);
    native.open(this.#native, this);
    native.start(this.#native, true);
    native.ref(this.#native, true);
  }

  static {
    nativeOf = (value) => (typeof value === 'object' && value !== null && #native in value ? value.#native : undefined);
  }

  static #of(channel) {
    if (typeof channel !== 'object' || channel === null || !(#native in channel)) {
      throw new codes.ERR_INVALID_THIS('BroadcastChannel');
    }
    return channel.#native;
  }

  get name() {
    BroadcastChannel.#of(this);
    return this.#name;
  }

  close() {
    const handle = BroadcastChannel.#of(this);
    if (!this.#active) return;
    this.#active = false;
    native.close(handle);
  }

  postMessage(message) {
    const handle = BroadcastChannel.#of(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (!this.#active) {
      const { DOMException } = require('web/domexception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    write(message, [], undefined, native.broadcast, handle);
  }

  ref() {
    native.ref(BroadcastChannel.#of(this), true);
    return this;
  }

  unref() {
    native.ref(BroadcastChannel.#of(this), false);
    return this;
  }

  [kDeliver](data) {
    if (!this.#active) return; // closed by a listener before this one
    this.dispatchEvent(made('message', data, []));
  }

  [kFailed](error) {
    this.dispatchEvent(made('messageerror', error, []));
  }

  [kClosed]() {}

  [kInspect](depth, options) {
    BroadcastChannel.#of(this);
    if (depth < 0) return 'BroadcastChannel';
    const { inspect } = require('util/inspect');
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BroadcastChannel ${inspect({ name: this.#name, active: this.#active }, inner)}`;
  }
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');
for (const name of ['name', 'close', 'postMessage']) {
  Object.defineProperty(BroadcastChannel.prototype, name, { enumerable: true });
}

module.exports = { BroadcastChannel, nativeOf };
