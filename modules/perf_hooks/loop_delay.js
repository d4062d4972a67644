// SPDX-License-Identifier: MIT
//
// monitorEventLoopDelay: how late the loop gets round to a timer. Idea: an unreferenced interval records the time
// since its last run; the excess over the interval is the loop's delay.

'use strict';

const { Counts, Histogram, countsOf, kMake } = require('perf_hooks/histogram');
const { now } = binding('performance');

const HIGHEST = 3.6e12; // an hour in nanoseconds

class ELDHistogram extends Histogram {
  #timer;
  #resolution;

  constructor(secret, resolution) {
    super(secret, new Counts(1, HIGHEST, 3));
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    const counts = countsOf(this);
    let previous = now();
    this.#timer = require('timers').setInterval(() => {
      const time = now();
      const delta = Math.round((time - previous) * 1e6);
      if (delta > 0) counts.record(delta);
      previous = time;
    }, this.#resolution);
    this.#timer.unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    require('timers').clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}

function monitorEventLoopDelay(options = {}) {
  const validators = require('internal/validators');
  validators.validateObject(options, 'options');
  const { resolution = 10 } = options;
  validators.validateInteger(resolution, 'options.resolution', 1);
  return new ELDHistogram(kMake, resolution);
}

module.exports = { monitorEventLoopDelay };
