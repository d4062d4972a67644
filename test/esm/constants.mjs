// SPDX-License-Identifier: MIT
//
// An importer can write to nothing: not to a name, not to a namespace, not to what is in it.
import assert from 'node:assert';
import * as ns from '../fixtures/esm/counter.mjs';
import { count as name } from '../fixtures/esm/counter.mjs';

const before = name;
const writes = [() => { ns = 1; }, () => { ns++; }, () => { name = 2; }, () => { name++; }, () => { [name] = [1]; },
                () => { ns.count = 2; }, () => { ns.other = 1; }, () => { delete ns.count; }, () => { [ns.count] = [1]; }];
for (const write of writes) assert.throws(write, TypeError, `${write}`);
assert.strictEqual(typeof ns, 'object');
assert.strictEqual(ns.count, before);
assert.strictEqual(ns.other, undefined);
