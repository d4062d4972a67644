// SPDX-License-Identifier: MIT
//
// A FileHandle moves with a message; the old one says so; one that never arrives is closed.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');

(async () => {
  const { port1, port2 } = new MessageChannel();
  const handle = await fs.promises.open(__filename);
  port1.postMessage({ handle }, [handle]);
  assert.strictEqual(handle.fd, -1);
  await assert.rejects(handle.read(), { code: 'EBADF', message: 'The FileHandle has been transferred' });
  const { handle: moved } = receiveMessageOnPort(port2).message;
  assert.match(await moved.readFile('utf8'), /^\/\/ SPDX/);

  const reading = moved.readFile();
  assert.throws(() => port1.postMessage(moved, [moved]), { name: 'DataCloneError', message: 'Cannot transfer FileHandle while in use' });
  await reading;

  const { fd } = moved;
  port1.postMessage(moved, [moved]);
  port1.close();
  port2.on('close', () => assert.throws(() => fs.fstatSync(fd), { code: 'EBADF' }));
  port2.close();
})();
