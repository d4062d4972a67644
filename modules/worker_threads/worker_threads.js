// SPDX-License-Identifier: MIT
//
// node:worker_threads as far as one thread goes: message ports and the thread's own facts. Starting a Worker is not
// there yet and says so.
'use strict';

const { codes } = require('internal/errors');

const environmentData = new Map();

class Worker {
  constructor() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('new Worker()');
  }
}

function notHere(name) {
  return { [name]() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`worker_threads.${name}()`); } }[name];
}

module.exports = {
  isMainThread: true,
  isInternalThread: false,
  threadId: 0,
  threadName: '',
  parentPort: null,
  workerData: null,
  resourceLimits: {},
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  getEnvironmentData(key) { return environmentData.get(key); },
  setEnvironmentData(key, value) {
    if (value === undefined) environmentData.delete(key);
    else environmentData.set(key, value);
  },
  markAsUntransferable: notHere('markAsUntransferable'),
  isMarkedAsUntransferable: notHere('isMarkedAsUntransferable'),
  markAsUncloneable: notHere('markAsUncloneable'),
  moveMessagePortToContext: notHere('moveMessagePortToContext'),
  postMessageToThread: notHere('postMessageToThread'),
};
for (const name of ['MessageChannel', 'MessagePort', 'BroadcastChannel', 'receiveMessageOnPort']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require('worker_threads/ports')[name]; },
  });
}
