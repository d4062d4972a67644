// SPDX-License-Identifier: MIT
//
// A BroadcastChannel reaches all threads.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');

const COUNT = 3;
const channel = new BroadcastChannel('all');
const seen = [];
channel.onmessage = ({ data }) => {
  seen.push(data);
  if (seen.length === COUNT) channel.postMessage('end');
  if (seen.length === 2 * COUNT) channel.close();
};
for (let i = 0; i < COUNT; i++) {
  new Worker(`
    const channel = new BroadcastChannel('all');
    channel.onmessage = ({ data }) => {
      if (data !== 'end') return;
      channel.postMessage('bye');
      channel.close();
    };
    channel.postMessage('hello');`, { eval: true });
}
process.on('exit', () => assert.deepStrictEqual(seen.sort(), ['bye', 'bye', 'bye', 'hello', 'hello', 'hello']));
