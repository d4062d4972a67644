// SPDX-License-Identifier: MIT
//
// breakOnSigint: a SIGINT ends the code, and the program's own listeners are back afterwards.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');
const vm = require('vm');

if (process.argv[2] === 'child') {
  const seen = [];
  process.on('SIGINT', () => seen.push('listener'));
  assert.throws(() => vm.runInNewContext('ready(); for (;;);', { ready() { require('fs').writeSync(1, 'ready'); } }, { breakOnSigint: true }),
                { code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED', message: 'Script execution was interrupted by `SIGINT`' });
  process.once('SIGINT', () => {
    assert.deepStrictEqual(seen, ['listener']);
    process.exit(7);
  });
  process.kill(process.pid, 'SIGINT');
  setTimeout(() => {}, 10_000);
} else {
  const child = spawn(process.execPath, [__filename, 'child'], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => child.kill('SIGINT'));
  child.on('exit', (code, signal) => assert.deepStrictEqual([code, signal], [7, null]));
}
