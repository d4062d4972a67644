// SPDX-License-Identifier: MIT
//
// What cannot be cloned is refused in the words of structuredClone, and nothing is sent.
'use strict';

const assert = require('assert');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
const refused = [
  () => {}, Symbol('x'), { a: [new Proxy({}, {})] }, [new Proxy([], {})], new WeakMap(), Promise.resolve(),
  (function() { return arguments; })(1), (function* () {})(), Object.setPrototypeOf(new WeakSet(), Object.prototype),
  new Proxy({}, { ownKeys() { throw new Error('a trap'); } }), new URL('http://a'), globalThis, new WeakRef({}), port1,
];
for (const value of refused) {
  let expected;
  assert.throws(() => structuredClone(value), (error) => {
    expected = error;
    return error.name === 'DataCloneError' && error.code === 25;
  });
  assert.throws(() => port1.postMessage(value), { name: 'DataCloneError', code: 25, message: expected.message });
}
assert.strictEqual(receiveMessageOnPort(port2), undefined);
