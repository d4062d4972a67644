// SPDX-License-Identifier: MIT
//
// EventTarget, and the front door of everything about web events.
//
// A target keeps a Map from type to an array of records, one per listener. The arrays are never changed once
// stored, so dispatching walks one without copying; a record removed meanwhile says so itself (`removed`).
// Errors thrown by listeners become uncaught exceptions in the next tick and never stop the others.
'use strict';

const { codes } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const EventEmitter = require('events');
const { Event, CustomEvent, kTrusted, begin, end, setPassive, wasStopped } = require('web/events/event');

const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = EventEmitter;
const kEvents = Symbol('kEvents');
const kWeakHandler = Symbol('kWeak');
const kResistStopPropagation = Symbol('kResistStopPropagation');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const kCreateEvent = Symbol('kCreateEvent');
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kNodeStyle = Symbol('kIsNodeStyleListener');
const kHandlers = Symbol('kHandlers');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

// Listeners added "weakly" live as long as the object they were added for.
const weakOwners = new WeakMap();

class Listener {
  constructor(callback, capture, once, passive, nodeStyle, resist, weakOwner) {
    this.callback = weakOwner === undefined ? callback : undefined;
    this.weak = undefined;
    this.capture = capture;
    this.once = once;
    this.passive = passive;
    this.nodeStyle = nodeStyle;
    this.resist = resist;
    this.removed = false;
    if (weakOwner !== undefined) {
      this.weak = new WeakRef(callback);
      const kept = weakOwners.get(weakOwner);
      if (kept === undefined) weakOwners.set(weakOwner, [callback]);
      else kept.push(callback);
    }
  }

  get() {
    return this.weak === undefined ? this.callback : this.weak.deref();
  }
}

function initEventTarget(target) {
  target[kEvents] = null;
  target[kMaxEventTargetListeners] = EventEmitter.defaultMaxListeners;
  target[kMaxEventTargetListenersWarned] = false;
}

function isEventTarget(value) {
  return value !== null && typeof value === 'object' && value[kEvents] !== undefined;
}

function checkThis(target) {
  if (!isEventTarget(target)) throw new codes.ERR_INVALID_THIS('EventTarget');
}

function captureOf(options) {
  return typeof options === 'boolean' ? options : options?.capture === true || Boolean(options?.capture);
}

function find(list, callback, capture) {
  for (let i = 0; i < list.length; i++) {
    if (list[i].capture === capture && list[i].get() === callback) return i;
  }
  return -1;
}

function takeOut(target, type, list, at) {
  const record = list[at];
  record.removed = true;
  if (list.length === 1) {
    target[kEvents].delete(type);
  } else {
    target[kEvents].set(type, list.toSpliced(at, 1));
  }
  target[kRemoveListener](list.length - 1, type, record.get(), record.capture);
}

