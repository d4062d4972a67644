// SPDX-License-Identifier: MIT
//
// Programs that are not there, may not be run, or are given a folder that is not there: 'error' and no 'exit', or an error returned.
'use strict';

const assert = require('assert');
const { execFile, execFileSync, fork, spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-spawn-'));
const plain = path.join(folder, 'plain');
fs.writeFileSync(plain, 'exit 0\n', { mode: 0o644 });
const cases = [
  [path.join(folder, 'missing'), {}, 'ENOENT'],
  ['no-program-has-this-name', {}, 'ENOENT'],
  ['true', { cwd: path.join(folder, 'missing') }, 'ENOENT'],
  [plain, {}, 'EACCES'],
  [folder, {}, 'EACCES'],
];
let errors = 0;

for (const [file, options, code] of cases) {
  const child = spawn(file, ['x', 'y'], options);
  assert.strictEqual(child.pid, undefined);
  assert.ok(child.stdin && child.stdout && child.stderr);
  child.on('exit', () => assert.fail('it never ran'));
  child.on('spawn', () => assert.fail('it never ran'));
  child.on('error', (error) => {
    errors++;
    assert.deepStrictEqual([error.code, error.syscall, error.path, error.spawnargs], [code, `spawn ${file}`, file, ['x', 'y']]);
    assert.strictEqual(error.message, `spawn ${file} ${code}`);
    assert.strictEqual(child.exitCode, error.errno);
    assert.strictEqual(child.kill(), false);
  });
  execFile(file, ['x'], options, (error, stdout, stderr) => {
    errors++;
    assert.deepStrictEqual([error.code, error.cmd, stdout, stderr], [code, `${file} x`, '', '']);
  });
  const { error, status, pid, output, signal } = spawnSync(file, options);
  assert.deepStrictEqual([error.code, error.syscall, error.path, status, pid, output, signal], [code, `spawnSync ${file}`, file, null, 0, null, null]);
  assert.throws(() => execFileSync(file, options), { code, spawnargs: [] });
}

fork(plain, { execPath: path.join(folder, 'missing') }).on('error', (error) => {
  errors++;
  assert.strictEqual(error.code, 'ENOENT');
});
assert.throws(() => spawn('true', { uid: 'root' }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => spawn('true', { gid: 2 ** 40 }), { code: 'ERR_OUT_OF_RANGE' });

process.on('exit', () => {
  fs.rmSync(folder, { recursive: true });
  assert.strictEqual(errors, cases.length * 2 + 1);
});
