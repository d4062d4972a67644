// SPDX-License-Identifier: MIT
//
// A getter may post messages while its own object is being posted.
'use strict';

const assert = require('assert');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');

const { port1, port2 } = new MessageChannel();
let inner = 0;
port1.postMessage({
  a: 'first',
  get b() {
    port1.postMessage({ inner: ++inner, text: 'from within' });
    return ['B'];
  },
  c: 'last',
});
assert.deepStrictEqual(receiveMessageOnPort(port2).message, { inner: 1, text: 'from within' });
assert.deepStrictEqual(receiveMessageOnPort(port2).message, { a: 'first', b: ['B'], c: 'last' });

assert.throws(() => port1.postMessage({ x: 'lost', get bad() { throw new RangeError('mine'); } }), /mine/);
port1.postMessage({ get deep() { port1.postMessage(['a', { get deeper() { port1.postMessage('b'); return 1; } }]); return 2; } });
assert.strictEqual(receiveMessageOnPort(port2).message, 'b');
assert.deepStrictEqual(receiveMessageOnPort(port2).message, ['a', { deeper: 1 }]);
assert.deepStrictEqual(receiveMessageOnPort(port2).message, { deep: 2 });
