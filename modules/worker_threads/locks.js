// SPDX-License-Identifier: MIT
//
// The Web Locks API, over the process's table (locks.c): `worker_threads.locks`, which is `navigator.locks`.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const native = binding('locks');

const NEWS_GRANTED = 0;
const PENDING = 0;
const UNAVAILABLE = 2;
const WAIT = 0;
const IF_AVAILABLE = 1;
const STEAL = 2;

const kName = Symbol('kName');
const kMode = Symbol('kMode');
const kMake = Symbol('kMake');

const requests = new Map(); // id -> { granted(), stolen() }
let lastId = 0;

function onNews(id, news) {
  const request = requests.get(id);
  if (request === undefined) return;
  if (news === NEWS_GRANTED) request.granted();
  else request.stolen();
}

native.setup(onNews);

function domError(message, name) {
  const { DOMException } = require('web/domexception');
  return new DOMException(message, name);
}

function typeError(message, code) {
  return Object.assign(new TypeError(message), { code });
}

class Lock {
  constructor(key, name, mode) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kMode] = mode;
  }
  get name() { return this[kName]; }
  get mode() { return this[kMode]; }
}

function optionsOf(options) {
  if (options === undefined || options === null) options = {};
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw typeError('Value cannot be converted to a dictionary', 'ERR_INVALID_ARG_TYPE');
  }
  const { ifAvailable, signal, steal } = options;
  const mode = options.mode === undefined ? 'exclusive' : `${options.mode}`;
  if (mode !== 'exclusive' && mode !== 'shared') {
    throw typeError(`mode value '${mode}' is not a valid enum value of type LockMode.`, 'ERR_INVALID_ARG_VALUE');
  }
  if (signal !== undefined) {
    if (typeof signal !== 'object' || signal === null) throw typeError('Value is not an object', 'ERR_INVALID_ARG_TYPE');
    require('internal/validators').validateAbortSignal(signal, 'options.signal');
  }
  return { mode, ifAvailable: Boolean(ifAvailable), steal: Boolean(steal), signal };
}

function checkTogether(name, { mode, ifAvailable, steal, signal }) {
  if (name.startsWith('-')) throw domError('Lock name may not start with hyphen', 'NotSupportedError');
  if (ifAvailable && steal) throw domError('ifAvailable and steal are mutually exclusive', 'NotSupportedError');
  if (mode !== 'exclusive' && steal) throw domError(`mode: "${mode}" and steal are mutually exclusive`, 'NotSupportedError');
  if (signal !== undefined && (steal || ifAvailable)) {
    throw domError('signal cannot be used with steal or ifAvailable', 'NotSupportedError');
  }
}

// One request: waits, is granted, runs the callback, gives the lock back when that has settled.
class Request {
  constructor(name, options, callback) {
    this.id = ++lastId;
    this.name = name;
    this.mode = options.mode;
    this.callback = callback;
    this.signal = options.signal;
    this.onAbort = undefined;
    this.settled = Promise.withResolvers();
    requests.set(this.id, this);
  }

  ask({ ifAvailable, steal }) {
    const how = steal ? STEAL : ifAvailable ? IF_AVAILABLE : WAIT;
    const answer = native.request(this.id, this.name, this.mode === 'shared', how);
    if (steal) { // who loses it here learns that first
      const news = native.oldNews();
      for (let i = 0; i < news.length; i += 2) onNews(news[i], news[i + 1]);
    }
    if (answer === PENDING) {
      this.watchSignal();
    } else if (answer === UNAVAILABLE) {
      requests.delete(this.id);
      this.run(null);
    } else {
      this.granted();
    }
    return this.settled.promise;
  }

  watchSignal() {
    if (this.signal === undefined) return;
    this.onAbort = () => {
      if (!native.cancel(this.id)) return;
      requests.delete(this.id);
      this.settled.reject(this.signal.reason);
    };
    this.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  granted() {
    if (this.onAbort !== undefined) {
      this.signal.removeEventListener('abort', this.onAbort);
      if (this.signal.aborted) { // between the grant and its news
        this.release();
        this.settled.reject(this.signal.reason);
        return;
      }
    }
    this.run(new Lock(kMake, this.name, this.mode));
  }

  release() {
    requests.delete(this.id);
    native.release(this.id);
  }

  async run(lock) {
    try {
      const result = await this.callback.call(undefined, lock);
      if (lock !== null) this.release();
      this.settled.resolve(result);
    } catch (error) {
      if (lock !== null) this.release();
      this.settled.reject(error);
    }
  }

  stolen() {
    requests.delete(this.id);
    this.settled.reject(domError('The operation was aborted', 'AbortError'));
  }
}

function description(list) {
  const out = [];
  for (let i = 0; i < list.length; i += 3) {
    out.push({ name: list[i], mode: list[i + 1] ? 'shared' : 'exclusive', clientId: `node-${process.pid}-${list[i + 2]}` });
  }
  return out;
}

class LockManager {
  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  async request(name, options, callback = undefined) {
    if (!(this instanceof LockManager)) throw new codes.ERR_INVALID_THIS('LockManager');
    if (callback === undefined) {
      callback = options;
      options = undefined;
    }
    name = `${name}`;
    validateFunction(callback, 'callback');
    const checked = optionsOf(options);
    checked.signal?.throwIfAborted();
    checkTogether(name, checked);
    return new Request(name, checked, callback).ask(checked);
  }

  async query() {
    if (!(this instanceof LockManager)) throw new codes.ERR_INVALID_THIS('LockManager');
    const [held, pending] = native.query();
    return { held: description(held).reverse(), pending: description(pending) }; // held: the newest first
  }
}
for (const name of ['request', 'query']) Object.defineProperty(LockManager.prototype, name, { enumerable: true });
for (const name of ['name', 'mode']) Object.defineProperty(Lock.prototype, name, { enumerable: true });
for (const Class of [Lock, LockManager]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = { Lock, LockManager, locks: new LockManager(kMake) };
