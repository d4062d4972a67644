// SPDX-License-Identifier: MIT
//
// Message ports in the contexts of node:vm. What a program of the context holds is an object of its realm in front of a
// port of this thread; messages that arrive are built again of the realm's own objects, and errors are the realm's.
// `furnish` is evaluated in the realm, as text, so that all it makes is of that realm.
'use strict';

const { codes } = require('internal/errors');
const types = require('util/types');
const { kMove, kMoveList } = require('web/structured_clone/protocol');
const evaluateIn = binding('contexts').lodeEvaluateIn;

function furnish(kit) {
  const { defineProperty } = Object;

  class DOMException extends Error {
    constructor(message, name, code) {
      super(message);
      defineProperty(this, 'name', { __proto__: null, configurable: true, value: name });
      defineProperty(this, 'code', { __proto__: null, configurable: true, value: code });
    }
  }

  function translate(error) {
    if (typeof error.code === 'number') return new DOMException(error.message, error.name, error.code);
    const translated = new (error.name === 'TypeError' ? TypeError : Error)(error.message);
    return error.code === undefined ? translated : Object.assign(translated, { code: error.code });
  }

  function guarded(run) {
    try {
      return run();
    } catch (error) {
      throw translate(error);
    }
  }

  class MessagePort {
    constructor() { throw new TypeError('Illegal constructor'); }
    postMessage(message, transfer) { guarded(() => kit.portOf(this).postMessage(message, transfer)); }
    start() { guarded(() => kit.start(this)); }
    close() { guarded(() => kit.portOf(this).close()); }
    ref() { guarded(() => kit.portOf(this).ref()); }
    unref() { guarded(() => kit.portOf(this).unref()); }
    hasRef() { return guarded(() => kit.portOf(this).hasRef()); }
    [kit.kMoveList]() { return [kit.portOf(this)]; }
    [kit.kMove]() { return { deserializeInfo: 'worker_threads/context_port:open', data: kit.portOf(this) }; }
  }

  function make() {
    const port = Object.create(MessagePort.prototype);
    port.onmessage = undefined;
    port.onmessageerror = undefined;
    return port;
  }

  // ---- Values of the realm ----

  const views = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView };
  if (typeof Float16Array === 'function') views.Float16Array = Float16Array;
  const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

  function properties(from, to, seen) {
    for (const key of Object.keys(from)) {
      defineProperty(to, key, { __proto__: null, configurable: true, enumerable: true, writable: true, value: rebuild(from[key], seen) });
    }
    return to;
  }

  function buffer(value) {
    const copy = value.resizable ? new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength }) : new ArrayBuffer(value.byteLength);
    new Uint8Array(copy).set(new Uint8Array(value));
    return copy;
  }

  function view(value, kind, seen) {
    const memory = rebuild(value.buffer, seen);
    return new views[kind](memory, value.byteOffset, kind === 'DataView' ? value.byteLength : value.length);
  }

  function error(value, seen) {
    const copy = new (errors[value.name] ?? Error)(value.message);
    defineProperty(copy, 'stack', { __proto__: null, configurable: true, writable: true, value: value.stack });
    if ('cause' in value) defineProperty(copy, 'cause', { __proto__: null, configurable: true, writable: true, value: rebuild(value.cause, seen) });
    return copy;
  }

  function rebuild(value, seen) {
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => {
      seen.set(value, copy);
      return copy;
    };
    const kind = kit.kindOf(value);
    switch (kind) {
      case 'Object': return properties(value, keep({}), seen);
      case 'Array': return properties(value, keep(new Array(value.length)), seen);
      case 'Map': {
        const map = keep(new Map());
        value.forEach((item, key) => map.set(rebuild(key, seen), rebuild(item, seen)));
        return map;
      }
      case 'Set': {
        const set = keep(new Set());
        value.forEach((item) => set.add(rebuild(item, seen)));
        return set;
      }
      case 'Date': return keep(new Date(value.getTime()));
      case 'RegExp': return keep(new RegExp(value.source, value.flags));
      case 'Error': return keep(error(value, seen));
      case 'Boxed': return keep(Object(value.valueOf()));
      case 'ArrayBuffer': return keep(buffer(value));
      case 'SharedArrayBuffer': return keep(value); // the memory itself: there is no other object of it
      case 'MessagePort': return keep(kit.front(value));
      default: return keep(view(value, kind, seen));
    }
  }

  return {
    make,
    // The event for a message with its ports, which may be parts of it.
    event(type, data, ports, target) {
      const seen = new Map();
      return { type, data: rebuild(data, seen), ports: Array.from(ports, (port) => rebuild(port, seen)), target };
    },
    failure: (error, target) => ({ type: 'messageerror', data: translate(error), ports: [], target }),
  };
}

// ---- In the main realm ----

const realms = new WeakMap(); // Context -> what furnish gave
const ports = new WeakMap(); // object of a realm -> port

function kindOf(value) {
  if (ArrayBuffer.isView(value)) return types.isDataView(value) ? 'DataView' : value[Symbol.toStringTag];
  if (Array.isArray(value)) return 'Array';
  if (types.isMap(value)) return 'Map';
  if (types.isSet(value)) return 'Set';
  if (types.isDate(value)) return 'Date';
  if (types.isRegExp(value)) return 'RegExp';
  if (types.isSharedArrayBuffer(value)) return 'SharedArrayBuffer';
  if (types.isArrayBuffer(value)) return 'ArrayBuffer';
  if (types.isBoxedPrimitive(value)) return 'Boxed';
  if (require('worker_threads/ports').nativeOf(value) !== undefined) return 'MessagePort';
  if (Object.getPrototypeOf(value) === Object.prototype) return 'Object';
  if (types.isNativeError(value) && typeof value.code !== 'number') return 'Error';
  throw new codes.ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE(); // a class of the main realm
}

function portOf(front) {
  const port = ports.get(front);
  if (port === undefined) throw new TypeError('Illegal invocation');
  return port;
}

function furnished(context) {
  let realm = realms.get(context);
  if (realm !== undefined) return realm;
  realm = evaluateIn(context.realm, `(${furnish})`, 'node:internal/worker_threads/context_port', 1)({
    __proto__: null, kMove, kMoveList, kindOf, portOf, start, front: (port) => put(port, context),
  });
  realms.set(context, realm);
  return realm;
}

const contextOfFront = new WeakMap();

// The object of a context in front of a port.
function put(port, context) {
  const front = furnished(context).make();
  ports.set(front, port);
  contextOfFront.set(front, context);
  return front;
}

function tell(front, event) {
  const listener = front[`on${event.type}`];
  if (typeof listener === 'function') Reflect.apply(listener, front, [event]);
}

function start(front) {
  const port = portOf(front);
  const realm = furnished(contextOfFront.get(front));
  if (port.listenerCount('message') > 0) return;
  port.onmessage = ({ data, ports: received }) => {
    let event;
    try {
      event = realm.event('message', data, received, front);
    } catch (error) {
      event = realm.failure(error, front);
    }
    tell(front, event);
  };
  port.onmessageerror = ({ data }) => tell(front, realm.failure(data, front));
}

// What arrives elsewhere of one that moved: the port itself.
function open(port) {
  return port;
}

function moveMessagePortToContext(port, object) {
  const { pack, unpack } = require('worker_threads/ports');
  return put(unpack(pack(port, [port])), require('vm/contexts').contextOf(object));
}

module.exports = { moveMessagePortToContext, open };
