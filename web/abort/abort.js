// SPDX-License-Identifier: MIT
//
// AbortController and AbortSignal.
//
// Who keeps whom alive: a dependent signal (made by AbortSignal.any) keeps its sources. A source knows its
// dependents weakly, and strongly only while they have listeners. A timer knows its signal weakly; a signal
// with a timer is pinned while it, or a dependent of it, has listeners. So forgotten signals are collected,
// and awaited ones are not.
'use strict';

const { codes } = require('internal/errors');
const { validateAbortSignal, validateUint32 } = require('internal/validators');
const {
  Event, EventTarget, defineEventHandler, kNewListener, kRemoveListener, kTrustEvent, kMaxEventTargetListeners,
} = require('web/events');

const kCreate = Symbol('kCreate');
const kDependantSignals = Symbol('kDependantSignals');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

const pinned = new Set(); // signals with a running timer that somebody listens to

let makeSignal;
let abortSignal;

function abortReason() {
  const { DOMException } = require('web/domexception');
  return new DOMException('This operation was aborted', 'AbortError');
}

function timeoutReason() {
  const { DOMException } = require('web/domexception');
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}

function inspectAs(value, depth, options, fields) {
  const name = value.constructor.name;
  if (depth < 0) return value instanceof AbortSignal ? `[${name}]` : value;
  const { inspect } = require('util/inspect');
  const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${name} ${inspect(fields, inner)}`;
}

// The dependents of a source: weak references, dead ones swept out whenever their number has doubled.
class Dependents {
  #refs = [];
  #sweepAt = 16;
  active = new Set();

  add(signal) {
    if (this.#refs.length >= this.#sweepAt) {
      this.#sweep();
      this.#sweepAt = Math.max(16, this.#refs.length * 2);
    }
    this.#refs.push(new WeakRef(signal));
  }

  #sweep() {
    this.#refs = this.#refs.filter((ref) => ref.deref() !== undefined);
  }

  get size() {
    this.#sweep();
    return this.#refs.length;
  }

  live() {
    return this.#refs.map((ref) => ref.deref()).filter((signal) => signal !== undefined);
  }

  clear() {
    this.#refs = [];
    this.active.clear();
  }
}

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #sources = undefined;   // of a dependent signal: the signals it follows, none of them dependent itself
  #timed = false;
  #listening = 0;

  constructor(token = undefined) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this[kMaxEventTargetListeners] = 0;
  }

  static {
    makeSignal = (aborted, reason) => {
      const signal = new AbortSignal(kCreate);
      signal.#aborted = aborted;
      signal.#reason = reason;
      return signal;
    };

    abortSignal = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason;
      pinned.delete(signal);
      // All dependents are aborted before the first listener of any of them runs.
      const followers = signal[kDependantSignals]?.live().filter((follower) => !follower.#aborted);
      if (followers !== undefined) {
        for (const follower of followers) {
          follower.#aborted = true;
          follower.#reason = reason;
        }
        signal[kDependantSignals].clear();
      }
      signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
      if (followers === undefined) return;
      for (const follower of followers) follower.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
    };
  }

  static #brand(signal) {
    if (signal === null || typeof signal !== 'object' || !(#aborted in signal)) {
      throw new codes.ERR_INVALID_THIS('AbortSignal');
    }
    return signal;
  }

  get aborted() {
    return AbortSignal.#brand(this).#aborted;
  }

  get reason() {
    return AbortSignal.#brand(this).#reason;
  }

  throwIfAborted() {
    if (AbortSignal.#brand(this).#aborted) throw this.#reason;
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { aborted: AbortSignal.#brand(this).#aborted });
  }

  static abort(reason = abortReason()) {
    return makeSignal(true, reason);
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = makeSignal(false, undefined);
    signal.#timed = true;
    const ref = new WeakRef(signal);
    require('timers').setTimeout(() => {
      const target = ref.deref();
      if (target === undefined) return;
      target.#timed = false;
      abortSignal(target, timeoutReason());
    }, delay).unref();
    return signal;
  }

  static any(signals) {
    if (signals === null || signals === undefined || typeof signals[Symbol.iterator] !== 'function') {
      const error = new codes.ERR_INVALID_ARG_TYPE('signals', 'Iterable', signals);
      error.message = 'signals can not be converted to sequence.';
      throw error;
    }
    const list = [...signals];
    for (let i = 0; i < list.length; i++) {
      if (!isAbortSignal(list[i])) throw new codes.ERR_INVALID_ARG_TYPE(`signals[${i}]`, 'AbortSignal', list[i]);
    }
    const result = makeSignal(false, undefined);
    result.#sources = [];
    for (const signal of list) {
      if (!signal.#aborted) continue;
      result.#aborted = true;
      result.#reason = signal.#reason;
      return result;
    }
    for (const signal of list) {
      for (const source of signal.#sources ?? [signal]) {
        if (result.#sources.includes(source)) continue;
        result.#sources.push(source);
        (source[kDependantSignals] ??= new Dependents()).add(result);
      }
    }
    return result;
  }

  // Pins what must survive now that somebody listens, and lets go of it when nobody does.
  #adjust(change) {
    const before = this.#listening;
    this.#listening += change;
    if ((before > 0) === (this.#listening > 0) || this.#aborted) return;
    const heard = this.#listening > 0;
    if (this.#sources === undefined) {
      AbortSignal.#pin(this);
      return;
    }
    for (const source of this.#sources) {
      const dependents = source[kDependantSignals];
      if (heard) dependents.active.add(this);
      else dependents.active.delete(this);
      AbortSignal.#pin(source);
    }
  }

  static #pin(signal) {
    const wanted = signal.#timed && (signal.#listening > 0 || signal[kDependantSignals]?.active.size > 0);
    if (wanted) pinned.add(signal);
    else pinned.delete(signal);
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    super[kNewListener](size, type, listener, once, capture, passive, weak);
    if (type === 'abort' && !weak) this.#adjust(1);
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if (type === 'abort' && this.#listening > 0) this.#adjust(size === 0 ? -this.#listening : -1);
  }
}

function isAbortSignal(value) {
  if (value === null || typeof value !== 'object' || !(value instanceof AbortSignal)) return false;
  try {
    return typeof readAborted.call(value) === 'boolean';
  } catch {
    return false;
  }
}

const readAborted = Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted').get;

Object.defineProperty(AbortSignal.prototype, 'aborted', { enumerable: true });
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { value: 'AbortSignal', configurable: true });
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal = undefined;

  get signal() {
    return this.#signal ??= makeSignal(false, undefined);
  }

  abort(reason = abortReason()) {
    abortSignal(this.#signal ??= makeSignal(false, undefined), reason);
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { signal: this.signal });
  }
}
Object.defineProperty(AbortController.prototype, 'signal', { enumerable: true });
Object.defineProperty(AbortController.prototype, 'abort', { enumerable: true });
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, {
  value: 'AbortController', configurable: true,
});

// util.aborted(signal, resource): settles on abort, unless `resource` was collected before.
async function aborted(signal, resource) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  if (!isAbortSignal(signal)) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  if (resource === null || (typeof resource !== 'object' && typeof resource !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('resource', 'Object', resource);
  }
  if (signal.aborted) return undefined;
  const { kWeakHandler } = require('web/events');
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { [kWeakHandler]: resource, once: true });
  });
}

// A transferable signal can be posted to a port; what arrives there aborts with it, and it stays usable here.
function transferableAbortSignal(signal) {
  if (!isAbortSignal(signal)) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  return require('web/abort/transfer').makeTransferable(signal);
}

function transferableAbortController() {
  const controller = new AbortController();
  transferableAbortSignal(controller.signal);
  return controller;
}

module.exports = {
  AbortController, AbortSignal, aborted, isAbortSignal, makeSignal, abortSignal, transferableAbortSignal,
  transferableAbortController,
};
