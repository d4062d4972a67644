// SPDX-License-Identifier: MIT
//
// A server's connection: from the parser's events to 'request', from the end of an answer to the next request
// or the end of the connection, and what happens when either side breaks off.
//
// The Parser (common.js) is the connection's state. `requests` are those received and not answered, oldest
// first; `responses` are those that wait for the socket behind the one that has it (pipelining).
'use strict';

const common = require('http/common');
const {
  native, info, Parser, allMethods, kIncomingMessage, continueExpression, freeParser, lenientFlags,
} = common;
const { setBlock, setTrailers, finishBody, wasRead } = require('http/incoming');
const { ServerResponse, kConnection } = require('http/response');
const { kUniqueHeaders, kNeedDrain, kSocket, kDone } = require('http/outgoing');
const { codes } = require('internal/errors');
const diagnostics = require('internal/diagnostics');

const kNumber = Symbol('number');
const kIdleTimer = Symbol('idleTimer');
const COLLECT_IDLE = 2;
const CLOCK_MASK = 0x3fffffff;
const { INFO_METHOD, INFO_MAJOR, INFO_MINOR, INFO_FLAGS, INFO_FIRST, INFO_NOW } = common;
const { HEAD_KEEP_ALIVE, HEAD_UPGRADE, HEAD_NO_BODY, HEAD_HOST, HEAD_EXPECT } = common;
const UPGRADED = 2;
const PRI = allMethods.indexOf('PRI');

let resetError;
function connResetException(message) {
  resetError ??= require('internal/errors').connResetException;
  if (resetError) return resetError(message);
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

const role = { isClient: false, onHead, onBody, onComplete, onFail, onUpgrade, onAnswered };

// ---- Opening ----

function open(server, socket, kServerResponse) {
  if (socket.server === null || socket.server === undefined) socket.server = server;
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);

  const parser = new Parser(role, true, server.maxHeaderSize || common.maxHeaderSize(),
                            lenientFlags(server.insecureHTTPParser), server[kNumber]);
  parser.server = server;
  parser.socket = socket;
  parser.ServerResponse = server[kServerResponse];
  parser.open = []; // requests
  parser.responses = [];
  parser.needPause = false;
  parser.joinDuplicateHeaders = server.joinDuplicateHeaders;
  parser.responseOptions = {
    highWaterMark: socket.writableHighWaterMark,
    rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
  };
  if (typeof server.maxHeadersCount === 'number') parser.maxHeaderPairs = server.maxHeadersCount << 1;
  socket.parser = parser;
  socket._paused = false;

  socket.on('error', onSocketError);
  socket.on('close', onSocketGone);
  socket.on('close', onSocketClose);
  socket.on('end', onSocketEnd);
  socket.on('timeout', onSocketTimeout);
  socket.on('drain', onSocketDrain);
  socket.on('resume', onSocketResume);
  socket.on('pause', onSocketPause);
  // Bytes come straight from the stream unless it is none of C's, or the program wants to see them itself.
  socket.on('data', onSocketData);
  if (socket._handle && isPlain(socket) && parser.consume(socket._handle)) {
    socket.on = socket.addListener = listen;
    socket.prependListener = listenFirst;
  }
  socket.setEncoding = refuseEncoding;
}

function isPlain(socket) {
  return socket.constructor === require('net').Socket && socket.readableLength === 0;
}

function refuseEncoding() {
  throw new codes.ERR_HTTP_SOCKET_ENCODING();
}

function giveBytesBack(socket, event) {
  if (event !== 'data' && event !== 'readable') return;
  const parser = socket.parser;
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  if (!parser || !parser.consumed) return;
  parser.unconsume();
}

function listen(event, fn) {
  giveBytesBack(this, event);
  return Object.getPrototypeOf(this).on.call(this, event, fn);
}

function listenFirst(event, fn) {
  giveBytesBack(this, event);
  return Object.getPrototypeOf(this).prependListener.call(this, event, fn);
}

// ---- Requests ----

