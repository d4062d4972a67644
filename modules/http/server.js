// SPDX-License-Identifier: MIT
//
// http.Server: options, the life of connections (connection.js has a request's), timeouts of many connections
// with one timer.
//
// No timer is made per request or connection: while answers go out, connections note until when they may idle
// (`idleUntil`), and one timer per server looks at the idle ones. Slow requests are found by a second timer, by
// ages that the C half keeps.
'use strict';

const net = require('net');
const { native, methods, STATUS_CODES, kIncomingMessage } = require('http/common');
const { IncomingMessage } = require('http/incoming');
const { ServerResponse } = require('http/response');
const { parseUniqueHeadersOption, kUniqueHeaders } = require('http/outgoing');
const connection = require('http/connection');
const { validateInteger, validateBoolean, validateObject, validateFunction } = require('internal/validators');
const { codes } = require('internal/errors');

const kServerResponse = Symbol('ServerResponse');
const kConnectionsCheckingInterval = Symbol('http.server.connectionsCheckingInterval');
const kNumber = connection.kNumber;
const COLLECT_ALL = 0;
const COLLECT_IDLE = 2;
const COLLECT_EXPIRED = 3;

let serverCount = 0;

function checkedInteger(server, options, name, fallback) {
  const value = options[name];
  if (value === undefined) {
    server[name] = fallback;
  } else {
    validateInteger(value, name, 0);
    server[name] = value;
  }
}

function checkedBoolean(server, options, name, fallback) {
  const value = options[name];
  if (value !== undefined) validateBoolean(value, `options.${name}`);
  server[name] = value === undefined ? fallback : value;
}

// Sets the properties of a server (http's, https's) that its options decide.
function storeHTTPOptions(options) {
  this[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  this[kServerResponse] = options.ServerResponse || ServerResponse;
  this[kNumber] ??= ++serverCount;
  const { maxHeaderSize } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = maxHeaderSize;
  checkedBoolean(this, options, 'insecureHTTPParser', undefined);
  checkedInteger(this, options, 'requestTimeout', 300_000);
  const { headersTimeout } = options;
  if (headersTimeout !== undefined) {
    validateInteger(headersTimeout, 'headersTimeout', 0);
    this.headersTimeout = headersTimeout;
  } else {
    this.headersTimeout = this.requestTimeout === 0 ? 60_000 : Math.min(60_000, this.requestTimeout);
  }
  if (this.requestTimeout > 0 && this.headersTimeout > 0 && this.headersTimeout > this.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', headersTimeout);
  }
  checkedInteger(this, options, 'keepAliveTimeout', 5_000);
  checkedInteger(this, options, 'keepAliveTimeoutBuffer', 1_000);
  checkedInteger(this, options, 'connectionsCheckingInterval', 30_000);
  checkedBoolean(this, options, 'requireHostHeader', true);
  checkedBoolean(this, options, 'joinDuplicateHeaders', undefined);
  checkedBoolean(this, options, 'rejectNonStandardBodyWrites', false);
  checkedBoolean(this, options, 'optimizeEmptyRequests', false);
  if (options.shouldUpgradeCallback !== undefined) {
    validateFunction(options.shouldUpgradeCallback, 'options.shouldUpgradeCallback');
    this.shouldUpgradeCallback = options.shouldUpgradeCallback;
  } else {
    this.shouldUpgradeCallback = function() { return this.listenerCount('upgrade') > 0; };
  }
}

function setupConnectionsTracking() {
  if (this[kConnectionsCheckingInterval]) clearInterval(this[kConnectionsCheckingInterval]);
  this[kConnectionsCheckingInterval] = require('timers').setInterval(
    checkConnections, this.connectionsCheckingInterval, this);
  this[kConnectionsCheckingInterval].unref();
}

function checkConnections(server) {
  if (server.headersTimeout === 0 && server.requestTimeout === 0) return;
  const late = native.collect(server[kNumber], COLLECT_EXPIRED, server.headersTimeout, server.requestTimeout);
  for (const parser of late) {
    if (parser.socket) connection.fail(parser.socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
  }
}

function clearChecks(server) {
  if (server[kConnectionsCheckingInterval]) require('timers').clearInterval(server[kConnectionsCheckingInterval]);
}

function httpServerPreClose(server) {
  server.closeIdleConnections();
  clearChecks(server);
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    validateObject(options, 'options');
    options = { ...options };
  }
  storeHTTPOptions.call(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  // A half-open connection is not given up because the client has said all it had to say.
  this.httpAllowHalfOpen = false;
  this.on('connection', connectionListener);
  this.on('listening', setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

Server.prototype.close = function close(...args) {
  httpServerPreClose(this);
  Reflect.apply(net.Server.prototype.close, this, args);
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  await new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
};

Server.prototype.closeAllConnections = function closeAllConnections() {
  for (const parser of native.collect(this[kNumber], COLLECT_ALL)) parser.socket?.destroy();
};

Server.prototype.closeIdleConnections = function closeIdleConnections() {
  for (const parser of native.collect(this[kNumber], COLLECT_IDLE)) {
    const socket = parser.socket;
    if (!socket || socket._httpMessage && !socket._httpMessage.finished) continue;
    socket.destroy();
  }
};

Server.prototype.setTimeout = function setTimeout(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, ...args) {
  if (event !== 'request') {
    net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, ...args);
    return;
  }
  const res = args[1];
  if (res.headersSent || res.writableEnded) {
    res.destroy();
    return;
  }
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  res.statusCode = 500;
  res.end(STATUS_CODES[500]);
};

function connectionListener(socket) {
  connection.open(this, socket, kServerResponse);
}

module.exports = {
  Server, ServerResponse, STATUS_CODES, methods, setupConnectionsTracking, storeHTTPOptions,
  _connectionListener: connectionListener, kServerResponse, httpServerPreClose, kConnectionsCheckingInterval,
};
