// SPDX-License-Identifier: MIT
//
// The public face of http. Client and server load when they are first asked for, so that a program with only one
// of them does not pay for both.
'use strict';

const { methods, STATUS_CODES, validateHeaderName, validateHeaderValue, maxHeaderSize } = require('http/common');

// Programs that debug http by environment variable learn what that may print.
if (process.env.NODE_DEBUG !== undefined) require('util/debuglog').debuglog('http')('http is loaded');

function createServer(options, requestListener) {
  const { Server } = require('http/server');
  return new Server(options, requestListener);
}

function request(url, options, cb) {
  const { ClientRequest } = require('http/client');
  return new ClientRequest(url, options, cb);
}

function get(url, options, cb) {
  const req = request(url, options, cb);
  req.end();
  return req;
}

function setMaxIdleHTTPParsers(max) {
  require('internal/validators').validateInteger(max, 'max', 1);
  require('http/common').pool.max = max;
}

function setGlobalProxyFromEnv() {
  const { codes } = require('internal/errors');
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('http.setGlobalProxyFromEnv()');
}

module.exports = {
  METHODS: methods.toSorted(),
  STATUS_CODES,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers,
  setGlobalProxyFromEnv,
};

function lazy(name, id, key) {
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = require(id)[key];
      Object.defineProperty(module.exports, name, { value, configurable: true, enumerable: true, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(module.exports, name, { value, configurable: true, enumerable: true, writable: true });
    },
  });
}

lazy('_connectionListener', 'http/server', '_connectionListener');
lazy('Agent', 'http/agent', 'Agent');
lazy('ClientRequest', 'http/client', 'ClientRequest');
lazy('IncomingMessage', 'http/incoming', 'IncomingMessage');
lazy('OutgoingMessage', 'http/outgoing', 'OutgoingMessage');
lazy('Server', 'http/server', 'Server');
lazy('ServerResponse', 'http/response', 'ServerResponse');

Object.defineProperties(module.exports, {
  maxHeaderSize: { configurable: true, enumerable: true, get: maxHeaderSize },
  globalAgent: {
    configurable: true,
    enumerable: true,
    get() { return require('http/agent').globalAgent; },
    set(agent) { require('http/agent').globalAgent = agent; },
  },
});
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  Object.defineProperty(module.exports, name, { configurable: true, enumerable: true, get: () => globalThis[name] });
}
