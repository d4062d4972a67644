// SPDX-License-Identifier: MIT
//
// process.execve puts another program in this one's place: same process id, the arguments and environment given, no 'exit' event; what was written
// before is there. It checks its arguments, and a program that cannot be run ends this one.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

const run = (source) => spawnSync(process.execPath, ['-e', source], { encoding: 'utf8' });

const replaced = run(`
  process.on('exit', () => console.log('exit'));
  process.on('SIGPIPE', () => {});
  process.stdout.write(process.pid + ' ');
  process.execve('/bin/sh', ['a name', '-c', 'echo $$ "$0" "$X" "$HOME"; exit 7'], { X: 'y z' });`);
assert.strictEqual(replaced.status, 7);
assert.match(replaced.stdout, /^(\d+) \1 a name y z \n$/);
assert.strictEqual(replaced.stderr, '');

const failed = run('process.execve("/missing", ["x"])');
assert.strictEqual(failed.signal, 'SIGABRT');
assert.match(failed.stderr, /^process\.execve failed with error code ENOENT\n/);

assert.throws(() => process.execve(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.execve('/bin/true', 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.execve('/bin/true', ['a', 1]), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => process.execve('/bin/true', ['a\0b']), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => process.execve('/bin/true', [], { A: 1 }), { code: 'ERR_INVALID_ARG_VALUE' });
