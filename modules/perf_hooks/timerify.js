// SPDX-License-Identifier: MIT
//
// performance.timerify: a function that reports how long each of its calls took, promises included.

'use strict';

const { now } = binding('performance');
const { codes } = require('internal/errors');

function report(name, start, args, histogram) {
  const duration = now() - start;
  if (histogram !== undefined) histogram.record(Math.ceil(duration * 1e6));
  const timeline = require('web/performance/timeline');
  if (!timeline.hasObserver('function')) return;
  const entry = require('web/performance/entries').nodeEntry(name, 'function', start, duration, args);
  for (let i = 0; i < args.length; i++) entry[i] = args[i];
  timeline.enqueue(entry);
}

function timerify(fn, options = {}) {
  const validators = require('internal/validators');
  validators.validateFunction(fn, 'fn');
  validators.validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function timed(...args) {
    const start = now();
    const isNew = new.target !== undefined;
    const result = isNew ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!isNew && typeof result?.finally === 'function') {
      return result.finally(() => report(fn.name, start, args, histogram));
    }
    report(fn.name, start, args, histogram);
    return result;
  }
  Object.defineProperties(timed, {
    length: { configurable: false, enumerable: true, value: fn.length },
    name: { configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timed;
}

module.exports = { timerify };
