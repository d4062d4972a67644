// SPDX-License-Identifier: MIT
//
// EventEmitter: the hottest JavaScript in lode, so its data is laid out for the JIT.
//
// `_events` maps a name to one function, or to an array of them. An array of up to kCopyLimit entries is never
// changed once stored: adding and removing store a new array. So emit() may walk such an array without copying
// it, whatever the listeners do meanwhile; only longer arrays are changed in place and copied by emit().
// emit() reads its first arguments from named parameters and makes an array only for four or more.
//
// Rarely used statics live in events/statics, events/iterator and events/async_resource, loaded at first use.
'use strict';

const kCapture = Symbol('kCapture');
const kShapeMode = Symbol('shapeMode');
const kErrorMonitor = Symbol('events.errorMonitor');
const kRejection = Symbol.for('nodejs.rejection');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kMaxEventTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned');

const { hasOwnProperty } = Object.prototype;

const kCopyLimit = 32;

let defaultMaxListeners = 10;

function EventEmitter(opts) {
  EventEmitter.init.call(this, opts);
}

function init(opts) {
  const events = this._events;
  if (events === undefined || !hasOwnProperty.call(this, '_events')) {
    this._events = Object.create(null);
    this._eventsCount = 0;
    this[kShapeMode] = false;
  } else {
    // Streams bring an object with their usual names in it, which then never changes its shape.
    this[kShapeMode] = true;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (opts?.captureRejections) {
    require('internal/validators').validateBoolean(opts.captureRejections, 'options.captureRejections');
    this[kCapture] = true;
  } else {
    this[kCapture] = proto[kCapture];
  }
}

const proto = EventEmitter.prototype;
proto._events = undefined;
proto._eventsCount = 0;
proto._maxListeners = undefined;
Object.defineProperty(proto, kCapture, { value: false, writable: true, enumerable: false });

function badListener(listener) {
  const { codes } = require('internal/errors');
  return new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

// ---- Emitting ----

function emit(type, a, b, c) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[kErrorMonitor] !== undefined) {
      Reflect.apply(emit, this, [kErrorMonitor, ...afterFirst(arguments)]);
    }
    if (events === undefined || events.error === undefined) throwUnhandled(this, a);
  } else if (events === undefined) {
    return false;
  }

  const handler = events[type];
  if (handler === undefined) return false;
  const argc = arguments.length - 1;

  if (typeof handler === 'function') {
    let result;
    switch (argc) {
      case 0: case -1: result = handler.call(this); break;
      case 1: result = handler.call(this, a); break;
      case 2: result = handler.call(this, a, b); break;
      case 3: result = handler.call(this, a, b, c); break;
      default: result = handler.apply(this, afterFirst(arguments));
    }
    if (result !== undefined && result !== null && this[kCapture] === true) {
      watchRejection(this, result, type, afterFirst(arguments));
    }
    return true;
  }

  const list = handler.length <= kCopyLimit ? handler : handler.slice();
  const args = argc > 3 ? afterFirst(arguments) : undefined;
  for (let i = 0, n = list.length; i < n; i++) {
    const fn = list[i];
    let result;
    switch (argc) {
      case 0: case -1: result = fn.call(this); break;
      case 1: result = fn.call(this, a); break;
      case 2: result = fn.call(this, a, b); break;
      case 3: result = fn.call(this, a, b, c); break;
      default: result = fn.apply(this, args);
    }
    if (result !== undefined && result !== null && this[kCapture] === true) {
      watchRejection(this, result, type, afterFirst(arguments));
    }
  }
  return true;
}

function afterFirst(list) {
  const rest = [];
  for (let i = 1; i < list.length; i++) rest.push(list[i]);
  return rest;
}

// An 'error' that nobody listens to is thrown: as it is when an Error, wrapped otherwise.
function throwUnhandled(emitter, error) {
  if (error instanceof Error || require('internal/errors').isErrorLike?.(error) === true) {
    require('events/statics').noteEmission(emitter, error);
    throw error;
  }
  throw require('events/statics').unhandledError(error);
}

