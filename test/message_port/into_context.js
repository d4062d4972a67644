// SPDX-License-Identifier: MIT
//
// A port moved into a context of node:vm: messages are made of the context's own objects, both ways and with ports among
// them, and errors are its own.
'use strict';

const assert = require('assert');
const vm = require('vm');
const { MessageChannel, MessagePort, moveMessagePortToContext } = require('worker_threads');

const context = vm.createContext();
const { port1, port2 } = new MessageChannel();
const other = new MessageChannel();
const moved = moveMessagePortToContext(port1, context);
assert.ok(!(moved instanceof MessagePort));
context.port = moved;
context.seen = [];
vm.runInContext(`
  port.onmessage = ({ data, ports }) => {
    seen.push(data instanceof Object, data.list instanceof Array, data.map instanceof Map && data.map.get('k') === data.list,
      data.bytes instanceof Uint8Array && data.bytes[1] === 2, data.error instanceof RangeError, data.when instanceof Date, ports[0] === data.port);
    data.port.postMessage('through the other');
    port.postMessage({ answer: [1, 2], given: data.port }, [data.port]);
  };
  port.onmessageerror = ({ data }) => seen.push(data instanceof Error && data.code);
  port.start();
  try { port.postMessage(() => {}) } catch (error) { seen.push(error instanceof Error && error.name) }
`, context);

const list = [1];
const got = [];
port2.postMessage({ list, map: new Map([['k', list]]), bytes: Uint8Array.of(1, 2), error: new RangeError('r'), when: new Date(0), port: other.port1 }, [other.port1]);
port2.postMessage(new DOMException('of this realm', 'AbortError'));
other.port2.on('message', (message) => got.push(message));
port2.on('message', ({ answer, given }) => {
  assert.ok(given instanceof MessagePort);
  got.push(answer);
  given.close();
  setImmediate(() => port2.close());
});
assert.throws(() => moveMessagePortToContext(new MessageChannel().port1, {}), { code: 'ERR_INVALID_ARG_TYPE' });
process.on('exit', () => {
  assert.deepStrictEqual([...context.seen], ['DataCloneError', true, true, true, true, true, true, true, 'ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE']);
  assert.deepStrictEqual(got.sort(), [[1, 2], 'through the other']);
});
