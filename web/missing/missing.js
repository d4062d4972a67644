// SPDX-License-Identifier: MIT
//
// Globals of the web platform that lode does not have yet: functions that exist, so that programs which only pass
// them around run, and that throw an error naming them when called.
'use strict';

function missing(name) {
  const fn = {
    [name]: function() {
      const error = new Error(`${name} is not implemented by lode yet`);
      error.code = 'ERR_FEATURE_UNAVAILABLE';
      throw error;
    },
  }[name];
  return fn;
}

for (const name of ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'CloseEvent']) {
  exports[name] = missing(name);
}
