// SPDX-License-Identifier: MIT
//
// Streams that move: the old one is piped into a port, the new one reads from the port's other end, in this thread or
// another. The ends speak in { type: 'pull' | 'chunk' | 'close' | 'error', value }, as the Streams standard has it.
'use strict';

const { kMove, kMoveList } = require('web/structured_clone/protocol');

const underWay = new WeakMap(); // what moves -> the ports that go along

function dataCloneError(message) {
  const { DOMException } = require('web/domexception');
  return new DOMException(message, 'DataCloneError');
}

function channel() {
  const { MessageChannel } = require('worker_threads/ports');
  return new MessageChannel();
}

// A reason that cannot be cloned is told of instead.
function postError(port, reason) {
  try {
    port.postMessage({ type: 'error', value: reason });
    return undefined;
  } catch (error) {
    port.postMessage({ type: 'error', value: error });
    return error;
  }
}

function listen(port, onMessage, onFailure) {
  port.onmessage = ({ data }) => onMessage(data.type, data.value);
  port.onmessageerror = onFailure;
  port.unref();
}

// What comes out of a port.
function readableFrom(port) {
  let pulled = null;
  let controller;
  const end = (error) => {
    controller.error(error);
    port.close();
    pulled?.resolve();
  };
  const onMessage = (type, value) => {
    if (type === 'chunk') {
      controller.enqueue(value);
      pulled?.resolve();
      pulled = null;
    } else if (type === 'close') {
      controller.close();
      port.close();
      pulled?.resolve();
    } else if (type === 'error') {
      end(value);
    }
  };
  const { ReadableStream } = require('web/streams');
  return new ReadableStream({
    start(its) {
      controller = its;
      listen(port, onMessage, () => {
        const error = dataCloneError('A chunk could not be deserialized.');
        postError(port, error);
        end(error);
      });
    },
    pull() {
      pulled = Promise.withResolvers();
      port.postMessage({ type: 'pull' });
      return pulled.promise;
    },
    cancel(reason) {
      const failure = postError(port, reason);
      port.close();
      if (failure !== undefined) throw failure;
    },
  }, { highWaterMark: 0 });
}

// What goes into a port.
function writableTo(port) {
  let wanted = Promise.withResolvers();
  let controller;
  const end = (error) => {
    controller.error(error);
    wanted.resolve();
    port.close();
  };
  const onMessage = (type, value) => {
    if (type === 'pull') wanted.resolve();
    else if (type === 'error') end(value);
  };
  const { WritableStream } = require('web/streams');
  return new WritableStream({
    start(its) {
      controller = its;
      listen(port, onMessage, () => {
        const error = dataCloneError('A message could not be deserialized.');
        postError(port, error);
        end(error);
      });
    },
    async write(chunk) {
      await wanted.promise;
      wanted = Promise.withResolvers();
      try {
        port.postMessage({ type: 'chunk', value: chunk });
      } catch (error) {
        postError(port, error);
        port.close();
        throw error;
      }
    },
    close() {
      port.postMessage({ type: 'close' });
      port.close();
    },
    abort(reason) {
      const failure = postError(port, reason);
      port.close();
      if (failure !== undefined) throw failure;
    },
  }, { highWaterMark: 1 });
}

function ignore() {}

function refuseLocked(stream, name) {
  if (stream.locked) throw dataCloneError(`Cannot transfer a locked ${name}`);
}

// For each class: what goes along, and what is done and told when it goes.
const ways = {
  ReadableStream: {
    prepare(stream) {
      refuseLocked(stream, 'ReadableStream');
      return [channel()];
    },
    go(stream, [{ port1, port2 }]) {
      stream.pipeTo(writableTo(port1)).catch(ignore);
      return { deserializeInfo: 'web/streams/transfer:readableFrom', data: port2 };
    },
  },
  WritableStream: {
    prepare(stream) {
      refuseLocked(stream, 'WritableStream');
      return [channel()];
    },
    go(stream, [{ port1, port2 }]) {
      readableFrom(port1).pipeTo(stream).catch(ignore);
      return { deserializeInfo: 'web/streams/transfer:writableTo', data: port2 };
    },
  },
  TransformStream: {
    prepare(stream) {
      if (stream.readable.locked || stream.writable.locked) throw dataCloneError('Cannot transfer a locked TransformStream');
      return [channel(), channel()];
    },
    go({ readable, writable }, [outward, inward]) {
      readable.pipeTo(writableTo(outward.port1)).catch(ignore);
      readableFrom(inward.port1).pipeTo(writable).catch(ignore);
      return { deserializeInfo: 'web/streams/transfer:transformOf', data: { readable: outward.port2, writable: inward.port2 } };
    },
  },
};

function transformOf({ readable, writable }) {
  const { TransformStream } = require('web/streams');
  return Object.defineProperties(new TransformStream(), {
    readable: { value: readableFrom(readable), configurable: true },
    writable: { value: writableTo(writable), configurable: true },
  });
}

function makeTransferable(Class) {
  const { prepare, go } = ways[Class.name];
  Object.defineProperties(Class.prototype, {
    [kMoveList]: {
      configurable: true,
      value() {
        const channels = prepare(this);
        underWay.set(this, channels);
        return channels.map(({ port2 }) => port2);
      },
    },
    [kMove]: {
      configurable: true,
      value() { return go(this, underWay.get(this)); },
    },
  });
}

module.exports = { makeTransferable, readableFrom, writableTo, transformOf };
