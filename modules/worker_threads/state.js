// SPDX-License-Identifier: MIT
//
// What a thread knows of itself as a worker; worker_main fills it in before the program of a worker starts.
'use strict';

module.exports = {
  isMainThread: true,
  isInternalThread: false,
  threadId: 0,
  threadName: '',
  parentPort: null,
  workerData: null,
  resourceLimits: {},
  reporter: null, // (error): takes an error that nobody caught
  mailbox: null, // where postMessageToThread posts to
  environmentData: new Map(), // what this thread's workers start with
};
