// SPDX-License-Identifier: MIT
//
// structuredClone: a deep copy by HTML's algorithm. Idea: one walk that knows each kind by its internal slots; a map
// from originals to copies keeps cycles and shared parts. What is transferred is only taken once the whole walk has
// succeeded: until then a placeholder stands for it, and a second walk over the copy (plain data by then) puts the
// real thing in. So a failing clone changes nothing.

'use strict';

const { hasBareShape, kindOf, kinds } = require('util/peek');
const types = require('util/types');
const { kPack, untransferable, uncloneable, marks } = require('web/structured_clone/protocol');
const { dataCloneError, refuse, takeBuffer, ERROR_NAMES } = require('web/structured_clone/common');
const { codes } = require('internal/errors');

const ELEMENT_TYPES = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
                        Float32Array, Float64Array, BigInt64Array, BigUint64Array };
if (typeof Float16Array === 'function') ELEMENT_TYPES.Float16Array = Float16Array;
const { isView } = ArrayBuffer;
const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const elementType = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(TypedArrayPrototype, Symbol.toStringTag).get);
const eachOfMap = Function.prototype.call.bind(Map.prototype.forEach);
const eachOfSet = Function.prototype.call.bind(Set.prototype.forEach);
const hasOwn = Object.hasOwn;

// Stands in the copy for what is taken over at the end.
class Pending {
  constructor(make) { this.make = make; }
}

class Cloner {
  constructor(transfers) {
    this.memory = new Map();
    this.transfers = transfers; // Map original -> Pending, or undefined
    this.hasPending = false;
  }

  copy(value) {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'function' || typeof value === 'symbol') throw refuse(value);
      return value;
    }
    const known = this.memory.get(value);
    if (known !== undefined) return known;
    if (this.transfers !== undefined) {
      const pending = this.transfers.get(value);
      if (pending !== undefined) {
        this.hasPending = true;
        return pending;
      }
    }
    return this.object(value);
  }

  keep(value, copy) {
    this.memory.set(value, copy);
    return copy;
  }

  object(value) {
    switch (kindOf(value)) {
      case 0: break;
      case kinds.Map: return this.map(value);
      case kinds.Set: return this.set(value);
      case kinds.Date: return this.keep(value, new Date(Date.prototype.getTime.call(value)));
      case kinds.RegExp: return this.keep(value, copyRegExp(value));
      case kinds.Error: return this.error(value);
      case kinds.ArrayBuffer: return this.buffer(value);
      case kinds.Number: return this.keep(value, Object(Number.prototype.valueOf.call(value)));
      case kinds.String: return this.keep(value, Object(String.prototype.valueOf.call(value)));
      case kinds.Boolean: return this.keep(value, Object(Boolean.prototype.valueOf.call(value)));
      case kinds.BigInt: return this.keep(value, Object(BigInt.prototype.valueOf.call(value)));
      default: throw refuse(value);
    }
    if (isView(value)) return this.view(value);
    if (Array.isArray(value)) return this.array(value);
    if (marks.uncloneable && uncloneable.has(value)) throw dataCloneError('Cannot clone object of unsupported type.');
    if (typeof value[kPack] === 'function') return this.keep(value, throughParcel(value, []));
    require('web/structured_clone/platform').check(value);
    return this.entries(value, this.keep(value, {}));
  }

  array(value) {
    const { length } = value;
    if (!hasBareShape(value)) return this.entries(value, this.keep(value, new Array(length)));
    // Nothing but elements, and no accessors among them.
    const copy = this.keep(value, []);
    for (let i = 0; i < length; i++) {
      const item = value[i];
      if (typeof item !== 'object' || item === null) {
        if (item === undefined && !hasOwn(value, i)) {
          copy.length = length;
          return this.entries(value, copy);
        }
        copy.push(typeof item === 'function' || typeof item === 'symbol' ? this.copy(item) : item);
      } else {
        copy.push(this.copy(item));
        // A getter further in may have changed this array.
        if (value.length !== length || !hasBareShape(value)) {
          copy.length = length;
          return this.entries(value, copy);
        }
      }
    }
    return copy;
  }

  // Own enumerable string keys, values copied.
  entries(value, copy) {
    for (const key of Object.keys(value)) {
      if (!hasOwn(value, key)) continue; // a getter removed it
      const item = this.copy(value[key]);
      if (key === '__proto__') {
        Object.defineProperty(copy, key, { value: item, writable: true, enumerable: true, configurable: true });
      } else {
        copy[key] = item;
      }
    }
    return copy;
  }

  map(value) {
    const copy = this.keep(value, new Map());
    const pairs = [];
    eachOfMap(value, (item, key) => pairs.push(key, item));
    for (let i = 0; i < pairs.length; i += 2) copy.set(this.copy(pairs[i]), this.copy(pairs[i + 1]));
    return copy;
  }

  set(value) {
    const copy = this.keep(value, new Set());
    const items = [];
    eachOfSet(value, (item) => items.push(item));
    for (const item of items) copy.add(this.copy(item));
    return copy;
  }

  error(value) {
    const { isDOMException } = require('web/domexception');
    if (isDOMException(value)) return this.keep(value, copyDOMException(value));
    const name = value.name === undefined ? 'Error' : String(value.name);
    const Class = ERROR_NAMES.get(name) ?? Error;
    const message = Object.getOwnPropertyDescriptor(value, 'message');
    const hasMessage = message !== undefined && hasOwn(message, 'value');
    const copy = hasMessage ? new Class(String(message.value)) : new Class();
    this.keep(value, copy);
    const stack = require('util/internals').stackOf(value);
    hidden(copy, 'stack', typeof stack === 'string' ? stack : undefined);
    if (hasOwn(value, 'cause')) hidden(copy, 'cause', this.copy(value.cause));
    return copy;
  }

  buffer(value) {
    if (types.isSharedArrayBuffer(value)) return this.keep(value, value);
    if (value.detached) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
    if (value.resizable) {
      const copy = new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength });
      new Uint8Array(copy).set(new Uint8Array(value));
      return this.keep(value, copy);
    }
    return this.keep(value, ArrayBuffer.prototype.slice.call(value, 0));
  }

  view(value) {
    const type = elementType(value);
    const { buffer, byteOffset } = value;
    const Class = type === undefined ? DataView : ELEMENT_TYPES[type];
    // A view that follows a resizable buffer has no length of its own.
    const tracking = buffer.resizable && tracksLength(value);
    const length = tracking ? undefined : type === undefined ? value.byteLength : value.length;
    const copied = this.copy(buffer);
    if (copied instanceof Pending) {
      this.hasPending = true;
      return this.keep(value, new Pending(() => new Class(copied.result, byteOffset, length)));
    }
    return this.keep(value, new Class(copied, byteOffset, length));
  }
}

