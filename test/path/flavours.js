// SPDX-License-Identifier: MIT
//
// Both flavours of path work on every platform, and globs match whole paths.
'use strict';

const assert = require('assert');
const path = require('path');

assert.strictEqual(path, path.posix);
assert.strictEqual(path.posix.join('/a/', '..', './b/', 'c//'), '/b/c/');
assert.strictEqual(path.posix.relative('/a/b/c', '/a/d'), '../../d');
assert.deepStrictEqual(path.parse('/x/.y.tar.gz'), { root: '/', dir: '/x', base: '.y.tar.gz', ext: '.gz', name: '.y.tar' });
assert.strictEqual(path.win32.resolve('C:\\a', '..', 'b'), 'C:\\b');
assert.strictEqual(path.win32.normalize('//server/share/a/../b'), '\\\\server\\share\\b');
assert.strictEqual(path.win32.relative('C:\\A\\b', 'c:\\a\\C'), '..\\C');
assert.strictEqual(path.win32.normalize('CON:../x'), '.\\CON:..\\x');
assert.ok(path.matchesGlob('a/b/c.js', 'a/**/*.{js,ts}'));
assert.ok(!path.matchesGlob('a/.b/c.js', 'a/**/*.js'));
