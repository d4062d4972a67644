// SPDX-License-Identifier: MIT
//
// Cached data is accepted for the source it was made of, and rejected for others.
'use strict';

const assert = require('assert');
const vm = require('vm');

const source = '1 + 1';
const data = new vm.Script(source).createCachedData();
assert.ok(Buffer.isBuffer(data) && data.length > 0);
const again = new vm.Script(source, { cachedData: data });
assert.strictEqual(again.cachedDataRejected, false);
assert.strictEqual(again.runInThisContext(), 2);
assert.strictEqual(new vm.Script('2 + 2', { cachedData: data }).cachedDataRejected, true);
assert.strictEqual(new vm.Script(source, { cachedData: Buffer.alloc(100) }).cachedDataRejected, true);
assert.strictEqual(new vm.Script(source).cachedDataRejected, undefined);

const produced = new vm.Script(source, { produceCachedData: true });
assert.strictEqual(produced.cachedDataProduced, true);
assert.deepStrictEqual(produced.cachedData, data);

const fn = vm.compileFunction('return 1', [], { produceCachedData: true });
assert.strictEqual(vm.compileFunction('return 1', [], { cachedData: fn.cachedData }).cachedDataRejected, false);
assert.strictEqual(vm.compileFunction('return 2', [], { cachedData: fn.cachedData }).cachedDataRejected, true);