function makeRequest(parser, block) {
  const Message = parser.server[kIncomingMessage];
  const req = new Message(parser.socket);
  const first = info[INFO_FIRST];
  req.httpVersionMajor = info[INFO_MAJOR];
  req.httpVersionMinor = info[INFO_MINOR];
  req.method = allMethods[info[INFO_METHOD]];
  req.url = block.slice(0, first);
  req.upgrade = false;
  req.joinDuplicateHeaders = parser.joinDuplicateHeaders;
  setBlock(req, block, first, parser.maxHeaderPairs);
  return req;
}

// Returns what the C half is to do: 0 read on, 2 the rest is another protocol's.
function onHead(parser, block) {
  const flags = info[INFO_FLAGS];
  const server = parser.server;
  const socket = parser.socket;
  if (server === null || socket === null) return 0;
  if (info[INFO_METHOD] === PRI) {
    onFail(parser, common.parseError('HPE_PAUSED_H2_UPGRADE', 'Pause on PRI/Upgrade', 0));
    return 0;
  }
  const req = makeRequest(parser, block);
  parser.incoming = req;
  parser.idleUntil = 0;
  if (parser.consumed) socket._unrefTimer();

  if (flags & HEAD_UPGRADE) {
    req.upgrade = req.method === 'CONNECT' || !!server.shouldUpgradeCallback(req);
    if (req.upgrade) return UPGRADED;
  }
  parser.open.push(req);
  if (parser.outgoingData >= socket.writableHighWaterMark && !parser.needPause) {
    parser.needPause = true;
    socket._paused = true;
    socket.pause();
  }

  const res = new parser.ServerResponse(req, parser.responseOptions);
  res[kConnection] = parser;
  res._keepAliveTimeout = server.keepAliveTimeout;
  res._maxRequestsPerSocket = server.maxRequestsPerSocket;
  res.shouldKeepAlive = (flags & HEAD_KEEP_ALIVE) !== 0;
  res[kUniqueHeaders] = server[kUniqueHeaders];
  if (socket._httpMessage) {
    res._onPendingData = (amount) => updatePending(parser, amount);
    parser.responses.push(res);
  } else {
    socket._httpMessage = res;
    res[kSocket] = socket;
  }
  const noBody = (flags & HEAD_NO_BODY) !== 0;
  if (noBody && server.optimizeEmptyRequests && isEmpty(req)) {
    req._dumpAndCloseReadable();
  }
  parser.answering = res;
  parser.answered = false;
  try {
    dispatch(parser, server, req, res, flags);
  } finally {
    parser.answering = null;
    if (noBody) completeRequest(parser, req);
    if (parser.answered) res[kDone]();
  }
  return 0;
}

function dispatch(parser, server, req, res, flags) {
  if (diagnostics.timesHttp) res._timed = require('runtime/io/timing').begin('http');
  if (diagnostics.on('http.server.response.created')) {
    diagnostics.publish('http.server.response.created', { request: req, response: res });
  }
  if (diagnostics.on('http.server.request.start')) {
    diagnostics.publish('http.server.request.start', { request: req, response: res, socket: parser.socket, server });
  }
  if (server.requireHostHeader && !(flags & HEAD_HOST) && req.httpVersionMajor === 1 && req.httpVersionMinor === 1) {
    res.writeHead(400, ['Connection', 'close']);
    res.end();
    return;
  }
  if (server.maxRequestsPerSocket > 0 && isOverLimit(parser, server, req, res)) return;
  if (flags & HEAD_EXPECT && req.headers.expect !== undefined && req.httpVersionMajor === 1 &&
      req.httpVersionMinor === 1) {
    expectation(server, req, res);
    return;
  }
  server.emit('request', req, res);
}

function isOverLimit(parser, server, req, res) {
  parser.requests++;
  const limit = server.maxRequestsPerSocket;
  res.maxRequestsOnConnectionReached = parser.requests >= limit;
  if (parser.requests <= limit) return false;
  server.emit('dropRequest', req, parser.socket);
  res.writeHead(503);
  res.end();
  return true;
}

function expectation(server, req, res) {
  if (continueExpression.test(req.headers.expect)) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
    } else {
      res.writeContinue();
      server.emit('request', req, res);
    }
  } else if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
}

function onBody(parser, chunk) {
  const req = parser.incoming;
  if (req === null || req._dumped) return;
  if (parser.consumed) parser.socket._unrefTimer();
  if (!req.push(chunk)) readStop(parser.socket);
}

