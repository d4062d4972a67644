// SPDX-License-Identifier: MIT
//
// MessageChannel and MessagePort.
//
// The C half (ports.c) has the queues; here are the classes, and the two ways of a message: pack and post, unpack and
// dispatch. A port's native object exists from the start; its handle in the loop is opened when somebody listens.
// For other modules: pack() and unpack() hand values to other threads as numbers.
'use strict';

const { codes } = require('internal/errors');
const { NodeEventTarget } = require('web/events/node_target');
const { Event, defineEventHandler, kNewListener, kRemoveListener, kCreateEvent, kHybridDispatch } = require('web/events');
const { pack: write } = require('worker_threads/pack');
const { unpack: read, receivedPorts } = require('worker_threads/unpack');
const native = binding('ports');

const kCreate = Symbol('kCreate');
const kDeliver = Symbol('kDeliver');
const kFailed = Symbol('kFailed');
const kClosed = Symbol('kClosed');
const kInspect = Symbol.for('nodejs.util.inspect.custom');
const NOTHING = [];

let nativeOf;
let detach;

function badTransfer(what) {
  const error = new TypeError(`Optional ${what} argument must be an iterable`);
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

// What the second argument of postMessage asks to be moved.
function transferOf(options) {
  if (options === undefined || options === null) return NOTHING;
  if (Array.isArray(options)) return options;
  if (typeof options !== 'object' && typeof options !== 'function') throw badTransfer('transferList');
  if (options[Symbol.iterator] !== undefined) return listOf(options, 'transferList');
  const { transfer } = options;
  return transfer === undefined ? NOTHING : listOf(transfer, 'options.transfer');
}

function listOf(iterable, what) {
  if (iterable === null || typeof iterable[Symbol.iterator] !== 'function') throw badTransfer(what);
  if (Array.isArray(iterable)) return iterable;
  const iterator = iterable[Symbol.iterator]();
  if (iterator === null || typeof iterator !== 'object' || typeof iterator.next !== 'function') throw badTransfer(what);
  const list = [];
  for (let step = iterator.next(); !step.done; step = iterator.next()) list.push(step.value);
  return list;
}

function loseChannel(argument, ...message) {
  native.drop(native.pack(...message));
  process.emitWarning('The target port was posted to itself, and the communication channel was lost');
  return 1;
}

class MessagePort extends NodeEventTarget {
  #native;
  #ports = NOTHING; // that came with the message being dispatched
  #detached = false;
  #asyncId = 0;

  constructor(key, handle) {
    if (key !== kCreate) throw new codes.ERR_CONSTRUCT_CALL_INVALID();
    super();
    this.#native = handle;
    const async = require.cache.get('internal/async')?.exports;
    if (async?.hooksActive()) this.#asyncId = announce(this, async);
  }

  static {
    nativeOf = (value) => (typeof value === 'object' && value !== null && #native in value ? value.#native : undefined);
    detach = (port) => { port.#detached = true; };
  }

  static #of(port) {
    if (typeof port !== 'object' || port === null || !(#native in port)) throw new TypeError('Illegal invocation');
    return port.#native;
  }

  postMessage(message, transferList = undefined) {
    const handle = MessagePort.#of(this);
    if (arguments.length === 0) {
      throw Object.assign(new TypeError('Not enough arguments to MessagePort.postMessage'), { code: 'ERR_MISSING_ARGS' });
    }
    const transfer = transferOf(transferList);
    let send = native.post;
    if (transfer.length > 0 && transfer.some((item) => item !== this && samePair(handle, item))) send = loseChannel;
    return write(message, transfer, this, send, handle) > 0 ? true : undefined;
  }

  start() {
    const handle = MessagePort.#of(this);
    if (this.#detached) return;
    native.open(handle, this);
    native.start(handle, true);
  }

  close(callback = undefined) {
    const handle = MessagePort.#of(this);
    if (this.#detached) return;
    if (typeof callback === 'function') this.once('close', callback);
    native.open(handle, this); // closing takes until the end of the turn
    native.close(handle);
  }

  ref() {
    const handle = MessagePort.#of(this);
    if (this.#detached) return;
    native.open(handle, this);
    native.ref(handle, true);
  }

  unref() {
    const handle = MessagePort.#of(this);
    if (!this.#detached) native.ref(handle, false);
  }

  hasRef() { return native.hasRef(MessagePort.#of(this)); }

  [kNewListener](size, type, ...rest) {
    super[kNewListener](size, type, ...rest);
    if (size !== 1 || this.#detached) return;
    if (type === 'message') {
      this.start();
      this.ref();
    } else if (type === 'close') {
      native.open(this.#native, this);
    }
  }

  [kRemoveListener](size, type, ...rest) {
    super[kRemoveListener](size, type, ...rest);
    if (type !== 'message' || size !== 0 || this.#detached) return;
    native.start(this.#native, false);
    this.unref();
  }

  [kCreateEvent](data, type) {
    if (type === 'message' || type === 'messageerror') {
      return require('worker_threads/message_event').made(type, data, this.#ports);
    }
    return type === 'close' ? new MessagePortCloseEvent() : super[kCreateEvent](data, type);
  }

  [kDeliver](data, ports) {
    this.#ports = ports;
    this[kHybridDispatch](data, 'message', undefined);
    this.#ports = NOTHING;
  }

  [kFailed](error) {
    this[kHybridDispatch](error, 'messageerror', undefined);
  }

  [kClosed]() {
    this.dispatchEvent(new MessagePortCloseEvent());
    if (this.#asyncId !== 0) require('internal/async').emitDestroy(this.#asyncId);
  }

  [kInspect](depth, options) {
    if (depth < 0) return 'MessagePort';
    const { inspect } = require('util/inspect');
    const shown = { active: !this.#detached && !native.isDetached(this.#native), refed: this.hasRef() };
    return `MessagePort [EventTarget] ${inspect(shown, { ...options, depth: null })}`;
  }
}
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
for (const name of ['postMessage', 'start', 'ref', 'unref', 'hasRef', 'close']) {
  Object.defineProperty(MessagePort.prototype, name, { enumerable: true });
}

// The class as programs see it: not to be called, and with an error of its own when it is.
const PublicMessagePort = new Proxy(MessagePort, {
  apply() { throw new codes.ERR_CONSTRUCT_CALL_INVALID(); },
});
Object.defineProperty(MessagePort.prototype, 'constructor', {
  value: PublicMessagePort, writable: true, enumerable: false, configurable: true,
});

// Tells hooks of async_hooks.
function announce(port, async) {
  const id = async.newAsyncId();
  async.emitInit(id, 'MESSAGEPORT', async.defaultTriggerAsyncId(), port);
  return id;
}

class MessagePortCloseEvent extends Event {
  constructor() {
    super('close');
  }
}

function samePair(handle, item) {
  const other = nativeOf(item);
  return other !== undefined && native.samePair(handle, other);
}

// A port of this thread around an end that C holds.
function adopt(handle) {
  return new MessagePort(kCreate, handle);
}

function MessageChannel() {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('MessageChannel');
  const [a, b] = native.pair();
  this.port1 = adopt(a);
  this.port2 = adopt(b);
}

// ---- From C ----

function deliver(target, words, text) {
  let data;
  try {
    data = read(words, text);
  } catch (error) {
    target[kFailed](error);
    return;
  }
  target[kDeliver](data, receivedPorts());
}

native.setup(deliver, (target) => target[kClosed]());

function notAPort(port) {
  const error = new codes.ERR_INVALID_ARG_TYPE('port', 'MessagePort instance', port);
  error.message = 'The "port" argument must be a MessagePort instance';
  return error;
}

function moveMessagePortToContext(port, context) {
  if (nativeOf(port) === undefined) throw notAPort(port);
  if (native.isDetached(nativeOf(port))) throw new codes.ERR_CLOSED_MESSAGE_PORT();
  if (typeof context !== 'object' || context === null || !require('vm').isContext(context)) {
    throw Object.assign(new TypeError('Invalid context argument'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  return require('worker_threads/context_port').moveMessagePortToContext(port, context);
}

function receiveMessageOnPort(port) {
  let handle = nativeOf(port);
  if (handle === undefined && require.cache.has('worker_threads/broadcast_channel')) {
    handle = require('worker_threads/broadcast_channel').nativeOf(port);
  }
  if (handle === undefined) throw notAPort(port);
  const words = native.receive(handle);
  if (words < 0) return undefined;
  try {
    return { message: read(words, undefined) };
  } finally {
    native.done();
  }
}

// ---- Parcels: for other modules ----

function toParcel(argument, ...message) {
  return native.pack(...message);
}

// The value as a number, to be unpacked or to start a thread with, once.
function pack(value, transferList = NOTHING) {
  return write(value, transferList, undefined, toParcel, undefined);
}

function unpack(parcel) {
  try {
    return read(native.openParcel(parcel), undefined);
  } finally {
    native.done();
  }
}

module.exports = {
  MessageChannel, MessagePort: PublicMessagePort, moveMessagePortToContext, receiveMessageOnPort, pack, unpack,
  adopt, detach, nativeOf, kDeliver, kFailed, kClosed,
  get MessageEvent() { return require('worker_threads/message_event').MessageEvent; },
  get BroadcastChannel() { return require('worker_threads/broadcast_channel').BroadcastChannel; },
};
