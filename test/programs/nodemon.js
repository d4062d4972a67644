// SPDX-License-Identifier: MIT
//
// nodemon starts a program, starts it again when a file changes, waits for a change after it fell, and ends it on its own end.
// time limit: 600 seconds
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const { lode, prepare } = require('../helpers/programs');

const folder = prepare('nodemon');
const program = path.join(folder, '..', 'node_modules', 'nodemon', 'bin', 'nodemon.js');
const app = path.join(folder, 'app.js');
const write = (text) => fs.writeFileSync(app, `${text}\n`);
write('console.log("first", process.pid); setInterval(() => {}, 1000);');

const child = spawn(lode, [program, '--exec', lode, '--delay', '0.05', '--quiet', 'app.js'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
const guard = setTimeout(() => child.kill('SIGKILL'), 60000);
const steps = [
  [/first (\d+)/, () => write('console.log("second", process.pid); setInterval(() => {}, 1000);')],
  [/second (\d+)/, () => write('console.log("third", process.pid); process.exitCode = 3;')],
  [/third (\d+)/, () => write('console.log("fourth", process.pid); setInterval(() => {}, 1000);')],
  [/fourth (\d+)/, () => child.kill('SIGINT')],
];
const pids = [];
let output = '';

child.stderr.on('data', (data) => { output += data; });
child.stdout.setEncoding('utf8').on('data', (data) => {
  output += data;
  const step = steps[pids.length];
  const match = step?.[0].exec(output);
  if (!match) return;
  pids.push(Number(match[1]));
  // The watcher has to be there before the change is.
  setTimeout(step[1], 600);
});

// The programs hold this stream too: it ends with the last of them.
child.on('close', () => {
  clearTimeout(guard);
  assert.strictEqual(pids.length, 4, output);
  assert.strictEqual(new Set(pids).size, 4);
});
