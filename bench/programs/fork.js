// SPDX-License-Identifier: MIT
//
// Forks itself twenty times, one after the other, each time for a message and its answer; prints how many milliseconds one takes.
'use strict';

const { fork } = require('child_process');

const TIMES = 20;

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send(message);
    process.disconnect();
  });
} else {
  let left = TIMES;
  const start = process.hrtime.bigint();
  (function next() {
    if (left-- === 0) {
      console.log(`each ${Number(process.hrtime.bigint() - start) / 1e6 / TIMES}`);
      return;
    }
    let answered = false;
    const child = fork(__filename, ['child']);
    child.on('message', () => { answered = true; });
    child.on('exit', (code) => {
      if (code !== 0 || !answered) throw new Error('the child did not answer');
      next();
    });
    child.send({ text: 'hello' });
  })();
}
