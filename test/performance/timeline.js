// SPDX-License-Identifier: MIT
// Marks and measures reach the timeline and the observers, and histograms keep three digits.
'use strict';

const assert = require('assert');
const { performance, PerformanceObserver, createHistogram, timerify } = require('perf_hooks');

let delivered = 0;
const observer = new PerformanceObserver((list) => {
  delivered += list.getEntries().length;
  observer.disconnect();
});
observer.observe({ entryTypes: ['mark', 'measure', 'function'] });

performance.mark('a', { startTime: 1 });
performance.mark('b', { startTime: 5, detail: { x: 1 } });
const measure = performance.measure('a to b', 'a', 'b');
assert.strictEqual(measure.duration, 4);
assert.deepStrictEqual(performance.getEntries().map((entry) => entry.name), ['a', 'a to b', 'b']);
assert.throws(() => performance.measure('x', 'unknown'), { name: 'SyntaxError' });
assert.strictEqual(timerify((n) => n + 1)(1), 2);
assert(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000);

const histogram = createHistogram();
for (const value of [5, 7, 1000000]) histogram.record(value);
assert.strictEqual(histogram.max, 1000447);
assert.strictEqual(histogram.percentile(50), 7);
assert.deepStrictEqual([...histogram.percentiles], [[0, 5], [50, 7], [75, 999936], [100, 999936]]);

process.on('exit', () => assert.strictEqual(delivered, 4));