// True for something to add, false for nothing (with a warning), throws for nonsense.
function worthAdding(target, type, callback) {
  if (typeof callback === 'function' || (typeof callback === 'object' && callback !== null)) return true;
  if (callback === undefined || callback === null) {
    const warning = new Error(`addEventListener called with ${callback} which has no effect.`);
    warning.name = 'AddEventListenerArgumentTypeWarning';
    warning.target = target;
    warning.type = type;
    process.emitWarning(warning);
    return false;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', callback);
}

function warnLeak(target, size, type) {
  target[kMaxEventTargetListenersWarned] = true;
  const { inspect } = require('util/inspect');
  const warning = new Error(
    `Possible EventTarget memory leak detected. ${size} ${type} listeners added to ` +
    `${inspect(target, { depth: -1 })}. MaxListeners is ${target[kMaxEventTargetListeners]}. ` +
    'Use events.setMaxListeners() to increase limit');
  warning.name = 'MaxListenersExceededWarning';
  warning.target = target;
  warning.type = type;
  warning.count = size;
  process.emitWarning(warning);
}

function rethrow(error) {
  process.nextTick(() => { throw error; });
}

// Calls every listener of `type`. `event` may be undefined: then it is made of `value` when first needed.
function dispatch(target, value, type, event) {
  const list = target[kEvents] === null ? undefined : target[kEvents].get(type);
  if (event !== undefined) begin(event, target);
  if (list === undefined) return event;
  for (let i = 0; i < list.length; i++) {
    const record = list[i];
    if (record.removed) continue;
    const callback = record.get();
    if (callback === undefined) continue;
    if (event !== undefined && wasStopped(event) && !record.resist) continue;
    if (record.once) {
      const now = target[kEvents].get(type);
      takeOut(target, type, now, now.indexOf(record));
    }
    let argument = value;
    if (!record.nodeStyle) {
      if (event === undefined) {
        event = target[kCreateEvent](value, type);
        begin(event, target);
      }
      argument = event;
      if (record.passive) setPassive(event, true);
    }
    try {
      const result = typeof callback === 'function' ?
        callback.call(target, argument) : callback.handleEvent?.(argument);
      if (result !== undefined && result !== null && typeof result.then === 'function') {
        result.then(undefined, rethrow);
      }
    } catch (error) {
      rethrow(error);
    }
    if (record.passive && event !== undefined) setPassive(event, false);
  }
  return event;
}

class EventTarget {
  constructor() {
    initEventTarget(this);
  }

  addEventListener(type, listener, options = undefined) {
    checkThis(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    let once = false;
    let passive = false;
    let nodeStyle = false;
    let resist = false;
    let weakOwner;
    let signal;
    if (options !== undefined && options !== null && typeof options !== 'boolean') {
      if (typeof options !== 'object' && typeof options !== 'function') {
        throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
      }
      once = Boolean(options.once);
      passive = Boolean(options.passive);
      nodeStyle = Boolean(options[kNodeStyle]);
      resist = Boolean(options[kResistStopPropagation]);
      weakOwner = options[kWeakHandler];
      signal = options.signal;
    }
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    if (!worthAdding(this, type, listener)) return;
    type = `${type}`;
    const capture = captureOf(options);
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options), {
        once: true, [kWeakHandler]: this, [kResistStopPropagation]: true,
      });
    }
    const list = (this[kEvents] ??= new Map()).get(type);
    if (list !== undefined && find(list, listener, capture) >= 0) return;
    const record = new Listener(listener, capture, once, passive, nodeStyle, resist, weakOwner);
    this[kEvents].set(type, list === undefined ? [record] : [...list, record]);
    const size = list === undefined ? 1 : list.length + 1;
    this[kNewListener](size, type, listener, once, capture, passive, weakOwner !== undefined);
  }

  removeEventListener(type, listener, options = undefined) {
    checkThis(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    type = `${type}`;
    if (listener === null || listener === undefined || this[kEvents] === null) return;
    const list = this[kEvents].get(type);
    if (list === undefined) return;
    const at = find(list, listener, captureOf(options));
    if (at >= 0) takeOut(this, type, list, at);
  }

  dispatchEvent(event) {
    checkThis(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (!(event instanceof Event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event.eventPhase !== 0) throw new codes.ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return !event.defaultPrevented;
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    const max = this[kMaxEventTargetListeners];
    if (max > 0 && size > max && !this[kMaxEventTargetListenersWarned]) warnLeak(this, size, type);
  }

  [kRemoveListener](size, type, listener, capture) {}

  // Dispatches a value: listeners added the emitter's way get it bare, the others inside an event.
  [kHybridDispatch](nodeValue, type, event) {
    event = dispatch(this, nodeValue, type, event);
    if (event !== undefined) end(event);
    return event === undefined ? undefined : !event.defaultPrevented;
  }

  [kCreateEvent](nodeValue, type) {
    return new CustomEvent(type, { detail: nodeValue });
  }

  [kInspect](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { inspect } = require('util/inspect');
    return `${name} ${inspect({}, {
      ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth,
    })}`;
  }
}

for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, name, { enumerable: true });
}
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { value: 'EventTarget', configurable: true });

// Defines `target.onNAME`: one replaceable listener that keeps its place in the order.
function defineEventHandler(target, name, event = name) {
  Object.defineProperty(target, `on${name}`, {
    get() { return this[kHandlers]?.get(event)?.handler ?? null; },
    set(value) {
      const valid = typeof value === 'function' || (typeof value === 'object' && value !== null);
      const handlers = this[kHandlers] ??= new Map();
      let wrapper = handlers.get(event);
      if (wrapper !== undefined) {
        if (valid) {
          wrapper.handler = value;
          return;
        }
        this.removeEventListener(event, wrapper);
        handlers.delete(event);
        return;
      }
      if (!valid) return;
      wrapper = function(argument) {
        if (typeof wrapper.handler === 'function') return wrapper.handler.call(this, argument);
        return undefined;
      };
      wrapper.handler = value;
      handlers.set(event, wrapper);
      this.addEventListener(event, wrapper);
    },
    configurable: true,
    enumerable: true,
  });
}

function listenersOf(target, type) {
  const list = target[kEvents] === null ? undefined : target[kEvents].get(type);
  if (list === undefined) return [];
  const result = [];
  for (const record of list) {
    const callback = record.get();
    if (callback !== undefined) result.push(callback.handler ?? callback);
  }
  return result;
}

function listenerCount(target, type) {
  const list = target[kEvents] === null ? undefined : target[kEvents].get(`${type}`);
  if (list === undefined) return 0;
  let count = 0;
  for (const record of list) if (record.get() !== undefined) count++; // weak ones may be gone
  return count;
}

module.exports = {
  Event, CustomEvent, EventTarget, defineEventHandler, initEventTarget, isEventTarget, listenersOf, listenerCount,
  kEvents, kWeakHandler, kResistStopPropagation, kHybridDispatch, kCreateEvent, kNewListener, kRemoveListener,
  kNodeStyle, kIsNodeStyleListener: kNodeStyle, kTrustEvent: kTrusted,
  kMaxEventTargetListeners, kMaxEventTargetListenersWarned,
  get NodeEventTarget() { return require('web/events/node_target').NodeEventTarget; },
};
