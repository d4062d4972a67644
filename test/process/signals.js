// SPDX-License-Identifier: MIT
//
// A signal with listeners is an event and ends nobody; with the last listener gone it does again what it did before; groups and names of process.kill.
'use strict';

const assert = require('assert');
const { spawn, spawnSync } = require('child_process');

function run(source) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['-e', source], { encoding: 'utf8' });
  assert.strictEqual(stderr, '');
  return [status, signal, stdout];
}

assert.deepStrictEqual(run(`
  const seen = [];
  process.on('SIGTERM', (name, number) => seen.push(name, number));
  process.on('SIGTERM', () => { console.log(seen.join()); process.exit(5); });
  setInterval(() => {}, 1000);
  process.kill(process.pid, 'SIGTERM');`), [5, null, 'SIGTERM,15\n']);

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']) {
  assert.deepStrictEqual(run(`
    const listener = () => console.log('never');
    process.on('${name}', listener);
    process.off('${name}', listener);
    process.kill(process.pid, '${name}');
    setInterval(() => {}, 1000);`), [null, name, '']);
}
assert.deepStrictEqual(run(`
  process.once('SIGUSR2', () => { console.log('once'); process.kill(process.pid, 'SIGUSR2'); });
  setInterval(() => {}, 1000);
  process.kill(process.pid, 12);`), [null, 'SIGUSR2', 'once\n']);
// Listeners do not keep a program alive.
assert.deepStrictEqual(run('process.on("SIGINT", () => {});'), [0, null, '']);

assert.strictEqual(process.kill(process.pid, 0), true);
assert.throws(() => process.kill(process.pid, 'SIGNOPE'), { code: 'ERR_UNKNOWN_SIGNAL' });
assert.throws(() => process.kill('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.kill(process.pid, 1000), { code: 'EINVAL', syscall: 'kill' });
assert.throws(() => process.on('SIGKILL', () => {}), { code: 'EINVAL', syscall: 'uv_signal_start' });

// A group: a detached child leads one.
const leader = spawn('sh', ['-c', 'sleep 60 & sleep 60'], { detached: true });
leader.on('spawn', () => process.kill(-leader.pid, 'SIGKILL'));
leader.on('exit', (code, signal) => assert.strictEqual(signal, 'SIGKILL'));
