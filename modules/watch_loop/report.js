// SPDX-License-Identifier: MIT
//
// A report of a blocked turn, made of the engine's samples: the stacks that ran, in the author's places, and the time of
// each. A sample stands for the time halfway to its neighbours. Stacks are alike when the author's functions in them
// are; what these call in lode or in the engine is named, but not told apart.
'use strict';

const frames = require('internal/frames');
const { causeOf } = require('watch_loop/causes');

const BOOTSTRAP = 'node:internal/runtime/env/bootstrap';
const NO_LINE = 0xffffffff; // the engine's, for what has no place
const MOST_FRAMES = 32;
const MOST_INTERNALS = 3;

// How the profiler calls what stacks call otherwise.
const bodies = { '__proto__': null, '(program)': 'global code', '(module)': 'module code', '(eval)': 'eval code' };

class LoopReport {
  constructor(phase, startTime, duration, cpu, callbacks, longestCallback) {
    this.phase = phase;
    this.startTime = startTime;
    this.duration = duration;
    this.cpu = cpu;
    this.callbacks = callbacks;
    this.longestCallback = longestCallback;
    this.cause = undefined;
    this.stacks = [];
    this.unsampled = 0;
  }
  toString() { return require('watch_loop/print').reportText(this); }
}

// ---- Samples ----

// [{ time, frames }], the innermost frame first, the time in milliseconds; the fields of `numbers` are in watch_loop.c.
function readSamples(text, numbers) {
  const { traces, sources } = JSON.parse(text);
  if (traces.length === 0) return [];
  const urls = new Map();
  for (const { sourceID, url } of sources) urls.set(sourceID, url);
  const end = numbers[6];
  const start = end - numbers[0];
  const known = new Map();
  const samples = [];
  for (const { timestamp, frames: raw } of traces) {
    const at = timestamp * 1000;
    if (at >= start && at <= end) samples.push({ at, time: 0, frames: raw.map((frame) => readFrame(frame, urls, known)).filter((frame) => frame !== undefined) });
  }
  return weigh(samples, numbers[5] <= 1 ? start : start + numbers[4], end);
}

function weigh(samples, start, end) {
  let from = start;
  for (let i = 0; i < samples.length; i++) {
    const to = i + 1 < samples.length ? (samples[i].at + samples[i + 1].at) / 2 : end;
    samples[i].time = Math.max(0, to - from);
    from = Math.max(from, to);
  }
  return samples;
}

// A frame of the engine's, as internal/frames reads it from a stack's line; undefined for what is nobody's code.
function readFrame({ sourceID, name, line, column }, urls, known) {
  const url = urls.get(sourceID);
  const key = `${name}\n${sourceID}:${line}:${column}`;
  let frame = known.get(key);
  if (frame === undefined) {
    const place = url === undefined || line === NO_LINE ? '[native code]' : `${url}:${line}:${column === NO_LINE ? 1 : column}`;
    [frame = null] = frames.parse(`${(bodies[name] ?? name).replaceAll('@', '')}@${place}`);
    if (frame !== null && !frame.native && url !== undefined && !url.startsWith('node:')) frame = locate(frame);
    known.set(key, frame);
  }
  return frame ?? undefined;
}

function locate(frame) {
  const [place] = frames.located([frame]);
  return place;
}

// ---- Stacks ----

function isAuthors(frame) {
  return !frame.native && frame.url !== '' && !frame.url.startsWith('node:');
}

function nameOf(frame) {
  return frame.fn === '' ? '<anonymous>' : frame.fn;
}

function publicFrame(frame) {
  return { functionName: nameOf(frame), file: frame.native ? undefined : frame.url, line: frame.line, column: frame.column, native: frame.native };
}

