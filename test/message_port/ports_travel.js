// SPDX-License-Identifier: MIT
//
// A port can be posted: what waits in it goes along, the old object is dead, and the other end does not notice.
'use strict';

const assert = require('assert');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');

const outer = new MessageChannel();
const inner = new MessageChannel();
inner.port1.postMessage('waiting');
inner.port1.on('close', () => assert.fail('the other end is still there'));
inner.port1.unref();
outer.port1.postMessage({ port: inner.port2 }, [inner.port2]);
assert.strictEqual(receiveMessageOnPort(inner.port2), undefined);
assert.throws(() => outer.port1.postMessage(0, [inner.port2]),
              { name: 'DataCloneError', message: 'MessagePort in transfer list is already detached' });

const { message: { port } } = receiveMessageOnPort(outer.port2);
assert.notStrictEqual(port, inner.port2);
assert.strictEqual(receiveMessageOnPort(port).message, 'waiting');
port.postMessage('back');
assert.strictEqual(receiveMessageOnPort(inner.port1).message, 'back');

assert.throws(() => outer.port1.postMessage(0, [outer.port1]), /Transfer list contains source port/);
assert.throws(() => outer.port1.postMessage(0, [port, port]), /Transfer list contains duplicate MessagePort/);
assert.throws(() => outer.port1.postMessage(port), /needs transfer/);