function watchRejection(emitter, result, type, args) {
  try {
    const then = result.then;
    if (typeof then !== 'function') return;
    then.call(result, undefined, (error) => {
      // A tick away from the promise, so that a throwing handler is an uncaught exception.
      process.nextTick(reportRejection, emitter, error, type, args);
    });
  } catch (error) {
    emitter.emit('error', error);
  }
}

function reportRejection(emitter, error, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](error, type, ...args);
    return;
  }
  // No capturing while the error is reported, or a rejecting 'error' listener would go round for ever.
  const before = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = before;
  }
}

// ---- Adding ----

function insert(emitter, type, listener, prepend) {
  if (typeof listener !== 'function') throw badListener(listener);
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events; // a listener may have replaced it
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  let list;
  if (typeof existing === 'function') {
    list = prepend ? [listener, existing] : [existing, listener];
  } else if (existing.length > kCopyLimit) {
    list = existing;
    if (prepend) list.unshift(listener);
    else list.push(listener);
  } else {
    list = prepend ? [listener] : existing.slice();
    if (prepend) for (let i = 0; i < existing.length; i++) list.push(existing[i]);
    else list.push(listener);
    if (existing.warned) list.warned = true;
  }
  events[type] = list;
  const max = emitter._maxListeners ?? defaultMaxListeners;
  if (list.length > max && max > 0 && !list.warned) {
    list.warned = true;
    require('events/statics').warnLeak(emitter, type, list.length, max);
  }
  return emitter;
}

function onceWrapper(target, type, listener) {
  if (typeof listener !== 'function') throw badListener(listener);
  let fired = false;
  function wrapper(a, b, c) {
    if (fired) return undefined;
    target.removeListener(type, wrapper);
    fired = true;
    switch (arguments.length) {
      case 0: return listener.call(target);
      case 1: return listener.call(target, a);
      case 2: return listener.call(target, a, b);
      case 3: return listener.call(target, a, b, c);
      default: return listener.apply(target, arguments);
    }
  }
  wrapper.listener = listener;
  return wrapper;
}

proto.setMaxListeners = function setMaxListeners(n) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

proto.getMaxListeners = function getMaxListeners() {
  return this._maxListeners ?? defaultMaxListeners;
};

proto.emit = emit;

proto.addListener = function addListener(type, listener) {
  return insert(this, type, listener, false);
};
proto.on = proto.addListener;

proto.prependListener = function prependListener(type, listener) {
  return insert(this, type, listener, true);
};

proto.once = function once(type, listener) {
  return this.on(type, onceWrapper(this, type, listener));
};

proto.prependOnceListener = function prependOnceListener(type, listener) {
  return this.prependListener(type, onceWrapper(this, type, listener));
};

// ---- Removing ----

function forget(emitter, type) {
  if (emitter[kShapeMode] === true) {
    --emitter._eventsCount;
    emitter._events[type] = undefined;
  } else if (--emitter._eventsCount === 0) emitter._events = Object.create(null);
  else delete emitter._events[type];
}

proto.removeListener = function removeListener(type, listener) {
  if (typeof listener !== 'function') throw badListener(listener);
  const events = this._events;
  if (events === undefined) return this;
  const existing = events[type];
  if (existing === undefined) return this;

  if (existing === listener || existing.listener === listener) {
    forget(this, type);
    if (events.removeListener !== undefined) {
      this.emit('removeListener', type, existing.listener || listener);
    }
    return this;
  }
  if (typeof existing === 'function') return this;

  let at = existing.length - 1;
  while (at >= 0 && existing[at] !== listener && existing[at].listener !== listener) at--;
  if (at < 0) return this;
  const original = existing[at].listener || listener;
  if (existing.length === 2) {
    events[type] = existing[1 - at];
  } else if (existing.length > kCopyLimit + 1) {
    existing.splice(at, 1);
  } else {
    const list = existing.slice();
    list.splice(at, 1);
    if (existing.warned) list.warned = true;
    events[type] = list;
  }
  if (events.removeListener !== undefined) this.emit('removeListener', type, original);
  return this;
};
proto.off = proto.removeListener;