// The author's frames, innermost first. A function that calls itself, directly or not, is there once, where it was called first.
function authorsFrames(sample) {
  const list = [];
  const seen = new Set();
  for (let i = sample.length - 1; i >= 0; i--) {
    const frame = sample[i];
    if (!isAuthors(frame)) continue;
    const key = frame.fn === '' ? undefined : `${frame.fn}\n${frame.url}`;
    if (key !== undefined && seen.has(key)) continue;
    seen.add(key);
    list.unshift(frame);
  }
  return list;
}

// Where no function is the author's: which of lode's modules were at it, innermost first, a function for each.
function internalFrames(sample) {
  const list = [];
  for (const frame of sample) {
    const last = list[list.length - 1];
    if (frame.native || frame.url === '' || frame.url === BOOTSTRAP || last?.url === frame.url) continue;
    list.push(frame);
    if (list.length === MOST_INTERNALS) break;
  }
  return list.length === 0 ? sample.slice(0, 1) : list;
}

function add(map, key, time) {
  map.set(key, (map.get(key) ?? 0) + time);
}

function heaviest(map) {
  let best;
  let most = -1;
  for (const [key, time] of map) {
    if (time > most) {
      best = key;
      most = time;
    }
  }
  return [best, most];
}

class Stack {
  constructor(list, cause) {
    this.list = list;
    this.cause = cause;
    this.time = 0;
    this.samples = 0;
    this.places = new Map(); // where the innermost function was
    this.callees = new Map(); // what it called of lode's or the engine's, if anything
  }
  add(time, innermost, callee) {
    this.time += time;
    this.samples++;
    add(this.places, innermost, time);
    add(this.callees, callee, time);
  }
  summary(duration) {
    const list = this.list.slice(0, MOST_FRAMES);
    const [place] = heaviest(this.places);
    if (place !== undefined) list[0] = place;
    const [callee] = heaviest(this.callees);
    const time = Math.min(this.time, duration); // sums of fractions
    return {
      time,
      share: time / duration,
      samples: this.samples,
      cause: this.cause,
      callee: callee === undefined ? undefined : publicFrame(callee),
      frames: list.map(publicFrame),
    };
  }
}

function keyOf(list, cause, authors) {
  let key = cause;
  for (let i = 0; i < list.length; i++) key += authors ? `\n${list[i].fn}\n${list[i].url}${i === 0 ? '' : `:${list[i].line}`}` : `\n${list[i].url}`;
  return key;
}

function group(samples) {
  const stacks = new Map();
  for (const { time, frames: sample } of samples) {
    const cause = causeOf(sample, isAuthors);
    const first = sample.findIndex(isAuthors);
    const list = first < 0 ? internalFrames(sample) : authorsFrames(sample);
    const key = keyOf(list, cause, first >= 0);
    let stack = stacks.get(key);
    if (stack === undefined) stacks.set(key, stack = new Stack(list, cause));
    const innermost = first >= 0 && list[0].fn === sample[first].fn && list[0].url === sample[first].url ? sample[first] : list[0];
    stack.add(time, innermost, first > 0 ? sample[first - 1] : undefined);
  }
  return Array.from(stacks.values()).sort((a, b) => b.time - a.time);
}

// What took most of the time.
function mainCause(stacks) {
  const times = new Map();
  for (const { cause, time } of stacks) if (cause !== '') add(times, cause, time);
  return heaviest(times)[0];
}

function orUndefined(number) {
  return Number.isNaN(number) ? undefined : number;
}

function make(numbers, text, phase, end) {
  const duration = numbers[0];
  const cpu = orUndefined(numbers[1]);
  const report = new LoopReport(phase, end - duration, duration, cpu === undefined ? undefined : Math.min(cpu, duration), numbers[2], orUndefined(numbers[3]));
  const samples = text === undefined ? [] : readSamples(text, numbers);
  let sampled = 0;
  for (const { time } of samples) sampled += time;
  const stacks = group(samples);
  report.cause = mainCause(stacks);
  report.stacks = stacks.map((stack) => stack.summary(duration));
  report.unsampled = Math.max(0, duration - sampled);
  return report;
}

module.exports = { make };
