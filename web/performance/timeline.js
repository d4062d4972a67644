// SPDX-License-Identifier: MIT
//
// The timeline: buffers of marks, measures and resources, and the observers of entries. Idea: entries are queued to the
// observers that asked for their type and delivered together in one immediate.

'use strict';

const { codes } = require('internal/errors');
const { illegal, publish, textOf } = require('web/performance/entries');

const SUPPORTED = Object.freeze(
  ['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'resource']);

let marks = [];
let measures = [];
let resources = [];
const markTimes = new Map(); // name -> start of its latest mark

const observers = new Set();
const counts = new Map(); // type -> number of observers, so that others may skip making entries
let scheduled = false;

// ---- Buffers ----

function addMark(entry) {
  marks.push(entry);
  markTimes.set(entry.name, entry.startTime);
}

function addMeasure(entry) {
  measures.push(entry);
}

function startOfMark(name) {
  return markTimes.get(name);
}

function clearMarks(name) {
  if (name === undefined) {
    marks = [];
    markTimes.clear();
  } else {
    name = textOf(name);
    marks = marks.filter((entry) => entry.name !== name);
    markTimes.delete(name);
  }
}

function clearMeasures(name) {
  if (name !== undefined) name = textOf(name);
  measures = name === undefined ? [] : measures.filter((entry) => entry.name !== name);
}

function byStart(entries) {
  return entries.sort((a, b) => a.startTime - b.startTime);
}

function buffered(name, type) {
  let entries;
  switch (type) {
    case undefined: entries = [...marks, ...measures, ...resources]; break;
    case 'mark': entries = [...marks]; break;
    case 'measure': entries = [...measures]; break;
    case 'resource': entries = [...resources]; break;
    default: return [];
  }
  if (name !== undefined) entries = entries.filter((entry) => entry.name === name);
  return byStart(entries);
}

// ---- The bounded buffer of resources ----

let resourceLimit = 250;
let overflow = [];
let fullEventPending = false;

function addResource(entry, fire) {
  if (resources.length < resourceLimit && !fullEventPending) {
    resources.push(entry);
    return;
  }
  overflow.push(entry);
  if (fullEventPending) return;
  fullEventPending = true;
  setImmediate(() => {
    // Listeners may make room; what still does not fit is dropped.
    while (overflow.length > 0) {
      const before = overflow.length;
      if (resources.length >= resourceLimit) fire();
      while (overflow.length > 0 && resources.length < resourceLimit) resources.push(overflow.shift());
      if (overflow.length >= before) overflow = [];
      else if (overflow.length > 0) overflow = [];
    }
    fullEventPending = false;
  });
}

function setResourceLimit(size) {
  resourceLimit = size;
}

function clearResources() {
  resources = [];
}

// ---- Observers ----

function deliver() {
  scheduled = false;
  for (const observer of [...observers]) observer[kDeliver]();
}

function enqueue(entry) {
  const type = entry.entryType;
  let wanted = false;
  for (const observer of observers) wanted = observer[kOffer](entry, type) || wanted;
  if (wanted) schedule();
}

function schedule() {
  if (scheduled) return;
  scheduled = true;
  require('timers').setImmediate(deliver);
}

function hasObserver(type) {
  return (counts.get(type) ?? 0) > 0;
}

function count(types, change) {
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + change);
  const diagnostics = require('internal/diagnostics');
  diagnostics.aroundGc = hasObserver('gc') ? timedGc : undefined;
  diagnostics.timesHttp = hasObserver('http');
}

// The engine says nothing of collections it starts by itself: only those that the program asks for can be timed.
const GC_MAJOR = 4;
const GC_FORCED = 4;

function timedGc(collect) {
  const { now } = binding('performance');
  const start = now();
  collect();
  const { nodeEntry } = require('web/performance/entries');
  enqueue(nodeEntry('gc', 'gc', start, now() - start, { kind: GC_MAJOR, flags: GC_FORCED }));
}

const kDeliver = Symbol('deliver');
const kOffer = Symbol('offer');
const kMake = Symbol('make');

class PerformanceObserverEntryList {
  #entries;

  constructor(secret, entries) {
    if (secret !== kMake) throw illegal();
    this.#entries = byStart(entries);
  }

  getEntries() {
    return this.#entries.slice();
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    type = `${type}`;
    return this.#entries.filter((entry) => entry.entryType === type);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    return this.#entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util/inspect');
    return `PerformanceObserverEntryList ${inspect(this.#entries, options)}`;
  }
}
publish(PerformanceObserverEntryList, ['getEntries', 'getEntriesByType', 'getEntriesByName']);

class PerformanceObserver {
  #callback;
  #types = new Set();
  #mode; // 'single' (type) or 'multiple' (entryTypes): no mixing
  #queue = [];

  constructor(callback) {
    require('internal/validators').validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  static get supportedEntryTypes() {
    return SUPPORTED;
  }

  observe(options = {}) {
    require('internal/validators').validateObject(options, 'options');
    const { entryTypes, type, buffered: wantBuffered } = { ...options };
    if (entryTypes === undefined && type === undefined) {
      throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes != null && type != null) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes,
                                            'options.entryTypes can not set with options.type together');
    }
    const mode = type != null ? 'single' : 'multiple';
    this.#mode ??= mode;
    if (this.#mode !== mode) {
      throw Object.assign(new Error(mode === 'single' ?
        'PerformanceObserver can not change to single observer' :
        'PerformanceObserver can not change to multiple observers'), { code: 'ERR_INVALID_STATE' });
    }
    if (mode === 'multiple') this.#observeAll(entryTypes);
    else this.#observeOne(type, wantBuffered);
  }

  #observeAll(entryTypes) {
    if (!Array.isArray(entryTypes)) throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
    count(this.#types, -1);
    this.#types = new Set(entryTypes.filter((type) => SUPPORTED.includes(type)));
    count(this.#types, 1);
    if (this.#types.size === 0) this.disconnect();
    else observers.add(this);
  }

  #observeOne(type, wantBuffered) {
    require('internal/validators').validateString(type, 'options.type');
    if (!SUPPORTED.includes(type)) return;
    if (!this.#types.has(type)) {
      this.#types.add(type);
      count([type], 1);
    }
    observers.add(this);
    if (!wantBuffered) return;
    const entries = buffered(undefined, type);
    if (entries.length === 0) return;
    this.#queue.push(...entries);
    schedule();
  }

  disconnect() {
    count(this.#types, -1);
    observers.delete(this);
    this.#types = new Set();
    this.#queue = [];
    this.#mode = undefined;
  }

  takeRecords() {
    const records = this.#queue;
    this.#queue = [];
    return records;
  }

  [kOffer](entry, type) {
    if (!this.#types.has(type)) return false;
    this.#queue.push(entry);
    return true;
  }

  [kDeliver]() {
    if (this.#queue.length === 0) return;
    const entries = this.takeRecords();
    this.#callback(new PerformanceObserverEntryList(kMake, entries), this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util/inspect');
    const shown = { connected: observers.has(this), pending: this.#queue.length > 0,
                    entryTypes: [...this.#types], buffer: this.#queue };
    return `PerformanceObserver ${inspect(shown, options)}`;
  }
}
publish(PerformanceObserver, ['observe', 'disconnect', 'takeRecords']);

module.exports = {
  PerformanceObserver,
  PerformanceObserverEntryList,
  addMark,
  addMeasure,
  addResource,
  buffered,
  clearMarks,
  clearMeasures,
  clearResources,
  enqueue,
  hasObserver,
  setResourceLimit,
  startOfMark,
};
