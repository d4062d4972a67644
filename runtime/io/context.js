// SPDX-License-Identifier: MIT
//
// Events of handles in the async context (and under the async id) of the handle that they belong to. Programs that
// use neither storages nor hooks pay two comparisons per event.

'use strict';

const async = require('internal/async');

// Handles carry `frame` and `asyncId`; call this in their constructor, after their fields are there.
function enterHandle(handle, type) {
  handle.frame = $lode.c;
  if (async.isTracking()) {
    handle.asyncId = async.newAsyncId();
    handle.triggerId = async.defaultTriggerAsyncId();
    async.emitInit(handle.asyncId, type, handle.triggerId, handle);
  }
}

// Only for calls from C: the frame of a callback that throws is left to the handlers of uncaught exceptions.
function dispatch(handle, fn, a, b, c) {
  const before = $lode.c;
  $lode.c = handle.frame;
  if (handle.asyncId === 0) {
    fn.call(handle, a, b, c);
  } else {
    async.emitBefore(handle.asyncId, handle.triggerId, handle);
    fn.call(handle, a, b, c);
    async.emitAfter(handle.asyncId);
  }
  $lode.c = before;
}

function leaveHandle(handle) {
  if (handle.asyncId !== 0) async.emitDestroy(handle.asyncId);
}

function asyncIdOf(handle) {
  if (handle.asyncId === 0) handle.asyncId = async.newAsyncId();
  return handle.asyncId;
}

module.exports = { asyncIdOf, bindCallback: async.bindCallback, dispatch, enterHandle, leaveHandle };
