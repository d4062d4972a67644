// SPDX-License-Identifier: MIT
//
// The `performance` object: clock, user timing, resource timing. Idea: this file is the face; entries and the timeline
// are next to it, what only Node has (timerify, eventLoopUtilization) is in modules/perf_hooks and loaded on demand.

'use strict';

const native = binding('performance');
const { codes } = require('internal/errors');
const { EventTarget, Event, defineEventHandler } = require('web/events');
const entries = require('web/performance/entries');
const timeline = require('web/performance/timeline');

const { illegal, MILESTONES } = entries;
const kMake = Symbol('make');

let timeOrigin;
let nodeTiming;

function timingOf(mark) {
  if (typeof mark === 'number') {
    if (mark < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    return mark;
  }
  mark = `${mark}`;
  if (MILESTONES.includes(mark)) return instance.nodeTiming[mark];
  const start = timeline.startOfMark(mark);
  if (start === undefined) {
    const { DOMException } = require('web/domexception');
    throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  }
  return start;
}

function measureTimes(options, startMark, endMark) {
  let end;
  if (endMark !== undefined) end = timingOf(endMark);
  else if (options?.end !== undefined) end = timingOf(options.end);
  else if (options?.start !== undefined && options?.duration !== undefined) end = timingOf(options.start) + options.duration;
  else end = native.now();
  let start = 0;
  if (options?.start !== undefined) start = timingOf(options.start);
  else if (options?.duration !== undefined && options?.end !== undefined) start = timingOf(options.end) - options.duration;
  else if (startMark !== undefined) start = timingOf(startMark);
  return [start, end];
}

function hasMeasureOptions(value) {
  return typeof value === 'object' && value !== null &&
    (value.start !== undefined || value.end !== undefined || value.duration !== undefined ||
     value.detail !== undefined);
}

class Performance extends EventTarget {
  #brand;

  constructor(secret) {
    if (secret !== kMake) throw illegal();
    super();
  }

  static check(value) {
    if (typeof value !== 'object' || value === null || !(#brand in value)) {
      throw new codes.ERR_INVALID_THIS('Performance');
    }
  }

  clearMarks(name = undefined) {
    check(this);
    timeline.clearMarks(name);
  }

  clearMeasures(name = undefined) {
    check(this);
    timeline.clearMeasures(name);
  }

  clearResourceTimings() {
    check(this);
    timeline.clearResources();
  }

  getEntries() {
    check(this);
    return timeline.buffered();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return timeline.buffered(`${name}`, type === undefined ? undefined : `${type}`);
  }

  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return timeline.buffered(undefined, `${type}`);
  }

  mark(name, options = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    const mark = new entries.PerformanceMark(name, options);
    timeline.addMark(mark);
    timeline.enqueue(mark);
    return mark;
  }

  measure(name, startOrOptions = undefined, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    require('internal/validators').validateString(name, 'name');
    let options;
    let startMark = startOrOptions;
    if (typeof startOrOptions === 'object' && startOrOptions !== null) {
      startMark = undefined;
      if (hasMeasureOptions(startOrOptions)) {
        options = startOrOptions;
        checkMeasureOptions(options, endMark);
      }
    }
    const [start, end] = measureTimes(options, startMark, endMark);
    // A duration that was given stays exact: end - start would round.
    const given = options?.duration !== undefined && (options.start !== undefined || options.end !== undefined);
    const duration = given && endMark === undefined ? options.duration : end - start;
    const measure = entries.measureEntry(name, start, duration, options?.detail);
    timeline.addMeasure(measure);
    timeline.enqueue(measure);
    return measure;
  }

  now() {
    check(this);
    return native.now();
  }

  setResourceTimingBufferSize(maxSize) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('maxSize');
    const size = Number(maxSize);
    timeline.setResourceLimit(typeof maxSize === 'number' && Number.isInteger(size) && size >= 0 ? size : 0);
  }

  get timeOrigin() {
    check(this);
    return timeOrigin ??= native.timeOrigin();
  }

  toJSON() {
    check(this);
    return {
      nodeTiming: this.nodeTiming.toJSON(),
      timeOrigin: this.timeOrigin,
      eventLoopUtilization: this.eventLoopUtilization(),
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util/inspect');
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin },
                                  { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

function checkMeasureOptions(options, endMark) {
  const invalid = codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS;
  if (endMark !== undefined) throw new invalid('endMark must not be specified');
  if (options.start === undefined && options.end === undefined && options.duration === undefined) return;
  if (options.start !== undefined && options.end !== undefined && options.duration !== undefined) {
    throw new invalid('Must not have options.start, options.end, and options.duration specified');
  }
}

const { check } = Performance;
delete Performance.check;
entries.publish(Performance, [
  'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark',
  'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON',
]);

// ---- What only Node has ----

function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus,
                            deliveryType = '') {
  const { validateString } = require('internal/validators');
  validateString(cacheMode, 'cacheMode');
  if (!['', 'local', 'validated'].includes(cacheMode)) {
    throw new codes.ERR_INVALID_ARG_VALUE('cacheMode', cacheMode, "must be one of: '', 'local'");
  }
  const entry = entries.resourceEntry(requestedUrl, timingInfo, initiatorType, cacheMode, responseStatus,
                                      deliveryType);
  timeline.addResource(entry, () => instance.dispatchEvent(new Event('resourcetimingbufferfull')));
  timeline.enqueue(entry);
  return entry;
}

const nodeMembers = {
  eventLoopUtilization: { get: () => require('perf_hooks/utilization').eventLoopUtilization },
  timerify: { get: () => require('perf_hooks/timerify').timerify },
};
for (const [name, { get }] of Object.entries(nodeMembers)) {
  Object.defineProperty(Performance.prototype, name, {
    get() { return get(); },
    set(value) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: false, configurable: true });
    },
    enumerable: false,
    configurable: true,
  });
}
Object.defineProperty(Performance.prototype, 'nodeTiming', {
  get() { return nodeTiming ??= entries.nodeTimingEntry(); },
  enumerable: false,
  configurable: true,
});
Object.defineProperty(Performance.prototype, 'markResourceTiming', {
  value: markResourceTiming, writable: true, enumerable: false, configurable: true,
});
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

const instance = new Performance(kMake);

module.exports = {
  Performance,
  PerformanceEntry: entries.PerformanceEntry,
  PerformanceMark: entries.PerformanceMark,
  PerformanceMeasure: entries.PerformanceMeasure,
  PerformanceObserver: timeline.PerformanceObserver,
  PerformanceObserverEntryList: timeline.PerformanceObserverEntryList,
  PerformanceResourceTiming: entries.PerformanceResourceTiming,
  performance: instance,
};
