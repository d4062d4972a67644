// SPDX-License-Identifier: MIT
//
// node:domain: errors of everything that began inside a domain go to its 'error' event.
//
// The active domain is part of the async context (internal/async): entering one makes a frame whose value under KEY is
// an Entry, so that timers, ticks, requests and reactions carry it by themselves. The stack of entered domains belongs
// to what runs now. It is kept here for the entry that was made last; meeting another entry means that another
// callback runs, whose stack is that entry's domain alone. Nothing of this exists before a program requires the module.
'use strict';

const EventEmitter = require('events');
const async = require('internal/async');
const fatal = require('internal/fatal');
const { codes } = require('internal/errors');

if (fatal.hasCaptureCallback()) throw new codes.ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();

const KEY = { domain: true };
const EMPTY = Object.freeze([]);

class Entry {
  constructor(domain) { this.domain = domain; }
}

// ---- The active domain ----

let known; // the Entry that `stack` belongs to
let stack = EMPTY; // replaced, never changed
let none = null; // what process.domain is where no domain is active: undefined once one was left

function currentStack() {
  const entry = async.frameGet($lode.c, KEY);
  if (entry !== known) {
    known = entry;
    stack = entry === undefined ? EMPTY : [entry.domain];
  }
  return stack;
}

function setStack(list) {
  if (list.length === 0) {
    known = undefined;
    stack = EMPTY;
    $lode.c = async.frameWithout($lode.c, KEY);
  } else {
    known = new Entry(list[list.length - 1]);
    stack = list;
    $lode.c = async.frameWith($lode.c, KEY, known);
  }
}

function clearStack(value) {
  setStack(EMPTY);
  none = value;
}

function active() {
  const list = currentStack();
  return list.length === 0 ? none : list[list.length - 1];
}

function setActive(domain) {
  if (domain === null || domain === undefined) clearStack(domain);
  else setStack([domain]);
}

// ---- Marks ----

// Marked objects show their domain, but not when listed.
function mark(object, domain) {
  Object.defineProperty(object, 'domain', { __proto__: null, configurable: true, enumerable: false, writable: true, value: domain });
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// ---- Domain ----

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
  }

  enter() { setStack([...currentStack(), this]); }

  // Leaves this domain and those entered inside it.
  exit() {
    const list = currentStack();
    const at = list.lastIndexOf(this);
    if (at < 0) return;
    setStack(list.slice(0, at));
    if (at === 0) none = undefined;
  }

  add(member) {
    if (member.domain === this) return;
    if (member.domain) member.domain.remove(member);
    // A domain inside itself would pass an error round for ever.
    if (member instanceof Domain) for (let above = this.domain; above; above = above.domain) if (above === member) return;
    mark(member, this);
    if ('_frame' in member) member._frame = async.frameWith(member._frame, KEY, new Entry(this));
    this.members.push(member);
  }

  remove(member) {
    mark(member, null);
    if ('_frame' in member) member._frame = async.frameWithout(member._frame, KEY);
    const at = this.members.indexOf(member);
    if (at >= 0) this.members.splice(at, 1);
  }

  // No `finally` here: an error that is thrown finds its domain entered.
  run(fn, ...args) {
    this.enter();
    const result = Reflect.apply(fn, this, args);
    this.exit();
    return result;
  }

  bind(callback) {
    const domain = this;
    function runBound(...args) {
      domain.enter();
      const result = Reflect.apply(callback, this, args);
      domain.exit();
      return result;
    }
    mark(runBound, this);
    return runBound;
  }

  intercept(callback) {
    const domain = this;
    function runIntercepted(error, ...args) {
      if (error && error instanceof Error) {
        error.domainBound = callback;
        error.domainThrown = false;
        mark(error, domain);
        domain.emit('error', error);
        return undefined;
      }
      domain.enter();
      const result = Reflect.apply(callback, this, args);
      domain.exit();
      return result;
    }
    return runIntercepted;
  }
}

function createDomain() { return new Domain(); }

// ---- Emitters ----

const { init: initEmitter } = EventEmitter;
const { emit: emitEvent } = EventEmitter.prototype;

EventEmitter.usingDomains = true;

EventEmitter.init = function(options) {
  mark(this, null);
  if (!(this instanceof Domain)) {
    const domain = active();
    if (domain) this.domain = domain;
  }
  return Reflect.apply(initEmitter, this, [options]);
};

EventEmitter.prototype.emit = function emit(type, ...args) {
  // Some emitters come into being without `init`; theirs is the domain in which they emit.
  const domain = this.domain === undefined ? active() : this.domain;
  if (!domain || this === process || (type === 'error' && this.listenerCount('error') > 0)) {
    return Reflect.apply(emitEvent, this, [type, ...args]);
  }
  if (type === 'error') {
    emitError(this, domain, args[0]);
    return false;
  }
  domain.enter();
  const result = Reflect.apply(emitEvent, this, [type, ...args]);
  domain.exit();
  return result;
};

// The handler runs outside of the domain that is active, inside those above it.
function emitError(emitter, domain, value) {
  const error = value || new codes.ERR_UNHANDLED_ERROR(value);
  if (isObject(error)) {
    error.domainEmitter = emitter;
    mark(error, domain);
    error.domainThrown = false;
  }
  const list = currentStack();
  const frame = $lode.c;
  const entry = known;
  const now = active();
  let length = list.length;
  while (length > 0 && list[length - 1] === now) length--;
  const before = none;
  if (length === 0) clearStack(null);
  else setStack(list.slice(0, length));
  domain.emit('error', error);
  none = before;
  known = entry;
  stack = list;
  $lode.c = frame;
}

// ---- Uncaught errors ----

// True when a domain has handled the error. The domains that were entered are left in any case. An error that the
// handler of the outermost domain throws is thrown from here.
function handleUncaught(error) {
  let parents = currentStack();
  try {
    while (parents.length > 0) {
      const domain = parents[parents.length - 1];
      parents = parents.slice(0, -1);
      if (isObject(error)) {
        mark(error, domain);
        error.domainThrown = true;
      }
      if (domain.listenerCount('error') === 0) continue;
      setStack(parents);
      if (parents.length === 0) {
        none = undefined;
        domain.emit('error', error);
        return true;
      }
      try {
        domain.emit('error', error);
        return true;
      } catch (second) {
        error = second;
        parents = currentStack();
      }
    }
    return false;
  } finally {
    clearStack(null);
  }
}

function isHandled() {
  return currentStack().some((domain) => domain.listenerCount('error') > 0);
}

// ---- Installation ----

async.useContext();
fatal.setDomains({ handleUncaught, isHandled, requiredAt: new Error('require(`domain`) at this point').stack });
require('async_hooks/resource').setOnCreated((resource) => {
  const domain = active();
  if (domain) mark(resource, domain);
});
require('async_hooks/promises').setOnCreated((promise) => {
  const domain = active();
  if (domain) mark(promise, domain);
});

const property = { __proto__: null, configurable: true, enumerable: true, get: active, set: setActive };
Object.defineProperty(process, 'domain', property);
exports.Domain = Domain;
exports.createDomain = exports.create = createDomain;
Object.defineProperty(exports, '_stack', { __proto__: null, configurable: true, enumerable: true, get: () => currentStack().slice() });
Object.defineProperty(exports, 'active', property);
