// SPDX-License-Identifier: MIT
//
// The global names of Node and of the web platform, each a lazy accessor that loads its module at first touch and
// then becomes a plain data property.
'use strict';

// name -> [module id, exported name (the same when absent), enumerable]
const lazy = {
  Buffer: ['buffer'],
  atob: ['buffer', 'atob', true],
  btoa: ['buffer', 'btoa', true],
  Blob: ['web/blob'],
  File: ['web/blob'],
  URL: ['web/url'],
  URLSearchParams: ['web/url'],
  URLPattern: ['web/urlpattern'],
  AbortController: ['web/abort'],
  AbortSignal: ['web/abort'],
  Event: ['web/events'],
  EventTarget: ['web/events'],
  CustomEvent: ['web/events'],
  DOMException: ['web/domexception'],
  TextEncoder: ['web/encoding'],
  TextDecoder: ['web/encoding'],
  ReadableStream: ['web/streams'],
  ReadableStreamDefaultReader: ['web/streams'],
  ReadableStreamBYOBReader: ['web/streams'],
  ReadableStreamBYOBRequest: ['web/streams'],
  ReadableByteStreamController: ['web/streams'],
  ReadableStreamDefaultController: ['web/streams'],
  TransformStream: ['web/streams'],
  TransformStreamDefaultController: ['web/streams'],
  WritableStream: ['web/streams'],
  WritableStreamDefaultController: ['web/streams'],
  WritableStreamDefaultWriter: ['web/streams'],
  ByteLengthQueuingStrategy: ['web/streams'],
  CountQueuingStrategy: ['web/streams'],
  TextEncoderStream: ['web/streams'],
  TextDecoderStream: ['web/streams'],
  CompressionStream: ['web/streams'],
  DecompressionStream: ['web/streams'],
  structuredClone: ['web/structured_clone', 'structuredClone', true],
  performance: ['web/performance', 'performance', true],
  Performance: ['web/performance'],
  PerformanceEntry: ['web/performance'],
  PerformanceMark: ['web/performance'],
  PerformanceMeasure: ['web/performance'],
  PerformanceObserver: ['web/performance'],
  PerformanceObserverEntryList: ['web/performance'],
  PerformanceResourceTiming: ['web/performance'],
  MessageChannel: ['worker_threads/ports'],
  MessagePort: ['worker_threads/ports'],
  MessageEvent: ['worker_threads/ports'],
  BroadcastChannel: ['worker_threads/ports'],
  crypto: ['crypto/webcrypto', 'crypto', true],
  Crypto: ['crypto/webcrypto'],
  CryptoKey: ['crypto/webcrypto'],
  SubtleCrypto: ['crypto/webcrypto'],
  navigator: ['web/navigator', 'navigator', true],
  Navigator: ['web/navigator'],
  fetch: ['web/missing', 'fetch', true],
  Headers: ['web/missing'],
  Request: ['web/missing'],
  Response: ['web/missing'],
  FormData: ['web/missing'],
  WebSocket: ['web/missing'],
  CloseEvent: ['web/missing'],
  setTimeout: ['timers', 'setTimeout', true],
  clearTimeout: ['timers', 'clearTimeout', true],
  setInterval: ['timers', 'setInterval', true],
  clearInterval: ['timers', 'clearInterval', true],
  setImmediate: ['timers', 'setImmediate', true],
  clearImmediate: ['timers', 'clearImmediate', true],
  console: ['internal/global_console'], // the engine's own writes nowhere
  WebAssembly: ['web/webassembly'],
};

exports.engineWebAssembly = globalThis.WebAssembly;
exports.engineNotify = Atomics.notify;

// Accessors that call load(name) at first touch and then become data properties; assignment makes them that too. One loop
// rather than a call per name: a function called this often would be compiled, at the cost of a thread.
function lazyProperties(target, names, enumerable, load) {
  for (const name of names) {
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable,
      get() {
        const value = load(name);
        Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
        return value;
      },
      set(value) {
        Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
      },
    });
  }
}
exports.lazyProperties = lazyProperties;

function load(name) {
  const [id, exported = name] = lazy[name];
  return require(id)[exported];
}

function defineValue(target, name, value, enumerable) {
  Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
}

function queueMicrotask(callback) {
  require('internal/ticks').queueMicrotask(callback);
}

exports.install = function(target, processObject) {
  Object.defineProperty(target, Symbol.toStringTag, { configurable: true, value: 'global' });
  defineValue(target, 'global', target, true);
  defineValue(target, 'process', processObject, false);
  defineValue(target, 'queueMicrotask', queueMicrotask, true);
  const shown = [];
  const hidden = [];
  for (const name in lazy) (lazy[name][2] === true ? shown : hidden).push(name);
  lazyProperties(target, shown, true, load);
  lazyProperties(target, hidden, false, load);
  lazyProperties(Atomics, ['wait', 'notify', 'waitAsync'], false, (name) => require('worker_threads/atomics')[name]);
};