function tracksLength(view) {
  const size = view.BYTES_PER_ELEMENT ?? 1;
  const rest = view.buffer.byteLength - view.byteOffset;
  return Math.floor(rest / size) * size === view.byteLength;
}

function hidden(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

function copyRegExp(value) {
  const { source, flags } = require('util/internals').plainRegExp(value);
  return new RegExp(source, flags);
}

function copyDOMException(value) {
  const { DOMException } = require('web/domexception');
  const copy = new DOMException(value.message, value.name);
  hidden(copy, 'stack', value.stack);
  return copy;
}

// ---- Transfer ----

// Whatever is not made of memory alone goes the way of messages between threads.
function throughParcel(value, list) {
  const { pack, unpack } = require('worker_threads/ports');
  return unpack(pack(value, list));
}

function prepareTransfers(list) {
  const transfers = new Map();
  for (const item of list) {
    if (transfers.has(item)) throw dataCloneError('Transfer list contains duplicate ArrayBuffer');
    if (item.detached || untransferable.has(item)) throw dataCloneError('Cannot transfer object of unsupported type.');
    transfers.set(item, new Pending(() => takeBuffer(item, true)));
  }
  return transfers;
}

// Replaces placeholders all over the copy.
class Patcher {
  constructor() { this.seen = new Set(); }

  resolve(value) {
    if (value instanceof Pending) {
      if (!('result' in value)) value.result = value.make();
      return value.result;
    }
    if (typeof value === 'object' && value !== null && !this.seen.has(value)) {
      this.seen.add(value);
      this.walk(value);
    }
    return value;
  }

  walk(value) {
    const kind = kindOf(value);
    if (kind === kinds.Map) {
      const pairs = [...value];
      value.clear();
      for (const [key, item] of pairs) value.set(this.resolve(key), this.resolve(item));
    } else if (kind === kinds.Set) {
      const items = [...value];
      value.clear();
      for (const item of items) value.add(this.resolve(item));
    } else if (kind === kinds.Error) {
      if (hasOwn(value, 'cause')) hidden(value, 'cause', this.resolve(value.cause));
    } else if (kind === 0 && !isView(value)) {
      for (const key of Object.keys(value)) {
        const item = value[key];
        if (typeof item === 'object' && item !== null) value[key] = this.resolve(item);
      }
    }
  }
}

function cloneWith(value, list) {
  for (const item of list) {
    if ((typeof item !== 'object' && typeof item !== 'function') || item === null) {
      throw Object.assign(new TypeError('Value is not an object'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
  }
  if (list.length > 0 && !list.every(types.isArrayBuffer)) return throughParcel(value, list);
  const transfers = list.length === 0 ? undefined : prepareTransfers(list);
  const cloner = new Cloner(transfers);
  const copy = cloner.copy(value);
  if (transfers === undefined) return copy;
  for (const pending of transfers.values()) pending.result = pending.make();
  return cloner.hasPending ? new Patcher().resolve(copy) : copy;
}

function badOptions(message) {
  const error = new TypeError(`Failed to execute 'structuredClone': ${message}`);
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

function transferList(options) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw badOptions('Options cannot be converted to a dictionary');
  }
  const { transfer } = options;
  if (transfer === undefined) return [];
  if ((typeof transfer !== 'object' && typeof transfer !== 'function') || transfer === null ||
      typeof transfer[Symbol.iterator] !== 'function') {
    throw badOptions('transfer in Options can not be converted to sequence.');
  }
  return [...transfer];
}

function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument must be specified');
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function' && typeof value !== 'symbol' &&
      options === undefined) {
    return value;
  }
  return cloneWith(value, transferList(options));
}

module.exports = { tracksLength, structuredClone };
