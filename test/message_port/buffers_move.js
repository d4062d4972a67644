// SPDX-License-Identifier: MIT
//
// A buffer in the transfer list moves: empty here, whole there; a message that fails moves nothing.
'use strict';

const assert = require('assert');
const { MessageChannel, markAsUntransferable, receiveMessageOnPort } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
for (const size of [4, 100000]) {
  const bytes = new Uint8Array(size).fill(9);
  port1.postMessage({ bytes, text: 'x' }, [bytes.buffer]);
  assert.strictEqual(bytes.byteLength, 0);
  assert.ok(bytes.buffer.detached);
  const { message } = receiveMessageOnPort(port2);
  assert.deepStrictEqual(message.bytes, new Uint8Array(size).fill(9));
  assert.strictEqual(message.text, 'x');
}

const kept = new ArrayBuffer(8);
assert.throws(() => port1.postMessage([kept, () => {}], [kept]), { name: 'DataCloneError' });
assert.strictEqual(kept.byteLength, 8);
assert.throws(() => port1.postMessage(0, [kept, kept]), /duplicate ArrayBuffer/);
markAsUntransferable(kept);
assert.throws(() => port1.postMessage(0, [kept]), { name: 'DataCloneError', code: 25 });
assert.strictEqual(kept.byteLength, 8);
