// SPDX-License-Identifier: MIT
//
// A child that a signal ended has a signal and no exit code: from without, by itself, in its synchronous form, and through a shell.
'use strict';

const assert = require('assert');
const { exec, spawn, spawnSync } = require('child_process');

const seen = [];
function watch(name, child, expected) {
  child.on('exit', (code, signal) => seen.push([name, code, signal]));
  child.on('close', (code, signal) => {
    assert.deepStrictEqual([code, signal], [null, expected]);
    assert.deepStrictEqual([child.exitCode, child.signalCode], [null, expected]);
    assert.strictEqual(child.kill(), false); // it is gone
  });
}

const sleeper = spawn('sleep', ['60']);
watch('killed', sleeper, 'SIGKILL');
sleeper.on('spawn', () => {
  assert.strictEqual(sleeper.kill('SIGKILL'), true);
  assert.strictEqual(sleeper.killed, true);
});
watch('itself', spawn('sh', ['-c', 'kill -SEGV $$']), 'SIGSEGV');
watch('program', spawn(process.execPath, ['-e', 'process.kill(process.pid, "SIGUSR2")']), 'SIGUSR2');
exec('kill -TERM $$', (error, stdout, stderr) => {
  assert.deepStrictEqual([error.code, error.signal, error.killed, error.cmd], [null, 'SIGTERM', false, 'kill -TERM $$']);
});

const result = spawnSync('sh', ['-c', 'echo before; kill -HUP $$']);
assert.deepStrictEqual([result.status, result.signal, `${result.stdout}`, result.error], [null, 'SIGHUP', 'before\n', undefined]);

process.on('exit', () => assert.deepStrictEqual(seen.map(([name]) => name).sort(), ['itself', 'killed', 'program']));
