// SPDX-License-Identifier: MIT
//
// Histograms with a fixed relative precision over a huge range (the HDR scheme): values are counted in buckets that
// double in width, each cut into equal slots. Idea: counts are a typed array that grows with the largest value seen;
// everything that is asked for is computed from it.

'use strict';

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { kPack } = require('web/structured_clone/protocol');
const { now } = binding('performance');

const EMPTY_MIN = 9223372036854775807n; // what an empty histogram says is its minimum
const kMake = Symbol('make');

class Counts {
  constructor(lowest, highest, figures) {
    this.unit = 2 ** Math.floor(Math.log2(lowest)); // width of the narrowest slot
    this.slots = 2 ** Math.ceil(Math.log2(2 * 10 ** figures)); // of the first bucket
    this.half = this.slots / 2;
    let covers = this.unit * this.slots;
    while (covers <= highest) covers *= 2;
    this.covers = covers;
    this.reset();
  }

  reset() {
    this.counts = new Float64Array(16);
    this.total = 0;
    this.min = Infinity;
    this.max = 0;
    this.exceeds = 0;
    this.previous = undefined; // for recordDelta
  }

  indexOf(value) {
    const steps = Math.floor(value / this.unit);
    if (steps < this.slots) return steps;
    let bucket = 0;
    let slot = steps;
    while (slot >= this.slots) {
      slot = Math.floor(slot / 2);
      bucket++;
    }
    return this.slots + (bucket - 1) * this.half + (slot - this.half);
  }

  widthAt(index) {
    if (index < this.slots) return this.unit;
    return this.unit * 2 ** (Math.floor((index - this.slots) / this.half) + 1);
  }

  lowAt(index) {
    if (index < this.slots) return index * this.unit;
    const bucket = Math.floor((index - this.slots) / this.half) + 1;
    const slot = (index - this.slots) % this.half + this.half;
    return slot * this.unit * 2 ** bucket;
  }

  highAt(index) { return this.lowAt(index) + this.widthAt(index) - 1; }
  middleAt(index) { return this.lowAt(index) + Math.floor(this.widthAt(index) / 2); }

  record(value) {
    if (value >= this.covers) {
      this.exceeds++;
      return;
    }
    this.addAt(this.indexOf(value), 1);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  addAt(index, count) {
    if (index >= this.counts.length) {
      const grown = new Float64Array(Math.max(index + 1, this.counts.length * 2));
      grown.set(this.counts);
      this.counts = grown;
    }
    this.counts[index] += count;
    this.total += count;
  }

  add(other) {
    for (let i = 0; i < other.counts.length; i++) {
      if (other.counts[i] === 0) continue;
      const value = other.lowAt(i);
      if (value >= this.covers) this.exceeds += other.counts[i];
      else this.addAt(this.indexOf(value), other.counts[i]);
    }
    this.exceeds += other.exceeds;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  smallest() { return this.total === 0 ? undefined : this.lowAt(this.indexOf(this.min)); }
  largest() { return this.max === 0 ? 0 : this.highAt(this.indexOf(this.max)); }

  mean() {
    let sum = 0;
    for (let i = 0; i < this.counts.length; i++) {
      if (this.counts[i] !== 0) sum += this.middleAt(i) * this.counts[i];
    }
    return sum / this.total;
  }

  deviation() {
    const mean = this.mean();
    let sum = 0;
    for (let i = 0; i < this.counts.length; i++) {
      if (this.counts[i] !== 0) sum += (this.middleAt(i) - mean) ** 2 * this.counts[i];
    }
    return Math.sqrt(sum / this.total);
  }

  percentile(percent) {
    const wanted = Math.max(Math.floor(Math.min(percent, 100) / 100 * this.total + 0.5), 1);
    let seen = 0;
    for (let i = 0; i < this.counts.length; i++) {
      seen += this.counts[i];
      if (seen >= wanted) return this.highAt(i);
    }
    return 0;
  }

  // Steps that halve the distance to 100 %, each with the value that reaches it.
  percentiles(convert, out) {
    let step = 0;
    let seen = 0;
    let last = 0;
    for (let i = 0; i < this.counts.length && seen < this.total; i++) {
      if (this.counts[i] === 0) continue;
      seen += this.counts[i];
      last = this.lowAt(i);
      const reached = 100 * seen / this.total;
      while (step <= reached && step < 100) {
        out.set(step, convert(last));
        const halvings = Math.floor(Math.log2(100 / (100 - step))) + 1;
        step += 100 / 2 ** halvings;
        if (seen >= this.total) break;
      }
    }
    out.set(100, convert(last));
    return out;
  }
}

const asIs = (value) => value;

class Histogram {
  #counts;

