// SPDX-License-Identifier: MIT
//
// Mocks of node:test: functions that record their calls, methods and accessors that are replaced and restored.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateObject } = require('internal/validators');

// The record behind a mocked function.
class MockFunctionContext {
  #calls = [];
  #original;
  #implementation;
  #once = new Map();
  #times;
  #restore;

  constructor(original, implementation, times, restore) {
    this.#original = original;
    this.#implementation = implementation;
    this.#times = times;
    this.#restore = restore;
  }

  get calls() { return this.#calls.slice(); }
  callCount() { return this.#calls.length; }
  resetCalls() { this.#calls = []; }
  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }
  mockImplementationOnce(implementation, onCall = this.#calls.length) {
    validateFunction(implementation, 'implementation');
    validateInteger(onCall, 'onCall', this.#calls.length);
    this.#once.set(onCall, implementation);
  }
  restore() {
    this.#restore?.();
    this.#implementation = this.#original;
    this.#once.clear();
  }

  static next(context) {
    const index = context.#calls.length;
    const once = context.#once.get(index);
    if (once !== undefined) {
      context.#once.delete(index);
      return once;
    }
    if (index + 1 === context.#times) {
      const last = context.#implementation;
      context.restore();
      return last;
    }
    return context.#implementation;
  }
  static record(context, call) { context.#calls.push(call); }
}

function makeMock(original, implementation, times, restore) {
  const context = new MockFunctionContext(original, implementation, times, restore);
  const mock = new Proxy(original, {
    apply(target, self, args) { return track(context, args, self, undefined, (fn) => Reflect.apply(fn, self, args)); },
    construct(target, args, newTarget) {
      return track(context, args, undefined, target, (fn) => Reflect.construct(fn, args, newTarget === mock ? fn : newTarget));
    },
    get(target, key, receiver) { return key === 'mock' ? context : Reflect.get(target, key, receiver); },
  });
  return mock;
}

function track(context, args, self, target, invoke) {
  const fn = MockFunctionContext.next(context);
  const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target, this: self };
  try {
    call.result = invoke(fn);
    if (target !== undefined) call.this = call.result;
    return call.result;
  } catch (error) {
    call.error = error;
    throw error;
  } finally {
    MockFunctionContext.record(context, call);
  }
}

function findProperty(object, key) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

class MockTracker {
  #mocks = [];
  #timers = null;

  fn(original = function() {}, implementation = original, options = {}) {
    if (original !== null && typeof original === 'object') [original, implementation, options] = [function() {}, undefined, original];
    else if (implementation !== null && typeof implementation === 'object') [implementation, options] = [original, implementation];
    implementation ??= original;
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const mock = makeMock(original, implementation, options.times);
    this.#mocks.push(mock.mock);
    return mock;
  }

  method(object, key, implementation, options = {}) {
    if (implementation !== null && typeof implementation === 'object') [implementation, options] = [undefined, implementation];
    const { getter = false, setter = false } = options;
    if ((typeof object !== 'object' && typeof object !== 'function') || object === null) {
      throw new codes.ERR_INVALID_ARG_TYPE('object', 'Object', object);
    }
    const descriptor = findProperty(object, key);
    const slot = getter ? 'get' : setter ? 'set' : 'value';
    const original = descriptor?.[slot];
    if (typeof original !== 'function') {
      throw new codes.ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    }
    const own = Object.getOwnPropertyDescriptor(object, key);
    const restore = () => {
      if (own === undefined) delete object[key];
      else Object.defineProperty(object, key, own);
    };
    const mock = makeMock(original, implementation ?? original, options.times, restore);
    Object.defineProperty(object, key, { ...descriptor, configurable: true, [slot]: mock });
    this.#mocks.push(mock.mock);
    return mock;
  }

  getter(object, key, implementation, options) { return this.#accessor('getter', object, key, implementation, options); }
  setter(object, key, implementation, options) { return this.#accessor('setter', object, key, implementation, options); }

  #accessor(kind, object, key, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') [implementation, options] = [undefined, implementation];
    return this.method(object, key, implementation, { ...options, [kind]: true });
  }

  property(object, key, value) {
    const own = Object.getOwnPropertyDescriptor(object, key);
    const before = object[key];
    const record = { accesses: [], current: arguments.length > 2 ? value : before };
    const restore = () => {
      if (own === undefined) delete object[key];
      else Object.defineProperty(object, key, own);
    };
    Object.defineProperty(object, key, {
      configurable: true,
      enumerable: own?.enumerable ?? true,
      get() {
        record.accesses.push({ type: 'get', value: record.current, stack: new Error() });
        return record.current;
      },
      set(next) {
        record.accesses.push({ type: 'set', value: next, stack: new Error() });
        record.current = next;
      },
    });
    const context = {
      get accesses() { return record.accesses.slice(); },
      accessCount: () => record.accesses.length,
      mockImplementation(next) { record.current = next; },
      resetAccesses() { record.accesses = []; },
      restore,
    };
    this.#mocks.push(context);
    return new Proxy(object, { get: (target, name, receiver) => (name === 'mock' ? context : Reflect.get(target, name, receiver)) });
  }

  reset() {
    this.restoreAll();
    this.#mocks = [];
  }
  restoreAll() { for (const mock of this.#mocks) mock.restore(); }
  module() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('mock.module()'); }
  get timers() {
    return (this.#timers ??= {
      enable() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('mock.timers.enable()'); },
      reset() {},
    });
  }
}

module.exports = { MockTracker, shared: new MockTracker() };
