// SPDX-License-Identifier: MIT
//
// A child's output that is another child's input is read by that child alone, also after the first one has exited. What that child leaves
// can be read here.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');

const SIZE = 60000;
const first = spawn('sh', ['-c', `head -c ${SIZE} /dev/zero`]);
const second = spawn('sh', ['-c', 'read go <&3; head -c 50000 | wc -c'], { stdio: [first.stdout, 'pipe', 'inherit', 'pipe'] });

// What the end of the first child sets going here has happened by then.
first.on('exit', () => setImmediate(() => setImmediate(() => second.stdio[3].end('go\n'))));

let left = 0;
let counted = '';
second.stdout.on('data', (data) => { counted += data; });
second.on('close', (code) => {
  assert.strictEqual(code, 0);
  assert.strictEqual(Number(counted), 50000);
  assert.strictEqual(first.stdout.readableFlowing, false);
  first.stdout.on('data', (data) => { left += data.length; });
  first.stdout.resume();
});
first.on('close', () => assert.strictEqual(left, SIZE - 50000));
