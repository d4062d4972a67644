// SPDX-License-Identifier: MIT
//
// The entries of the performance timeline. Idea: values live in private fields; only this file's `key` lets an entry
// be made, which keeps the constructors illegal for everybody else.

'use strict';

const native = binding('performance');
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

const key = Symbol('entry');

function illegal() {
  return Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
}

function publish(Class, members) {
  for (const name of members) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  constructor(secret, name, type, start, duration) {
    if (secret !== key) throw illegal();
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }

  static check(value) {
    if (typeof value !== 'object' || value === null || !(#name in value)) {
      throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    }
  }

  get name() {
    check(this);
    return this.#name;
  }

  get entryType() {
    check(this);
    return this.#type;
  }

  get startTime() {
    check(this);
    return this.#start;
  }

  get duration() {
    check(this);
    return this.#duration;
  }

  toJSON() {
    check(this);
    return {
      name: this.#name,
      entryType: this.#type,
      startTime: this.#start,
      duration: this.#duration,
    };
  }

  [customInspectSymbol](depth, options) {
    return depth < 0 ? this : inspectNamed(this, this.toJSON(), depth, options);
  }
}

function inspectNamed(entry, shown, depth, options) {
  const { inspect } = require('util/inspect');
  return `${entry.constructor.name} ${inspect(shown, { ...options, depth: options.depth == null ? null : depth })}`;
}
const { check } = PerformanceEntry;
delete PerformanceEntry.check;
publish(PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']);

// ---- Marks and measures ----

const MILESTONES = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];

// ToString with V8's words for symbols.
function textOf(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

function copied(detail) {
  return detail === undefined || detail === null ? null : require('web/structured_clone').structuredClone(detail);
}

class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = textOf(name);
    if (MILESTONES.includes(name)) throw new codes.ERR_INVALID_ARG_VALUE('name', name);
    if (options !== undefined && options !== null) {
      require('internal/validators').validateObject(options, 'options');
    }
    const start = options?.startTime ?? native.now();
    require('internal/validators').validateNumber(start, 'startTime');
    if (start < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(start);
    super(key, name, 'mark', start, 0);
    this.#detail = copied(options?.detail);
  }

  get detail() {
    check(this);
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
publish(PerformanceMark, ['detail', 'toJSON']);

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(secret, name, start, duration, detail) {
    super(secret, name, 'measure', start, duration);
    this.#detail = copied(detail);
  }

  get detail() {
    check(this);
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
publish(PerformanceMeasure, ['detail', 'toJSON']);

// Entries of the runtime's own: functions, gc, dns, http ...
class PerformanceNodeEntry extends PerformanceEntry {
  #detail;

  constructor(secret, name, type, start, duration, detail) {
    super(secret, name, type, start, duration);
    this.#detail = detail;
  }

  get detail() {
    check(this);
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

function nodeEntry(name, type, start, duration, detail) {
  return new PerformanceNodeEntry(key, name, type, start, duration, detail);
}

function measureEntry(name, start, duration, detail) {
  return new PerformanceMeasure(key, name, start, duration, detail);
}

// ---- Resources ----

class PerformanceResourceTiming extends PerformanceEntry {
  #info;
  #initiator;
  #cacheMode;
  #status;
  #delivery;

  constructor(secret, url, info, initiator, cacheMode, status, delivery) {
    super(secret, url, 'resource', info?.startTime, 0);
    this.#info = info;
    this.#initiator = initiator;
    this.#cacheMode = cacheMode;
    this.#status = status;
    this.#delivery = delivery;
  }

  #connection(field) {
    check(this);
    return this.#info.finalConnectionTimingInfo?.[field];
  }

  get startTime() {
    check(this);
    return this.#info.startTime;
  }

  get duration() {
    check(this);
    return this.#info.endTime - this.#info.startTime;
  }

  get initiatorType() {
    check(this);
    return this.#initiator;
  }

  get workerStart() {
    check(this);
    return this.#info.finalServiceWorkerStartTime;
  }

  get redirectStart() {
    check(this);
    return this.#info.redirectStartTime;
  }

  get redirectEnd() {
    check(this);
    return this.#info.redirectEndTime;
  }

  get fetchStart() {
    check(this);
    return this.#info.postRedirectStartTime;
  }

  get domainLookupStart() { return this.#connection('domainLookupStartTime'); }

  get domainLookupEnd() { return this.#connection('domainLookupEndTime'); }

  get connectStart() { return this.#connection('connectionStartTime'); }

  get connectEnd() { return this.#connection('connectionEndTime'); }

  get secureConnectionStart() { return this.#connection('secureConnectionStartTime'); }

  get nextHopProtocol() { return this.#connection('ALPNNegotiatedProtocol'); }

  get requestStart() {
    check(this);
    return this.#info.finalNetworkRequestStartTime;
  }

  get responseStart() {
    check(this);
    return this.#info.finalNetworkResponseStartTime;
  }

  get responseEnd() {
    check(this);
    return this.#info.endTime;
  }

  get encodedBodySize() {
    check(this);
    return this.#info.encodedBodySize;
  }

  get decodedBodySize() {
    check(this);
    return this.#info.decodedBodySize;
  }

  // What went over the wire: nothing from a local cache, a head only after validation.
  get transferSize() {
    check(this);
    if (this.#cacheMode === 'local') return 0;
    return this.#cacheMode === 'validated' ? 300 : this.#info.encodedBodySize + 300;
  }

  get deliveryType() {
    check(this);
    return this.#delivery;
  }

  get responseStatus() {
    check(this);
    return this.#status;
  }

  toJSON() {
    check(this);
    const out = { name: this.name, entryType: this.entryType, startTime: this.startTime, duration: this.duration };
    for (const member of RESOURCE_MEMBERS) out[member] = this[member];
    return out;
  }
}
const RESOURCE_MEMBERS = [
  'initiatorType', 'nextHopProtocol', 'workerStart', 'redirectStart', 'redirectEnd', 'fetchStart',
  'domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd', 'secureConnectionStart', 'requestStart',
  'responseStart', 'responseEnd', 'transferSize', 'encodedBodySize', 'decodedBodySize', 'responseStatus',
  'deliveryType',
];
publish(PerformanceResourceTiming, [...RESOURCE_MEMBERS, 'toJSON']);

// inspect has the last two the other way round than toJSON.
Object.defineProperty(PerformanceResourceTiming.prototype, customInspectSymbol, {
  value(depth, options) {
    if (depth < 0) return this;
    const { responseStatus, deliveryType, ...rest } = this.toJSON();
    return inspectNamed(this, { ...rest, deliveryType, responseStatus }, depth, options);
  },
  writable: true,
  configurable: true,
});

function resourceEntry(url, info, initiator, cacheMode, status, delivery) {
  return new PerformanceResourceTiming(key, url, info, initiator, cacheMode, status, delivery);
}

// ---- The runtime's own milestones ----

const NODE_TIMING = [
  ['nodeStart', () => native.milestone(1)],
  ['v8Start', () => native.milestone(2)],
  ['environment', () => native.milestone(3)],
  ['bootstrapComplete', () => native.milestone(4)],
  ['loopStart', () => native.milestone(5)],
  ['loopExit', () => native.milestone(6)],
  ['idleTime', () => native.idleTime()],
];

class PerformanceNodeTiming extends PerformanceEntry {
  constructor(secret) {
    super(secret, 'node', 'node', 0, 0);
    const getter = (name, get) => Object.defineProperty(this, name, { get, enumerable: true, configurable: true });
    const value = (name, v) => Object.defineProperty(this, name, { value: v, enumerable: true, configurable: true });
    value('name', 'node');
    value('entryType', 'node');
    value('startTime', 0);
    getter('duration', () => native.now());
    for (const [name, get] of NODE_TIMING) getter(name, get);
    Object.defineProperty(this, 'uvMetricsInfo', {
      get() {
        const metrics = native.loopMetrics();
        if (metrics === undefined) throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('nodeTiming.uvMetricsInfo');
        const [loopCount, events, eventsWaiting] = metrics;
        return { loopCount, events, eventsWaiting };
      },
      enumerable: false,
      configurable: true,
    });
  }

  toJSON() {
    const out = { name: 'node', entryType: 'node', startTime: 0, duration: this.duration };
    for (const [name, get] of NODE_TIMING) out[name] = get();
    return out;
  }
}

function nodeTimingEntry() {
  return new PerformanceNodeTiming(key);
}

module.exports = {
  MILESTONES,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceResourceTiming,
  illegal,
  measureEntry,
  nodeEntry,
  nodeTimingEntry,
  publish,
  resourceEntry,
  textOf,
};
