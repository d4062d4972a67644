// SPDX-License-Identifier: MIT
//
// MessageChannel, MessagePort and BroadcastChannel within one thread.
//
// A message is cloned when it is posted and delivered in a later turn of the loop. A port that listens keeps the
// process alive until it is closed or unreferenced.
'use strict';

const { codes } = require('internal/errors');
const { NodeEventTarget } = require('web/events/node_target');
const { Event, defineEventHandler } = require('web/events');
const timers = require('timers');

const kCreate = Symbol('kCreate');
const KEEP_ALIVE = 2 ** 31 - 1;

class MessageEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = init;
  }
  get data() { return this.#init.data === undefined ? null : this.#init.data; }
  get origin() { return this.#init.origin ?? ''; }
  get lastEventId() { return this.#init.lastEventId ?? ''; }
  get source() { return this.#init.source ?? null; }
  get ports() { return this.#init.ports ?? []; }
}

function clone(value, transfer) {
  return require('web/structured_clone').structuredClone(value, { transfer });
}

function transferOf(options) {
  if (options === undefined || options === null) return [];
  if (Array.isArray(options)) return options;
  if (typeof options === 'object' && options.transfer !== undefined) return [...options.transfer];
  if (typeof options === 'object' && typeof options[Symbol.iterator] === 'function') return [...options];
  return [];
}

class MessagePort extends NodeEventTarget {
  #peer = null;
  #queue = [];
  #started = false;
  #closed = false;
  #scheduled = false;
  #refed = false;
  #keeper = null;

  constructor(key) {
    if (key !== kCreate) throw new codes.ERR_CONSTRUCT_CALL_INVALID();
    super();
  }

  static entangle(a, b) {
    a.#peer = b;
    b.#peer = a;
  }

  // For receiveMessageOnPort.
  static take(port) {
    return port.#queue.length > 0 ? { message: port.#queue.shift() } : undefined;
  }

  postMessage(message, options) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    const transfer = transferOf(options);
    if (transfer.includes(this)) {
      const { DOMException } = require('web/domexception');
      throw new DOMException('Transfer list contains source port', 'DataCloneError');
    }
    const copy = clone(message, transfer);
    const peer = this.#peer;
    if (this.#closed || peer === null || peer.#closed) return;
    peer.#queue.push(copy);
    if (peer.#started) peer.#schedule();
  }

  #schedule() {
    if (this.#scheduled || this.#queue.length === 0) return;
    this.#scheduled = true;
    timers.setImmediate(() => this.#deliver());
  }

  #deliver() {
    this.#scheduled = false;
    if (!this.#started || this.#queue.length === 0) return;
    const message = this.#queue.shift();
    this.#schedule();
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  start() {
    if (this.#closed || this.#started) return;
    this.#started = true;
    this.ref();
    this.#schedule();
  }

  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    if (this.#closed) return;
    const peer = this.#peer;
    this.#end();
    if (peer !== null) peer.#end();
  }

  #end() {
    if (this.#closed) return;
    this.#closed = true;
    this.unref();
    timers.setImmediate(() => this.dispatchEvent(new Event('close')));
  }

  ref() {
    if (this.#closed || this.#refed) return;
    this.#refed = true;
    this.#keeper = timers.setInterval(() => {}, KEEP_ALIVE);
  }

  unref() {
    if (!this.#refed) return;
    this.#refed = false;
    timers.clearInterval(this.#keeper);
  }

  hasRef() { return this.#refed; }

  [require('web/events').kNewListener](size, type, ...rest) {
    super[require('web/events').kNewListener]?.(size, type, ...rest);
    if (type === 'message' && size === 1) this.start();
  }

  [require('web/events').kRemoveListener](size, type, ...rest) {
    super[require('web/events').kRemoveListener]?.(size, type, ...rest);
    if (type === 'message' && size === 0) this.unref();
  }

  [require('web/events').kCreateEvent](type, data) {
    return type === 'message' ? new MessageEvent(type, { data }) : new Event(type);
  }
}
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
defineEventHandler(MessagePort.prototype, 'close');

function MessageChannel() {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('MessageChannel');
  this.port1 = new MessagePort(kCreate);
  this.port2 = new MessagePort(kCreate);
  MessagePort.entangle(this.port1, this.port2);
}

function receiveMessageOnPort(port) {
  if (!(port instanceof MessagePort)) {
    if (port instanceof BroadcastChannel) return BroadcastChannel.take(port);
    const error = new codes.ERR_INVALID_ARG_TYPE('port', 'MessagePort instance', port);
    error.message = 'The "port" argument must be a MessagePort instance';
    throw error;
  }
  return MessagePort.take(port);
}

// ---- BroadcastChannel ----

const channels = new Map(); // name -> Set

class BroadcastChannel extends NodeEventTarget {
  #name;
  #port;
  #inner;
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#inner = port2;
    port1.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    if (!channels.has(this.#name)) channels.set(this.#name, new Set());
    channels.get(this.#name).add(this);
  }
  static take(channel) { return MessagePort.take(channel.#port); }
  get name() { return this.#name; }
  postMessage(message) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this.#inner === null) {
      const { DOMException } = require('web/domexception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    const copy = clone(message, []);
    for (const other of channels.get(this.#name)) if (other !== this) other.#inner.postMessage(copy);
  }
  close() {
    if (this.#inner === null) return;
    this.#inner = null;
    channels.get(this.#name).delete(this);
    this.#port.close();
  }
  ref() {
    this.#port.ref();
    return this;
  }
  unref() {
    this.#port.unref();
    return this;
  }
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = { MessageChannel, MessagePort, MessageEvent, BroadcastChannel, receiveMessageOnPort };