function readStop(socket) {
  if (socket) socket.pause();
}

function onComplete(parser, trailers) {
  const req = parser.incoming;
  if (req === null) return;
  if (trailers !== undefined) setTrailers(req, trailers);
  completeRequest(parser, req);
}

function completeRequest(parser, req) {
  req.complete = true;
  finishBody(req);
  const socket = parser.socket;
  if (socket && !socket._paused && socket._readableState.flowing === false) socket.resume();
}

// ---- Answers ----

// The last byte of an answer was handed over: on to the next, or to the end of the connection.
function onAnswered(parser, res) {
  const req = res.req;
  const socket = res[kSocket];
  const at = parser.open.indexOf(req);
  if (at === 0) parser.open.shift();
  else if (at > 0) parser.open.splice(at, 1);
  if (!wasRead(req)) req._dump();
  if (parser.incoming === req) forgetRequest(parser, req);
  if (socket !== null) res.detachSocket(socket);
  if (res._events !== undefined || res.emit !== ServerResponse.prototype.emit) process.nextTick(emitClose, res);
  else res._closed = res.destroyed = true; // nobody to tell

  if (socket === null) return;
  if (res._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (parser.responses.length === 0) {
    const server = parser.server;
    if (server !== null && server.keepAliveTimeout > 0) idle(parser, server);
  } else {
    const next = parser.responses.shift();
    if (next) next.assignSocket(socket);
  }
}

// The request may still be told of its end.
function forgetRequest(parser, req) {
  if (req.complete && (req._events === undefined || req.readableEnded)) parser.incoming = null;
  else req.on('end', onRequestEnd);
}

function onRequestEnd() {
  const parser = this.socket && this.socket.parser;
  if (parser && parser.incoming === this) parser.incoming = null;
}

function isEmpty(req) {
  return req.method === 'HEAD' ||
    req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined;
}

function emitClose(res) {
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

// ---- Idle connections ----

function idle(parser, server) {
  const patience = server.keepAliveTimeout + (server.keepAliveTimeoutBuffer || 0);
  if (!parser.consumed) { // C's clock is not read on this road
    parser.idleUntil = (native.now() + patience) & CLOCK_MASK || 1;
  } else {
    parser.idleUntil = (info[INFO_NOW] + patience) & CLOCK_MASK || 1;
  }
  if (!server[kIdleTimer]) armIdleTimer(server, patience);
}

function armIdleTimer(server, ms) {
  server[kIdleTimer] = require('timers').setTimeout(checkIdle, ms, server);
  server[kIdleTimer].unref();
}

// Distance on the wrapping clock, negative when `until` is past.
function distance(until, now) {
  const d = (until - now) & CLOCK_MASK;
  return d > CLOCK_MASK >> 1 ? d - CLOCK_MASK - 1 : d;
}

function checkIdle(server) {
  server[kIdleTimer] = null;
  const now = native.now();
  let soonest = Infinity;
  for (const parser of native.collect(server[kNumber], COLLECT_IDLE)) {
    if (parser.idleUntil === 0 || !parser.socket) continue;
    const left = distance(parser.idleUntil, now);
    if (left > 0) soonest = Math.min(soonest, left);
    else parser.socket.emit('timeout');
  }
  if (soonest !== Infinity) armIdleTimer(server, soonest);
}

// ---- What the socket says ----

function onSocketData(chunk) {
  const parser = this.parser;
  if (!parser) return;
  parser.upgraded = false;
  const result = parser.execute(chunk);
  if (this.parser !== parser && !parser.upgraded) return;
  if (typeof result !== 'number') {
    result.rawPacket = chunk;
    onFail(parser, result);
  } else if (parser.upgraded) {
    onUpgrade(parser, chunk.subarray(result));
  }
}

function onFail(parser, error) {
  const socket = parser.socket;
  if (socket === null) return;
  fail(socket, error);
}

function removeListeners(socket) {
  socket.removeListener('data', onSocketData);
  socket.removeListener('error', onSocketError);
  socket.removeListener('close', onSocketGone);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('timeout', onSocketTimeout);
  socket.removeListener('drain', onSocketDrain);
  socket.removeListener('resume', onSocketResume);
  socket.removeListener('pause', onSocketPause);
  if (Object.hasOwn(socket, 'on')) {
    delete socket.on;
    delete socket.addListener;
    delete socket.prependListener;
  }
  delete socket.setEncoding;
}

function onUpgrade(parser, head) {
  const { socket, server, incoming: req } = parser;
  if (!socket || !req) return;
  removeListeners(socket);
  parser.unconsume();
  freeParser(parser, req, socket);
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (event === 'connect' && server.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  if (event === 'upgrade' && server.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  // The program decides how it wants to read on.
  socket.readableFlowing = null;
  server.emit(event, req, socket, head);
}

const answers = {
  HPE_HEADER_OVERFLOW: 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n',
  ERR_HTTP_REQUEST_TIMEOUT: 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n',
};
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const ignore = () => {};

// Something is wrong with the connection: 'clientError', or the plain answer to it.
function fail(socket, error) {
  socket.removeListener('error', onSocketError);
  if (socket.listenerCount('error') === 0) socket.on('error', ignore);
  const server = socket.server;
  if (server.emit('clientError', error, socket)) return;
  const message = socket._httpMessage;
  if (socket.writable && (!message || !message._headerSent)) {
    if (socket.parser?.consumed) native.flush(socket.parser.native);
    socket.write(answers[error.code] ?? BAD_REQUEST, 'latin1');
  }
  if (message) abandon(socket, message);
  socket.destroy(error);
}

// The answer that the program is still composing will not be sent.
function abandon(socket, message) {
  if (!message._headerSent) message.destroyed = true;
}

function onSocketError(error) {
  fail(this, error);
}

function onSocketEnd() {
  const parser = this.parser;
  if (!parser) return;
  const error = parser.finish();
  if (error !== undefined) {
    fail(this, error);
    return;
  }
  const server = parser.server ?? this.server;
  if (!server.httpAllowHalfOpen) {
    abortRequests(parser);
    if (this.writable) this.end();
  } else if (parser.responses.length) {
    parser.responses[parser.responses.length - 1]._last = true;
  } else if (this._httpMessage) {
    this._httpMessage._last = true;
  } else if (this.writable) {
    this.end();
  }
}

function abortRequests(parser) {
  const open = parser.open;
  while (open.length) {
    const req = open.shift();
    if (!(req.complete && req._dumped)) req.destroy(connResetException('aborted'));
  }
}

function onSocketClose() {
  const parser = this.parser;
  if (parser) {
    abortRequests(parser);
    freeParser(parser, null, this);
  }
}

function onSocketGone() {
  const message = this._httpMessage;
  if (message && !message._closed) {
    message.destroyed = true;
    message._closed = true;
    message.emit('close');
  }
}

function onSocketTimeout() {
  const parser = this.parser;
  const req = parser ? parser.incoming : null;
  const message = this._httpMessage;
  const byRequest = req && !req.complete && req.emit('timeout', this);
  const byResponse = message && message.emit('timeout', this);
  const byServer = this.server.emit('timeout', this);
  if (!byRequest && !byResponse && !byServer) this.destroy();
}

function onSocketPause() {
  const handle = this._handle;
  if (this.parser?.consumed && handle && handle.reading !== false) {
    handle.reading = false;
    handle.readStop();
  }
}

function onSocketResume() {
  // The request may ask for more while answers pile up: that has to wait.
  if (this._paused) {
    this.pause();
    return;
  }
  const handle = this._handle;
  if (this.parser?.consumed && handle && !handle.reading) {
    handle.reading = true;
    handle.readStart();
  }
}

function updatePending(parser, amount) {
  parser.outgoingData += amount;
  if (parser.needPause && parser.socket && parser.outgoingData < parser.socket.writableHighWaterMark) {
    onSocketDrain.call(parser.socket);
  }
}

function onSocketDrain() {
  const parser = this.parser;
  if (parser && parser.needPause && parser.outgoingData <= this.writableHighWaterMark) {
    parser.needPause = false;
    this._paused = false;
    this.resume();
  }
  const message = this._httpMessage;
  if (message && !message.finished && message[kNeedDrain]) {
    message[kNeedDrain] = false;
    message.emit('drain');
  }
}

module.exports = { open, fail, kNumber };
