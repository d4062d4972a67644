// SPDX-License-Identifier: MIT
//
// The public `perf_hooks` module: the web's performance interfaces and Node's own measuring tools.

'use strict';

const web = require('web/performance');

const constants = {};
const CONSTANTS = {
  NODE_PERFORMANCE_GC_MAJOR: 4,
  NODE_PERFORMANCE_GC_MINOR: 1,
  NODE_PERFORMANCE_GC_INCREMENTAL: 8,
  NODE_PERFORMANCE_GC_WEAKCB: 16,
  NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
  NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
  NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
  NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
};
for (const [name, value] of Object.entries(CONSTANTS)) {
  Object.defineProperty(constants, name, { value, enumerable: true });
}

function monitorEventLoopDelay(options = {}) {
  return require('perf_hooks/loop_delay').monitorEventLoopDelay(options);
}

function createHistogram(options = {}) {
  return require('perf_hooks/histogram').createHistogram(options);
}

module.exports = {
  Performance: web.Performance,
  PerformanceEntry: web.PerformanceEntry,
  PerformanceMark: web.PerformanceMark,
  PerformanceMeasure: web.PerformanceMeasure,
  PerformanceObserver: web.PerformanceObserver,
  PerformanceObserverEntryList: web.PerformanceObserverEntryList,
  PerformanceResourceTiming: web.PerformanceResourceTiming,
  monitorEventLoopDelay,
  eventLoopUtilization: require('perf_hooks/utilization').eventLoopUtilization,
  timerify: require('perf_hooks/timerify').timerify,
  createHistogram,
  performance: web.performance,
};
Object.defineProperty(module.exports, 'constants', { value: constants, configurable: false, enumerable: true });
