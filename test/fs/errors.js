// SPDX-License-Identifier: MIT
//
// Errors of system calls say which call failed on which path, and missing files can be asked for quietly.
'use strict';

const assert = require('assert');
const fs = require('fs');

const gone = '/nonexistent-lode/file';
assert.throws(() => fs.statSync(gone), {
  name: 'Error', code: 'ENOENT', errno: -2, syscall: 'stat', path: gone,
  message: `ENOENT: no such file or directory, stat '${gone}'`,
});
assert.throws(() => fs.renameSync(gone, '/x'), { code: 'ENOENT', syscall: 'rename', path: gone, dest: '/x' });
assert.strictEqual(fs.statSync(gone, { throwIfNoEntry: false }), undefined);
assert.strictEqual(fs.existsSync(gone), false);
assert.strictEqual(fs.existsSync('a\0b'), false);
assert.throws(() => fs.openSync('a\0b'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fs.openSync(Buffer.from('a\0b')), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fs.openSync(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => fs.openSync('x', 'bad'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fs.closeSync(-1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fs.readSync(0, Buffer.alloc(4), 2, 4), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fs.stat('/'), { code: 'ERR_INVALID_ARG_TYPE' });

let calls = 0;
fs.stat(gone, function(error, stats) {
  assert.strictEqual(this, undefined);
  assert.strictEqual(error.code, 'ENOENT');
  assert.strictEqual(stats, undefined);
  calls++;
});
fs.promises.access(gone).catch((error) => {
  assert.strictEqual(error.syscall, 'access');
  calls++;
});
process.on('exit', () => assert.strictEqual(calls, 2));