function reset(emitter) {
  emitter._events = Object.create(null);
  emitter._eventsCount = 0;
  emitter[kShapeMode] = false;
}

proto.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;

  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      reset(this);
    } else if (events[type] !== undefined) {
      forget(this, type);
    }
    return this;
  }

  // Somebody wants to hear of every removal; 'removeListener' itself goes last.
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    reset(this);
    return this;
  }
  const existing = events[type];
  if (typeof existing === 'function') {
    this.removeListener(type, existing);
  } else if (existing !== undefined) {
    const list = existing.slice();
    for (let i = list.length - 1; i >= 0; i--) this.removeListener(type, list[i]);
  }
  return this;
};

// ---- Asking ----

function listenersOf(emitter, type, unwrap) {
  const existing = emitter._events?.[type];
  if (existing === undefined) return [];
  const list = typeof existing === 'function' ? [existing] : existing.slice();
  if (unwrap) for (let i = 0; i < list.length; i++) list[i] = list[i].listener || list[i];
  return list;
}

proto.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

proto.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

proto.listenerCount = function listenerCount(type, listener) {
  const events = this._events;
  if (events === undefined) return 0;
  const existing = events[type];
  if (existing === undefined) return 0;
  if (listener === undefined || listener === null) {
    return typeof existing === 'function' ? 1 : existing.length;
  }
  if (typeof existing === 'function') {
    return existing === listener || existing.listener === listener ? 1 : 0;
  }
  let count = 0;
  for (let i = 0; i < existing.length; i++) {
    if (existing[i] === listener || existing[i].listener === listener) count++;
  }
  return count;
};

proto.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

// ---- The module: EventEmitter itself, with everything else hanging from it ----

module.exports = EventEmitter;

EventEmitter.addAbortListener = function addAbortListener(signal, listener) {
  return require('events/statics').addAbortListener(signal, listener);
};
EventEmitter.once = async function once(emitter, name, options = {}) {
  return require('events/statics').once(emitter, name, options);
};
EventEmitter.on = function on(emitter, event, options = {}) {
  return require('events/iterator').on(emitter, event, options);
};
EventEmitter.getEventListeners = function getEventListeners(emitterOrTarget, type) {
  return require('events/statics').getEventListeners(emitterOrTarget, type);
};
EventEmitter.getMaxListeners = function getMaxListeners(emitterOrTarget) {
  return require('events/statics').getMaxListeners(emitterOrTarget);
};
EventEmitter.listenerCount = function listenerCount(emitterOrTarget, type) {
  return require('events/statics').listenerCount(emitterOrTarget, type);
};
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;

Object.defineProperty(EventEmitter, 'captureRejections', {
  get() { return proto[kCapture]; },
  set(value) {
    require('internal/validators').validateBoolean(value, 'EventEmitter.captureRejections');
    proto[kCapture] = value;
  },
  enumerable: true,
});
Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  get: function lazyEventEmitterAsyncResource() {
    return require('events/async_resource').EventEmitterAsyncResource;
  },
  set: undefined,
  enumerable: true,
  configurable: true,
});
EventEmitter.errorMonitor = kErrorMonitor;
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  get() { return defaultMaxListeners; },
  set(value) {
    require('internal/validators').validateNumber(value, 'defaultMaxListeners', 0);
    defaultMaxListeners = value;
  },
  enumerable: true,
});
Object.defineProperty(EventEmitter, 'kMaxEventTargetListeners', { value: kMaxEventTargetListeners });
Object.defineProperty(EventEmitter, 'kMaxEventTargetListenersWarned', {
  value: kMaxEventTargetListenersWarned,
});
EventEmitter.setMaxListeners = function(n = defaultMaxListeners, ...eventTargets) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  if (eventTargets.length === 0) defaultMaxListeners = n;
  else require('events/statics').setMaxListeners(n, eventTargets);
};
EventEmitter.init = init;
