// SPDX-License-Identifier: MIT
//
// A port with a message listener keeps the process alive until unref(), the removal of the listener, or close().
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const { MessageChannel } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
const listener = () => {};
assert.strictEqual(port2.hasRef(), false);
port2.on('message', listener);
assert.strictEqual(port2.hasRef(), true);
port2.off('message', listener);
assert.strictEqual(port2.hasRef(), false);
port2.onmessage = listener;
assert.strictEqual(port2.hasRef(), true);
port2.unref();
assert.strictEqual(port2.hasRef(), false);
port2.ref();
port1.postMessage('kept while nobody listens');

const stays = spawnSync(process.execPath, ['-e', `
  const { port1, port2 } = new MessageChannel();
  port2.on('message', (m) => { if (m === 'now') port1.close(); });
  setImmediate(() => setImmediate(() => port1.postMessage('now')));
  port2.on('close', () => console.log('closed'));`], { encoding: 'utf8' });
assert.deepStrictEqual([stays.status, stays.stdout], [0, 'closed\n']);
port2.close();
