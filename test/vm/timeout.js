// SPDX-License-Identifier: MIT
//
// Endless code ends by a timeout, also where it calls out, catches, or waits in microtasks; the program goes on afterwards.
'use strict';

const assert = require('assert');
const vm = require('vm');

const timedOut = (ms) => ({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT', message: `Script execution timed out after ${ms}ms` });

assert.strictEqual(vm.runInThisContext('1 + 1', { timeout: 1000 }), 2);
assert.throws(() => vm.runInThisContext('for (;;);', { timeout: 5 }), timedOut(5));
assert.throws(() => vm.runInNewContext('for (;;) try { for (;;); } catch {} finally {}', {}, { timeout: 6 }), timedOut(6));
assert.throws(() => vm.runInNewContext('loop()', { loop() { for (;;); } }, { timeout: 7 }), timedOut(7));
assert.throws(() => vm.runInNewContext('throw new RangeError("own")', {}, { timeout: 1000 }), { name: 'RangeError', message: 'own' });

// Nested: whoever is due first ends.
const nested = { run(timeout) { vm.runInNewContext('for (;;);', {}, { timeout }); } };
assert.throws(() => vm.runInNewContext('run(8)', nested, { timeout: 10_000 }), timedOut(8));
assert.throws(() => vm.runInNewContext('run(10000)', nested, { timeout: 9 }), timedOut(9));

// Microtasks count where the context runs them itself.
const microtaskMode = 'afterEvaluate';
assert.throws(() => vm.runInNewContext('Promise.resolve().then(() => { for (;;); })', {}, { timeout: 5, microtaskMode }), timedOut(5));
assert.throws(() => vm.runInNewContext('Promise.resolve().then(() => { for (;;); }); for (;;);', {}, { timeout: 5, microtaskMode }), timedOut(5));
const order = [];
vm.runInNewContext('Promise.resolve().then(() => order.push("microtask"))', { order }, { microtaskMode });
order.push('returned');
assert.deepStrictEqual(order, ['microtask', 'returned']);

for (const timeout of [0, -1, 1.5, '5', null]) assert.throws(() => vm.runInThisContext('1', { timeout }), /timeout/);
