// SPDX-License-Identifier: MIT
//
// module.enableCompileCache, getCompileCacheDir and flushCompileCache: the answers, the checks, and that a flush writes.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');
const Module = require('module');

const { FAILED, ENABLED, ALREADY_ENABLED, DISABLED } = Module.constants.compileCacheStatus;
assert.deepStrictEqual([FAILED, ENABLED, ALREADY_ENABLED, DISABLED], [0, 1, 2, 3]);
for (const invalid of [0, null, false, Symbol('x'), { directory: 1 }]) {
  assert.throws(() => Module.enableCompileCache(invalid), { code: 'ERR_INVALID_ARG_TYPE' });
}

process.env.NODE_DISABLE_COMPILE_CACHE = '1';
assert.deepStrictEqual(Module.enableCompileCache(), { status: DISABLED });
delete process.env.NODE_DISABLE_COMPILE_CACHE;

const folder = scratch();
const blocked = path.join(folder, 'file');
fs.writeFileSync(blocked, '');
const failed = Module.enableCompileCache(path.join(blocked, 'inside'));
assert.strictEqual(failed.status, FAILED);
assert.match(failed.message, /^Cannot create cache directory: /);
assert.strictEqual(Module.getCompileCacheDir(), undefined);
Module.flushCompileCache();

const cache = path.join(folder, 'cache');
assert.deepStrictEqual(Module.enableCompileCache({ directory: cache, portable: true }), { status: ENABLED, directory: cache });
const directory = Module.getCompileCacheDir();
assert.strictEqual(path.dirname(directory), cache);
assert.deepStrictEqual(Module.enableCompileCache(), { status: ALREADY_ENABLED, directory });

const file = path.join(folder, 'a.ts');
fs.writeFileSync(file, 'exports.a = 1 as number;');
assert.strictEqual(require(file).a, 1);
assert.deepStrictEqual(fs.readdirSync(directory), []);
Module.flushCompileCache();
assert.strictEqual(fs.readdirSync(directory).length, 1);
assert.throws(() => Module.flushCompileCache(1), { code: 'ERR_INVALID_ARG_TYPE' });

const print = 'console.log(JSON.stringify(require("module").enableCompileCache()))';
const env = { ...process.env, TMPDIR: folder };
assert.deepStrictEqual(JSON.parse(lode(['-e', print], { env }).stdout), { status: ENABLED, directory: path.join(folder, 'node-compile-cache') });
