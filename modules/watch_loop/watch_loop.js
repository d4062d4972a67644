// SPDX-License-Identifier: MIT
//
// process.watchLoop and `lode --watch-loop`: reports of turns of the event loop that blocked for too long, on standard
// error and as the event 'loopBlocked' of process. Noticing them is C (watch_loop.c); this file knows who watches and
// says it. What a report holds is in watch_loop/report, how it is printed in watch_loop/print.
'use strict';

const native = binding('watch_loop');

// Reports that may be printed at once, and how many more each second. What is not printed is counted.
const MOST_PRINTED = 5;
const PRINTED_EACH_SECOND = 1;

const watches = new Set();
let numbers = null; // of the turn that is reported
let allowed = MOST_PRINTED;
let allowedAt = 0;
let untold = null; // reports that were not printed since the last one that was

class LoopWatch {
  constructor(threshold, print) {
    this.threshold = threshold;
    this.print = print;
  }
  stop() {
    if (watches.delete(this)) update();
  }
  [Symbol.dispose]() { this.stop(); }
}

// The engine watches for the lowest threshold.
function update() {
  let lowest = Infinity;
  for (const { threshold } of watches) if (threshold < lowest) lowest = threshold;
  if (lowest === Infinity) return native.stop();
  if (numbers === null) {
    numbers = native.setup(onBlocked);
    require('process').addLastWork(finish);
  }
  if (!native.start(lowest)) throw new Error('The event loop cannot be watched: no thread could be started');
}

function watchLoop(options = {}) {
  const { validateObject, validateNumber, validateBoolean, validateAbortSignal } = require('internal/validators');
  validateObject(options, 'options');
  const { threshold = 50, print = true, signal } = options;
  validateNumber(threshold, 'options.threshold', 1);
  validateBoolean(print, 'options.print');
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  const watch = new LoopWatch(threshold, print);
  if (signal?.aborted) return watch;
  watches.add(watch);
  update();
  if (signal !== undefined) signal.addEventListener('abort', () => watch.stop(), { once: true });
  return watch;
}

function watchFromCommandLine(threshold) {
  watches.add(new LoopWatch(threshold, true));
  update();
}

// ---- Reports ----

// Whether one more may be printed now.
function mayPrint(now) {
  allowed = Math.min(MOST_PRINTED, allowed + (now - allowedAt) / 1000 * PRINTED_EACH_SECOND);
  allowedAt = now;
  if (allowed < 1) return false;
  allowed--;
  return true;
}

function noteUntold(duration) {
  untold ??= { count: 0, total: 0, longest: 0 };
  untold.count++;
  untold.total += duration;
  untold.longest = Math.max(untold.longest, duration);
}

function say(text) {
  binding('env').writeRaw(2, text);
}

// Called before the loop polls, or as the last thing that the thread does.
function onBlocked(samples) {
  const duration = numbers[0];
  const phase = numbers[7] === 1 ? 'loading' : process._exiting ? 'ending' : 'running';
  const end = require('perf_hooks').performance.now();
  let wanted = false;
  for (const { threshold, print } of watches) if (print && threshold <= duration) wanted = true;
  if (wanted && !mayPrint(end)) {
    wanted = false;
    noteUntold(duration);
  }
  const heard = !process._exiting && process.listenerCount('loopBlocked') > 0;
  if (!wanted && !heard) return;
  const report = require('watch_loop/report').make(numbers, samples, phase, end);
  if (wanted) {
    const { reportText, untoldText } = require('watch_loop/print');
    say((untold === null ? '' : untoldText(untold)) + reportText(report));
    untold = null;
  }
  if (heard) require('timers').setImmediate(() => process.emit('loopBlocked', report));
}

// The last turn has no end that the loop sees.
function finish() {
  if (watches.size > 0) native.finish();
  if (untold !== null) say(require('watch_loop/print').untoldText(untold));
}

module.exports = { watchLoop, watchFromCommandLine };
