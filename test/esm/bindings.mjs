// SPDX-License-Identifier: MIT
//
// Imported bindings are live, cycles see hoisted functions, and star exports merge.
import assert from 'node:assert';
import Counter, { count, increment, 'the count' as same } from '../fixtures/esm/counter.mjs';
import { seen } from '../fixtures/esm/cycle_a.mjs';
import * as stars from '../fixtures/esm/stars.mjs';

assert.strictEqual(count, 0);
increment();
assert.strictEqual(count, 1);
assert.strictEqual(same, 1);
assert.strictEqual(Counter.name, 'Counter');
assert.deepStrictEqual(seen, { b: 'hoisted', early: 'ReferenceError' });
assert.deepStrictEqual(Object.keys(stars), ['__esModule', 'count', 'inner', 'module.exports', 'one', 'the count', 'two', 'increment'].sort());
assert.strictEqual(stars.inner.count, 1);
assert.strictEqual(this, undefined);
