// SPDX-License-Identifier: MIT
//
// Two ports that answer each other for ever do not keep timers from running.
'use strict';

const { MessageChannel } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
port1.on('message', (n) => port1.postMessage(n + 1));
port2.on('message', (n) => port2.postMessage(n + 1));
port1.postMessage(0);
port2.on('message', () => port2.postMessage(0)); // and ever more
setTimeout(() => port1.close(), 20);
