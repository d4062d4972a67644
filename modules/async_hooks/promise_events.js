// SPDX-License-Identifier: MIT
//
// The life of promises, for async_hooks.createHook and v8.promiseHooks. The engine tells nobody about it, so while
// somebody observes, everything that makes promises in sight of JavaScript is replaced: the constructor, resolve, reject
// and then (through async_hooks/promises), and $lode.a, r and k, which stand at every await.
//
// What cannot be seen: a promise that the engine makes by itself, before something is done with it. An async function's
// own promise is announced at the function's first await (a stand-in, which lends its ids to the promise that turns up
// next), and one without an await when it is first used. The end of what runs after an await is seen at whatever runs
// next.
'use strict';

const async = require('internal/async');
const promises = require('async_hooks/promises');
const { nativeThen, nativeResolve, isThenable, inFrame } = promises;

const NativePromise = Promise;
const lode = $lode;
const { r: plainR, k: plainK } = lode;

let observers = []; // replaced, never changed: { init, before, after, settled }

// ---- Ids, invisible on the promise itself ----

class Same {
  constructor(object) { return object; }
}

class Ids extends Same {
  #asyncId;
  #triggerId;
  constructor(promise, asyncId, triggerId) {
    super(promise);
    this.#asyncId = asyncId;
    this.#triggerId = triggerId;
  }
  static has(promise) { return #asyncId in promise; }
  static asyncId(promise) { return promise.#asyncId; }
  static triggerId(promise) { return promise.#triggerId; }
}

// Stand-ins for the promises of async functions that began in this stretch of synchronous code.
const standIns = [];
const STAND_INS = 64;

// The id of a promise of which nothing was seen.
function idOf(promise) {
  if (Ids.has(promise)) return Ids.asyncId(promise);
  const standIn = standIns.pop();
  if (standIn === undefined) new Ids(promise, async.newAsyncId(), 0);
  else new Ids(promise, Ids.asyncId(standIn), Ids.triggerId(standIn));
  return Ids.asyncId(promise);
}

// ---- Telling ----

function tellInit(promise, parent) {
  const trigger = parent === undefined ? async.executionAsyncId() : idOf(parent);
  const asyncId = async.newAsyncId();
  new Ids(promise, asyncId, trigger);
  for (const observer of observers) observer.init(promise, asyncId, trigger, parent);
}

function tellBefore(promise) {
  idOf(promise);
  const told = observers;
  for (const observer of told) observer.before(promise, Ids.asyncId(promise), Ids.triggerId(promise));
}

function tellAfter(promise) {
  for (const observer of observers) observer.after(promise, Ids.asyncId(promise), Ids.triggerId(promise));
}

function tellSettled(promise) {
  idOf(promise);
  for (const observer of observers) observer.settled(promise, Ids.asyncId(promise));
}

function made(promise, settled) {
  tellInit(promise, undefined);
  if (settled) tellSettled(promise);
}

// ---- then ----

function identity(value) { return value; }
function thrower(error) { throw error; }

function observed(fn, reaction) {
  return (value) => {
    const { promise, frame } = reaction;
    closeContinuation();
    $lode.c = frame;
    tellBefore(promise);
    try {
      const result = fn(value);
      return isThenable(result) ? inFrame(result) : result;
    } finally {
      tellSettled(promise);
      tellAfter(promise);
      async.popTo(Ids.asyncId(promise));
    }
  };
}

function then(parent, onFulfilled, onRejected) {
  const reaction = { promise: undefined, frame: $lode.c };
  const fulfilled = observed(typeof onFulfilled === 'function' ? onFulfilled : identity, reaction);
  const rejected = observed(typeof onRejected === 'function' ? onRejected : thrower, reaction);
  const promise = nativeThen.call(parent, fulfilled, rejected);
  reaction.promise = promise;
  tellInit(promise, parent);
  return promise;
}

// ---- await ----

// What r and k get in the place of a frame.
class Token {
  constructor(frame, promise, owner) {
    this.frame = frame;
    this.promise = promise; // stands for the one that V8 makes for an await
    this.owner = owner; // stands for the promise of the async function
  }
}

let running = null; // the token after whose await the program runs
let begun = null; // the owner of that, until something awaits

function bare() { return new NativePromise(() => {}); }

function awaited(value) {
  const owner = begun ?? newOwner();
  begun = null;
  const target = isThenable(value) ? inFrame(value) : value;
  let source = target;
  if (!(target instanceof NativePromise)) {
    source = nativeResolve.call(NativePromise, target);
    tellInit(source, owner);
    if (source !== target && !isThenable(value)) tellSettled(source);
  }
  const promise = bare();
  tellInit(promise, source);
  $lode.v = source;
  return new Token($lode.c, promise, owner);
}

function newOwner() {
  const owner = bare();
  tellInit(owner, undefined);
  if (standIns.length === STAND_INS) standIns.shift();
  async.setClose(closeContinuation);
  standIns.push(owner);
  return owner;
}

function resume(token) {
  closeContinuation();
  $lode.c = token.frame;
  running = token;
  begun = token.owner;
  async.setClose(closeContinuation);
  tellBefore(token.promise);
}

// The end of what ran after an await: asked for by what runs next.
function closeContinuation() {
  standIns.length = 0;
  async.setClose(null);
  if (running === null) return;
  const { promise } = running;
  running = null;
  begun = null;
  tellAfter(promise);
  async.popTo(Ids.asyncId(promise));
}

function restore(saved, value) {
  if (!(saved instanceof Token)) return plainR(saved, value);
  $lode.v = undefined;
  resume(saved);
  return value;
}

function caught(saved, loopFrame) {
  if (!(saved instanceof Token)) return arguments.length === 2 ? plainK(saved, loopFrame) : plainK(saved);
  resume(saved);
  return 0;
}

// ---- new Promise ----

function makeConstructor() {
  const statics = Object.getOwnPropertyDescriptors(NativePromise);
  const Observed = {
    Promise: function(executor) {
      if (new.target === undefined || typeof executor !== 'function') return Reflect.construct(NativePromise, [executor], new.target);
      if (observers.length === 0) return Reflect.construct(NativePromise, [executor], plainTarget(new.target));
      return construct(executor, plainTarget(new.target));
    },
  }.Promise;
  const plainTarget = (target) => (target === Observed ? NativePromise : target);
  for (const name of Reflect.ownKeys(statics)) {
    const { value } = statics[name];
    if (typeof value === 'function' && name !== 'prototype') {
      statics[name].value = { [name](...args) { return Reflect.apply(NativePromise[name], plainTarget(this), args); } }[name];
      Object.defineProperty(statics[name].value, 'length', { value: value.length, configurable: true });
    }
  }
  Object.defineProperties(Observed, statics);
  return Observed;
}

function construct(executor, target) {
  let resolve;
  let reject;
  const promise = Reflect.construct(NativePromise, [(yes, no) => {
    resolve = yes;
    reject = no;
  }], target);
  tellInit(promise, undefined);
  let done = false;
  const settle = (native) => (value) => {
    if (done) return;
    done = true;
    native(isThenable(value) ? inFrame(value) : value);
    tellSettled(promise);
  };
  const onReject = settle(reject);
  try {
    executor(settle(resolve), onReject);
  } catch (error) {
    onReject(error);
  }
  return promise;
}

let Observed = null;

// ---- Switching ----

function install() {
  async.useContext();
  promises.setEvents({ then, made, awaited });
  lode.r = restore;
  lode.k = caught;
  Observed ??= makeConstructor();
  if (globalThis.Promise === NativePromise) promises.replace(globalThis, 'Promise', Observed);
}

// Tokens may be waiting at their awaits: r and k go on knowing them.
function uninstall() {
  closeContinuation();
  promises.setEvents(null);
  if (globalThis.Promise === Observed) promises.replace(globalThis, 'Promise', NativePromise);
}

function observe(observer, active) {
  const at = observers.indexOf(observer);
  if (active === (at >= 0)) return;
  observers = active ? [...observers, observer] : observers.filter((each) => each !== observer);
  if (observers.length === 1 && active) install();
  else if (observers.length === 0) uninstall();
}

module.exports = { observe };
