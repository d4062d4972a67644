// SPDX-License-Identifier: MIT
//
// node:worker_threads: what a thread knows of itself, and lazily the classes.
'use strict';

const state = require('worker_threads/state');

function getEnvironmentData(key) {
  return state.environmentData.get(key);
}

function setEnvironmentData(key, value) {
  if (value === undefined) state.environmentData.delete(key);
  else state.environmentData.set(key, value);
}

module.exports = {
  isMainThread: state.isMainThread,
  isInternalThread: state.isInternalThread,
  threadId: state.threadId,
  threadName: state.threadName,
  parentPort: state.parentPort,
  workerData: state.workerData,
  resourceLimits: state.resourceLimits,
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  getEnvironmentData,
  setEnvironmentData,
};

// Of the exports that are made at first use: name -> module.
const lazy = {
  Worker: 'worker_threads/worker',
  MessageChannel: 'worker_threads/ports',
  MessagePort: 'worker_threads/ports',
  BroadcastChannel: 'worker_threads/ports',
  receiveMessageOnPort: 'worker_threads/ports',
  moveMessagePortToContext: 'worker_threads/ports',
  markAsUntransferable: 'worker_threads/marks',
  isMarkedAsUntransferable: 'worker_threads/marks',
  markAsUncloneable: 'worker_threads/marks',
  locks: 'worker_threads/locks',
  postMessageToThread: 'worker_threads/threads',
};

for (const name in lazy) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require(lazy[name])[name]; },
  });
}
