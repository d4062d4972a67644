// SPDX-License-Identifier: MIT
//
// Posting the other end of a channel through the channel itself loses it, with a warning.
'use strict';

const assert = require('assert');
const { MessageChannel } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
let warning;
process.on('warning', ({ message }) => { warning = message; });
port1.on('close', () => {
  assert.match(warning, /posted to itself/);
  warning = 'seen';
});
port1.ref();
port1.postMessage(0, [port2]);
process.on('exit', () => assert.strictEqual(warning, 'seen'));
