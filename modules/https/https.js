// SPDX-License-Identifier: MIT
//
// https: http over TLS, once there is TLS.
'use strict';

const { codes } = require('internal/errors');

function unsupported(what) {
  return function() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(what);
  };
}

class Agent {
  constructor() { unsupported('https.Agent')(); }
}
class Server {
  constructor() { unsupported('https.Server')(); }
}

module.exports = {
  Agent,
  Server,
  createServer: unsupported('https.createServer()'),
  get: unsupported('https.get()'),
  request: unsupported('https.request()'),
};
