// SPDX-License-Identifier: MIT
//
// The statics of `events` that work on emitters and event targets alike, and the slow roads of EventEmitter
// (warnings, unhandled errors). Loaded at first use, so that start-up does not pay for them.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateObject } = require('internal/validators');

const eventTargets = () => require('web/events');

function isEventTarget(value) {
  return eventTargets().isEventTarget(value);
}

function badEmitter(name, value) {
  return new codes.ERR_INVALID_ARG_TYPE(name, ['EventEmitter', 'EventTarget'], value);
}

// Adds to whichever kind of emitter this is; the emitter's way wins when it has both.
function addListener(emitter, name, listener, flags) {
  if (typeof emitter.on === 'function') {
    if (flags?.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, flags);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function removeListener(emitter, name, listener, flags) {
  if (typeof emitter.removeListener === 'function') {
    emitter.removeListener(name, listener);
  } else if (typeof emitter.removeEventListener === 'function') {
    emitter.removeEventListener(name, listener, flags);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function once(emitter, name, options) {
  validateObject(options, 'options');
  const signal = options.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  return new Promise((resolve, reject) => {
    let abortHandle;
    const onEvent = (...args) => {
      if (onError !== undefined && typeof emitter.removeListener === 'function') emitter.removeListener('error', onError);
      abortHandle?.[Symbol.dispose]();
      resolve(args);
    };
    let onError;
    addListener(emitter, name, onEvent, { once: true });
    if (name !== 'error' && typeof emitter.once === 'function') {
      onError = (error) => {
        emitter.removeListener(name, onEvent);
        abortHandle?.[Symbol.dispose]();
        reject(error);
      };
      emitter.once('error', onError);
    }
    if (signal !== undefined) {
      abortHandle = addAbortListener(signal, () => {
        removeListener(emitter, name, onEvent);
        if (onError !== undefined) removeListener(emitter, 'error', onError);
        reject(new AbortError(undefined, { cause: signal.reason }));
      });
    }
  });
}

function addAbortListener(signal, listener) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  if (signal.aborted) {
    queueMicrotask(() => listener());
    return { __proto__: null, [Symbol.dispose]() {} };
  }
  // Hears of the abort even when an earlier listener stops the event.
  signal.addEventListener('abort', listener, {
    __proto__: null, once: true, [eventTargets().kResistStopPropagation]: true,
  });
  return { __proto__: null, [Symbol.dispose]() { signal.removeEventListener('abort', listener); } };
}

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  if (isEventTarget(emitterOrTarget)) return eventTargets().listenersOf(emitterOrTarget, type);
  throw badEmitter('emitter', emitterOrTarget);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return emitterOrTarget.getMaxListeners();
  if (isEventTarget(emitterOrTarget)) {
    const { kMaxEventTargetListeners } = require('events');
    return emitterOrTarget[kMaxEventTargetListeners] ?? require('events').defaultMaxListeners;
  }
  throw badEmitter('emitter', emitterOrTarget);
}

function listenerCount(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listenerCount === 'function') return emitterOrTarget.listenerCount(type);
  if (isEventTarget(emitterOrTarget)) return eventTargets().listenerCount(emitterOrTarget, type);
  const EventEmitter = require('events');
  if (emitterOrTarget instanceof EventEmitter) {
    return EventEmitter.prototype.listenerCount.call(emitterOrTarget, type); // its own method was taken away
  }
  throw badEmitter('emitter', emitterOrTarget);
}

function setMaxListeners(n, targets) {
  const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = require('events');
  for (const target of targets) {
    if (isEventTarget(target)) {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw badEmitter('eventTargets', target);
    }
  }
}

function warnLeak(emitter, type, count, max) {
  const { inspect } = require('util/inspect');
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to ` +
    `${inspect(emitter, { depth: -1 })}. MaxListeners is ${max}. ` +
    'Use emitter.setMaxListeners() to increase limit');
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = count;
  process.emitWarning(warning);
}

function unhandledError(value) {
  let text;
  try {
    text = require('util/inspect').inspect(value);
  } catch {
    text = String(value);
  }
  const error = new codes.ERR_UNHANDLED_ERROR(text);
  error.context = value;
  return error;
}

// Where an unhandled 'error' was emitted, for the report of the uncaught exception. Kept off the error itself.
const emissions = new WeakMap();

function noteEmission(emitter, error) {
  if (error === null || typeof error !== 'object') return;
  const place = {};
  Error.captureStackTrace(place, emitter.emit);
  emissions.set(error, { name: emitter.constructor?.name ?? '', place });
}

// The lines that tell of it, to go under the error's stack; '' for errors never emitted.
function emissionOf(error) {
  const emission = error !== null && typeof error === 'object' ? emissions.get(error) : undefined;
  if (emission === undefined) return '';
  const { name, place } = emission;
  const on = name === '' || name === 'EventEmitter' ? '' : ` on ${name} instance`;
  const stack = String(place.stack);
  const lines = stack.slice(stack.indexOf('\n') + 1);
  return `\nEmitted 'error' event${on} at:\n${lines}`;
}

module.exports = {
  once, addAbortListener, getEventListeners, getMaxListeners, listenerCount, setMaxListeners,
  addListener, removeListener, warnLeak, unhandledError, noteEmission, emissionOf,
};
