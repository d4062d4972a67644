// SPDX-License-Identifier: MIT
//
// ClientRequest: from the options to a head, and what a program may ask of a request. The conversation with the
// server, once there is a socket, is in exchange.js.
'use strict';

const net = require('net');
const { Buffer } = require('buffer');
const {
  OutgoingMessage, kOutHeaders, kUniqueHeaders, kErrored, parseUniqueHeadersOption,
} = require('http/outgoing');
const { isToken } = require('http/common');
const agents = require('http/agent');
const exchange = require('http/exchange');
const diagnostics = require('internal/diagnostics');
const timing = require('runtime/io/timing');
const { validateInteger, validateBoolean } = require('internal/validators');
const { codes } = require('internal/errors');
const { isURL, urlToHttpOptions } = require('web/url');

const { kError, kFrame } = exchange;
const kPath = Symbol('path');
const kMaxTimeout = 2 ** 31 - 1;
const BAD_PATH = /[^\u0021-\u00ff]/;
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function timerDuration(ms, name) {
  require('internal/validators').validateNumber(ms, name);
  if (ms < 0 || !Number.isFinite(ms)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', ms);
  if (ms > kMaxTimeout) {
    process.emitWarning(`${ms} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${kMaxTimeout}.`,
                        'TimeoutOverflowWarning');
    return kMaxTimeout;
  }
  return ms;
}

function checkedHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function optionsOf(input, options) {
  if (typeof input === 'string') {
    const URL = require('web/url').URL;
    input = urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    input = urlToHttpOptions(input);
  } else {
    return { ...input };
  }
  return Object.assign(input || {}, typeof options === 'function' ? undefined : options);
}

function chooseAgent(options, defaultAgent) {
  const agent = options.agent;
  if (agent === false) return new defaultAgent.constructor();
  if (agent === null || agent === undefined) {
    return typeof options.createConnection !== 'function' ? defaultAgent : agent;
  }
  if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

function checkPath(path) {
  if (BAD_PATH.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
}

function ClientRequest(input, options, cb) {
  OutgoingMessage.call(this);
  const isUrl = typeof input === 'string' || isURL(input);
  if (!isUrl) cb = typeof options === 'function' ? options : cb;
  else if (typeof options === 'function') cb = options;
  options = optionsOf(input, options);

  const defaultAgent = options._defaultAgent || agents.globalAgent;
  const agent = options.agent = chooseAgent(options, defaultAgent);
  this.agent = agent;
  const protocol = options.protocol || defaultAgent.protocol;
  const expected = agent?.protocol || defaultAgent.protocol;
  if (options.path) {
    const path = options.path = String(options.path);
    checkPath(path);
  }
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);

  const defaultPort = options.defaultPort || agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = checkedHost(options.hostname, 'hostname') || checkedHost(options.host, 'host') ||
    'localhost';
  const setDefaults = options.setDefaultHeaders === undefined || Boolean(options.setDefaultHeaders);
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : setDefaults;
  this._removedConnection = this._removedContLen = this._removedTE = !setDefaults;

  this.socketPath = options.socketPath;
  this.timeout = options.timeout !== undefined ? timerDuration(options.timeout, 'timeout') : undefined;
  storeMethod(this, options.method);
  storeParserOptions(this, options);
  this[kPath] = options.path || '/';
  if (cb) this.once('response', cb);
  this.useChunkedEncodingByDefault = !BODILESS.has(this.method);

  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this[kError] = undefined;
  this[kFrame] = $lode.c;
  if (options.signal) require('stream/add_abort_signal').addAbortSignal(options.signal, this);
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);

  if (agent) {
    // "keep-alive" is promised only by an agent that would use the connection again.
    const once = !agent.keepAlive && !Number.isFinite(agent.maxSockets);
    this._last = once;
    this.shouldKeepAlive = !once;
  }
  storeHeaders(this, options, host, port, defaultPort, setHost);
  if (diagnostics.on('http.client.request.created')) {
    diagnostics.publish('http.client.request.created', { request: this });
  }
  connect(this, options);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

const proto = ClientRequest.prototype;

function storeMethod(req, method) {
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (!method) {
    req.method = 'GET';
    return;
  }
  if (!isToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
  req.method = method.toUpperCase();
}

function storeParserOptions(req, options) {
  const { maxHeaderSize, insecureHTTPParser, joinDuplicateHeaders } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  req.maxHeaderSize = maxHeaderSize;
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  req.insecureHTTPParser = insecureHTTPParser;
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  req.joinDuplicateHeaders = joinDuplicateHeaders;
}

function hostHeader(host, port, defaultPort) {
  // IPv6 addresses want brackets: a single colon separates a port, more make an address.
  const colon = host.indexOf(':');
  if (colon !== -1 && host.includes(':', colon + 1) && host[0] !== '[') host = `[${host}]`;
  return port && +port !== defaultPort ? `${host}:${port}` : host;
}

function storeHeaders(req, options, host, port, defaultPort, setHost) {
  const headers = options.headers;
  if (Array.isArray(headers)) {
    req._storeHeader(`${req.method} ${req.path} HTTP/1.1\r\n`, headers); // all there is, in this order
    return;
  }
  if (headers) for (const key of Object.keys(headers)) req.setHeader(key, headers[key]);
  if (host && !req.getHeader('host') && setHost) req.setHeader('Host', hostHeader(host, port, defaultPort));
  if (options.auth && !req.getHeader('Authorization')) {
    req.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  }
  if (req.getHeader('expect')) {
    if (req._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
    req._storeHeader(`${req.method} ${req.path} HTTP/1.1\r\n`, req[kOutHeaders]);
  }
}

function connect(req, options) {
  // The signal is the request's: a socket may outlive it.
  if (options.signal) {
    options = { ...options };
    delete options.signal;
  }
  if (req.agent) {
    req.agent.addRequest(req, options);
    return;
  }
  req._last = true;
  req.shouldKeepAlive = false;
  // To net, a path is a pipe's.
  options = { ...options, path: options.socketPath || undefined };
  if (typeof options.createConnection !== 'function') {
    req.onSocket(net.createConnection(options));
    return;
  }
  let called = false;
  const created = (error, socket) => {
    if (called) return;
    called = true;
    if (error) process.nextTick(() => req.emit('error', error));
    else req.onSocket(socket);
  };
  try {
    const socket = options.createConnection(options, created);
    if (socket) created(null, socket);
  } catch (error) {
    created(error);
  }
}

Object.defineProperty(proto, 'path', {
  configurable: true,
  enumerable: true,
  get() { return this[kPath]; },
  set(value) {
    const path = String(value);
    checkPath(path);
    this[kPath] = path;
  },
});

proto._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  if (diagnostics.timesHttp) this._timed = timing.begin('http');
  if (diagnostics.on('http.client.request.start')) {
    diagnostics.publish('http.client.request.start', { request: this });
  }
};

proto._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
};

proto.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(() => this.emit('abort'));
  this.destroy();
};

proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // What is still to come of the answer interests nobody.
  if (this.res) this.res._dump();
  this[kError] = error;
  this[kErrored] = error;
  this.socket?.destroy(error);
  return this;
};

proto.onSocket = function onSocket(socket, error) {
  if (socket && !error) exchange.prepare(this, socket);
  process.nextTick(exchange.begin, this, socket, error);
};

proto._deferToConnect = function _deferToConnect(method, args) {
  const call = () => {
    if (method) Reflect.apply(this.socket[method], this.socket, args);
  };
  const withSocket = () => {
    if (this.socket.writable && !this.socket.connecting) call();
    else this.socket.once('connect', call);
  };
  if (this.socket) withSocket();
  else this.once('socket', withSocket);
};

proto.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  exchange.listenSocketTimeout(this);
  msecs = timerDuration(msecs, 'msecs');
  if (callback) this.once('timeout', callback);
  const apply = (socket) => {
    if (socket.connecting) socket.once('connect', function() { this.setTimeout(msecs); });
    else socket.setTimeout(msecs);
  };
  if (this.socket) apply(this.socket);
  else this.once('socket', apply);
  return this;
};

proto.setNoDelay = function setNoDelay(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};

proto.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};

proto.clearTimeout = function clearTimeout(cb) {
  this.setTimeout(0, cb);
};

module.exports = { ClientRequest };
