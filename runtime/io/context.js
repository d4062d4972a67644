// SPDX-License-Identifier: MIT
//
// Events of handles in the async context (and under the async id) of the handle that they belong to. Programs that
// use neither storages nor hooks pay two comparisons per event.

'use strict';

const async = require('internal/async');

// Handles carry `frame` and `asyncId`; call this in their constructor, after their fields are there.
function enterHandle(handle, type) {
  handle.frame = async.getFrame();
  if (async.hooksActive()) {
    handle.asyncId = async.newAsyncId();
    handle.triggerId = async.defaultTriggerAsyncId();
    async.emitInit(handle.asyncId, type, handle.triggerId, handle);
  }
}

function dispatch(handle, fn, a, b, c) {
  if (handle.frame === undefined && handle.asyncId === 0) {
    fn.call(handle, a, b, c);
    return;
  }
  if (handle.asyncId !== 0) async.emitBefore(handle.asyncId, handle.triggerId, handle);
  try {
    async.runInFrame(handle.frame, fn, handle, [a, b, c]);
  } finally {
    if (handle.asyncId !== 0) async.emitAfter(handle.asyncId);
  }
}

function leaveHandle(handle) {
  if (handle.asyncId !== 0) async.emitDestroy(handle.asyncId);
}

function asyncIdOf(handle) {
  if (handle.asyncId === 0) handle.asyncId = async.newAsyncId();
  return handle.asyncId;
}

module.exports = { asyncIdOf, bindCallback: async.bindCallback, dispatch, enterHandle, leaveHandle };
