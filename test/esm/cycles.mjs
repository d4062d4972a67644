// SPDX-License-Identifier: MIT
//
// In a cycle of imports, functions of a module that has not been evaluated can be called and find their own imports, even
// those from outside of the cycle; variables throw; and modules are evaluated in the order of their imports.
import assert from 'node:assert';
import { ping, order, TOP } from '../fixtures/esm/cycle/entry.mjs';
import { early, unready } from '../fixtures/esm/cycle/first.mjs';
import * as self from '../fixtures/esm/cycle/self.mjs';

assert.strictEqual(early, 'helped ping');
assert.strictEqual(unready, 'ReferenceError');
assert.strictEqual(TOP, 'set by first');
assert.strictEqual(ping(3), 'pong');
assert.deepStrictEqual(order, ['second', 'below', 'first']);
assert.deepStrictEqual(self.seen, [1, 1, true]);