  constructor(secret, counts) {
    if (secret !== kMake) {
      throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
    }
    this.#counts = counts;
  }

  static countsOf(value) {
    if (typeof value !== 'object' || value === null || !(#counts in value)) {
      throw new codes.ERR_INVALID_THIS('Histogram');
    }
    return value.#counts;
  }

  static is(value) { return typeof value === 'object' && value !== null && #counts in value; }

  get count() { return countsOf(this).total; }

  get countBigInt() { return BigInt(countsOf(this).total); }

  get exceeds() { return countsOf(this).exceeds; }

  get exceedsBigInt() { return BigInt(countsOf(this).exceeds); }

  get min() { return countsOf(this).smallest() ?? Number(EMPTY_MIN); }

  get minBigInt() {
    const min = countsOf(this).smallest();
    return min === undefined ? EMPTY_MIN : BigInt(min);
  }

  get max() { return countsOf(this).largest(); }

  get maxBigInt() { return BigInt(countsOf(this).largest()); }

  get mean() { return countsOf(this).mean(); }

  get stddev() { return countsOf(this).deviation(); }

  percentile(percentile) {
    return countsOf(this).percentile(checkPercentile(percentile));
  }

  percentileBigInt(percentile) {
    return BigInt(countsOf(this).percentile(checkPercentile(percentile)));
  }

  get percentiles() { return countsOf(this).percentiles(asIs, new Map()); }

  get percentilesBigInt() { return countsOf(this).percentiles(BigInt, new Map()); }

  reset() {
    countsOf(this).reset();
  }

  toJSON() {
    return {
      count: this.count,
      min: this.min,
      max: this.max,
      mean: this.mean,
      exceeds: this.exceeds,
      stddev: this.stddev,
      percentiles: Object.fromEntries(this.percentiles),
    };
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util/inspect');
    const shown = { min: this.min, max: this.max, mean: this.mean, exceeds: this.exceeds, stddev: this.stddev,
                    count: this.count, percentiles: this.percentiles };
    return `Histogram ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  // A clone in the same thread shows the same counts, one in another a copy of them.
  [kPack]() { return packed(countsOf(this), false); }
}
const { countsOf, is: isHistogram } = Histogram;
delete Histogram.countsOf;
delete Histogram.is;

function packed(counts, recordable) {
  const token = require('web/structured_clone/local').tokenOf(counts);
  return { deserializeInfo: 'perf_hooks/histogram:openHistogram', data: { token, recordable, fields: { ...counts } } };
}

function openHistogram({ token, recordable, fields }) {
  const counts = require('web/structured_clone/local').find(token) ?? Object.assign(Object.create(Counts.prototype), fields);
  return recordable ? new RecordableHistogram(kMake, counts) : new Histogram(kMake, counts);
}

function checkPercentile(percentile) {
  require('internal/validators').validateNumber(percentile, 'percentile');
  if (percentile <= 0 || percentile > 100 || Number.isNaN(percentile)) {
    throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
  }
  return percentile;
}

class RecordableHistogram extends Histogram {
  record(val) {
    const counts = countsOf(this);
    if (typeof val === 'bigint') {
      counts.record(Number(val));
      return;
    }
    if (typeof val !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('val', 'number', val);
    if (!Number.isSafeInteger(val) || val < 1) {
      throw new codes.ERR_OUT_OF_RANGE('val', `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, val);
    }
    counts.record(val);
  }

  recordDelta() {
    const counts = countsOf(this);
    const time = now() * 1e6;
    if (counts.previous !== undefined) {
      const delta = Math.round(time - counts.previous);
      if (delta > 0) counts.record(delta);
    }
    counts.previous = time;
  }

  add(other) {
    if (!(isHistogram(other) && other instanceof RecordableHistogram)) {
      throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    }
    countsOf(this).add(countsOf(other));
  }

  [kPack]() { return packed(countsOf(this), true); }
}

function checkBound(value, name, least) {
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'bigint'], value);
  }
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= ${least} && <= ${Number.MAX_SAFE_INTEGER}`, value);
  }
  return number;
}

function createHistogram(options = {}) {
  const validators = require('internal/validators');
  validators.validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  const low = checkBound(lowest, 'options.lowest', 1);
  const high = checkBound(highest, 'options.highest', low * 2);
  validators.validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kMake, new Counts(low, high, figures));
}

module.exports = { Counts, Histogram, countsOf, createHistogram, kMake, openHistogram };
