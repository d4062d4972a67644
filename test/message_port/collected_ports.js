// SPDX-License-Identifier: MIT
//
// Ports that nobody can hear any more are collected, a thousand channels leave no descriptor and no memory behind.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { setFlagsFromString } = require('v8');
const { MessageChannel } = require('worker_threads');

setFlagsFromString('--expose-gc');
const descriptors = () => fs.readdirSync('/proc/self/fd').length;
if (!fs.existsSync('/proc/self/fd')) {
  console.log('skip: no /proc');
  process.exit(0);
}
const before = descriptors();
for (let i = 0; i < 1000; i++) {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(Buffer.alloc(1000));
  port2.on('message', () => {});
  port2.close();
}
setImmediate(() => setImmediate(() => assert.ok(descriptors() <= before + 3))); // the bell, and the listing itself
