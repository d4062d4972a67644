// SPDX-License-Identifier: MIT
//
// A child that closes its standard streams and goes on: writing to it fails on that stream, its output ends, and 'close' waits for its end.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');

const order = [];
const child = spawn('sh', ['-c', 'exec <&- >&- 2>&-; kill -STOP $$; exit 7']);
child.stdin.on('error', (error) => {
  assert.match(error.code, /^(EPIPE|ECONNRESET)$/);
  order.push('stdin error');
});
for (const name of ['stdout', 'stderr']) {
  child[name].on('data', () => assert.fail('nothing was written'));
  child[name].on('end', () => {
    order.push(`${name} end`);
    if (order.length === 2) {
      assert.strictEqual(child.exitCode, null);
      write();
    }
  });
}

function write() {
  child.stdin.write(Buffer.alloc(1 << 20));
  child.stdin.on('close', () => {
    order.push('stdin close');
    child.kill('SIGCONT');
    child.kill('SIGCONT'); // it may not have stopped yet when the first arrived
  });
}
const again = setInterval(() => child.kill('SIGCONT'), 20);

child.on('close', (code, signal) => {
  clearInterval(again);
  assert.deepStrictEqual([code, signal], [7, null]);
  assert.deepStrictEqual(order.sort(), ['stderr end', 'stdin close', 'stdin error', 'stdout end']);
});
