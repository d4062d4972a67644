// SPDX-License-Identifier: MIT
//
// A request and its socket: sending begins, the answer is parsed, and in the end the socket goes back to its
// agent, or away. A request takes part in exactly one exchange.
//
// Bytes come through the socket's 'data' event, so that every kind of socket will do.
'use strict';

const common = require('http/common');
const { info, takeParser, freeParser, lenientFlags, INFO_STATUS, INFO_MAJOR, INFO_MINOR, INFO_FLAGS, INFO_FIRST } = common;
const { HEAD_KEEP_ALIVE, HEAD_UPGRADE } = common;
const { IncomingMessage, setBlock, setTrailers, finishBody } = require('http/incoming');
const { kNeedDrain } = require('http/outgoing');
const diagnostics = require('internal/diagnostics');

const kError = Symbol('error');
const kGivenBack = Symbol('givenBack');
const kFrame = Symbol('frame'); // the async context that the request was made in
const SKIP_BODY = 1;
const OTHER_PROTOCOL = 2;

const role = { isClient: true, onHead, onBody, onComplete, onFail() {}, onUpgrade() {}, onAnswered() {} };

function connResetException(message) {
  const { connResetException: make } = require('internal/errors');
  if (make) return make(message);
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

// From here on the socket's errors are the request's, although it starts a tick later.
function prepare(req, socket) {
  if (req.destroyed) return;
  socket._httpMessage = req;
  socket.on('error', onSocketError);
}

// A tick, asked for by whoever had a socket to give: another request's end, perhaps.
function begin(req, socket, error) {
  $lode.c = req[kFrame];
  if (!req.destroyed && !error) {
    start(req, socket);
    return;
  }
  let failure = error ?? req[kError];
  if (socket) socket.removeListener('error', onSocketError);
  if (!socket) {
    abandon(req, failure);
    return;
  }
  if (!error && req.agent && !socket.destroyed) {
    socket.emit('free');
    abandon(req, failure);
    return;
  }
  require('stream/finished').finished(socket.destroy(failure), (e) => {
    if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
    failure = e || failure;
    abandon(req, failure);
  });
}

function fail(req, error) {
  if (diagnostics.on('http.client.request.error')) {
    diagnostics.publish('http.client.request.error', { request: req, error });
  }
  req.emit('error', error);
}

// The request ends before it began.
function abandon(req, error) {
  if (!req.aborted && !error) error = connResetException('socket hang up');
  req.destroyed = true;
  if (error) fail(req, error);
  req._closed = true;
  req.emit('close');
}

function start(req, socket) {
  const parser = takeParser(role, req.maxHeaderSize || common.maxHeaderSize(), lenientFlags(req.insecureHTTPParser));
  req.parser = parser;
  req.socket = socket;
  parser.socket = socket;
  parser.outgoing = req;
  parser.onIncoming = onHead;
  if (typeof req.maxHeadersCount === 'number') parser.maxHeaderPairs = req.maxHeadersCount << 1;
  parser.joinDuplicateHeaders = req.joinDuplicateHeaders;
  socket.parser = parser;
  socket._httpMessage = req;
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenSocketTimeout(req);
  req.emit('socket', socket);
  if (socket._httpMessage === req) req._flush();
}

function release(socket) {
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
}

function releaseAll(socket) {
  release(socket);
  socket.removeListener('error', onSocketError);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('drain', onSocketDrain);
}

// ---- What the socket says ----

// The socket's events are the request's, whose async context is not that of the socket: an agent uses it for many.
function inRequest(fn) {
  return function(value) {
    const before = $lode.c;
    if (this._httpMessage) $lode.c = this._httpMessage[kFrame];
    fn.call(this, value);
    $lode.c = before;
  };
}

const onSocketData = inRequest(function onSocketData(chunk) {
  const parser = this.parser;
  const req = this._httpMessage;
  if (!parser) return;
  parser.upgraded = false;
  const result = parser.execute(chunk);
  if (typeof result !== 'number') {
    result.rawPacket = chunk;
    freeParser(parser, req, this);
    release(this);
    this.destroy();
    if (req.socket) req.socket._hadError = true;
    fail(req, result);
  } else if (parser.upgraded || parser.incoming?.upgrade) {
    switchProtocol(this, parser, req, chunk.subarray(result));
  } else if (parser.incoming?.complete && !isInformational(parser.incoming.statusCode)) {
    release(this);
    freeParser(parser, req, this);
  }
});

function isInformational(status) {
  return status >= 100 && status < 200 && status !== 101;
}

function switchProtocol(socket, parser, req, head) {
  const res = parser.incoming;
  req.res = res;
  release(socket);
  socket.removeListener('drain', onSocketDrain);
  if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
  socket.removeListener('timeout', onResponseTimeout);
  freeParser(parser, req, socket);
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    req.destroy();
    return;
  }
  req.upgradeOrConnect = true;
  socket.emit('agentRemove');
  socket.removeListener('close', onSocketClose);
  socket.removeListener('error', onSocketError);
  socket._httpMessage = null;
  socket.readableFlowing = null;
  req.emit(event, res, socket, head);
  req.destroyed = true;
  req._closed = true;
  req.emit('close');
}

const onSocketError = inRequest(function onSocketError(error) {
  const req = this._httpMessage;
  if (req) {
    this._hadError = true;
    fail(req, error);
  }
  const parser = this.parser;
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  release(this);
  this.destroy();
});

const onSocketEnd = inRequest(function onSocketEnd() {
  const req = this._httpMessage;
  const parser = this.parser;
  if (!req.res && !this._hadError) {
    this._hadError = true;
    fail(req, connResetException('socket hang up'));
  }
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  this.end();
});

const onSocketClose = inRequest(function onSocketClose() {
  const parser = this.parser;
  const req = this._httpMessage;
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  if (!req) return;
  req.destroyed = true;
  const res = req.res;
  if (res) {
    // An answer that was not finished was cut off.
    if (!res.complete) res.destroy(connResetException('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!this._hadError) {
      this._hadError = true;
      fail(req, connResetException('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  if (req.outputData.length) req.outputData.length = 0;
});

const onSocketDrain = inRequest(function onSocketDrain() {
  const req = this._httpMessage;
  if (req && !req.finished && req[kNeedDrain]) {
    req[kNeedDrain] = false;
    req.emit('drain');
  }
});

// ---- What the parser says ----

function makeResponse(parser, block) {
  const res = new IncomingMessage(parser.socket);
  const first = info[INFO_FIRST];
  res.httpVersionMajor = info[INFO_MAJOR];
  res.httpVersionMinor = info[INFO_MINOR];
  res.statusCode = info[INFO_STATUS];
  res.statusMessage = block.slice(0, first);
  res.upgrade = (info[INFO_FLAGS] & HEAD_UPGRADE) !== 0;
  res.joinDuplicateHeaders = parser.joinDuplicateHeaders;
  setBlock(res, block, first, parser.maxHeaderPairs);
  return res;
}

// The performance entry of a request that somebody observes.
function reportTime(req, res) {
  require('runtime/io/timing').finish(req._timed, 'http', 'HttpClient', {
    req: { method: req.method, url: `${req.protocol}//${req.host}${req.path}`, headers: req.getHeaders() },
    res: { statusCode: res.statusCode, statusMessage: res.statusMessage, headers: res.headers },
  });
  req._timed = undefined;
}

function onHead(parser, block) {
  const socket = parser.socket;
  const req = socket && socket._httpMessage;
  const keepAlive = (info[INFO_FLAGS] & HEAD_KEEP_ALIVE) !== 0;
  if (!req) return 0;
  const res = makeResponse(parser, block);
  if (req.res) {
    // Two answers to one question: the server is not to be trusted.
    freeParser(parser, req, socket);
    socket.destroy();
    return 0;
  }
  parser.incoming = res;
  req.res = res;
  if (res.upgrade) return OTHER_PROTOCOL;
  if (req.method === 'CONNECT') {
    res.upgrade = true;
    return OTHER_PROTOCOL;
  }
  if (isInformational(res.statusCode)) {
    inform(req, res);
    return SKIP_BODY;
  }
  if (req.shouldKeepAlive && !keepAlive && !req.upgradeOrConnect) req.shouldKeepAlive = false;
  if (req._timed !== undefined) reportTime(req, res);
  res.req = req;
  res.on('end', onResponseEnd);
  req.on('finish', onRequestFinish);
  if (req.timeoutCb) socket.on('timeout', onResponseTimeout);
  if (req.aborted || !req.emit('response', res)) res._dump();
  if (req.method === 'HEAD') return SKIP_BODY;
  if (res.statusCode === 304) {
    res.complete = true;
    return SKIP_BODY;
  }
  return 0;
}

function inform(req, res) {
  req.res = null;
  if (res.statusCode === 100) req.emit('continue');
  req.emit('information', {
    statusCode: res.statusCode,
    statusMessage: res.statusMessage,
    httpVersion: res.httpVersion,
    httpVersionMajor: res.httpVersionMajor,
    httpVersionMinor: res.httpVersionMinor,
    headers: res.headers,
    rawHeaders: res.rawHeaders,
  });
}

function onBody(parser, chunk) {
  const res = parser.incoming;
  if (res === null || res._dumped) return;
  if (!res.push(chunk) && parser.socket) parser.socket.pause();
}

function onComplete(parser, trailers) {
  const res = parser.incoming;
  if (res === null || res.upgrade) return;
  if (trailers !== undefined) setTrailers(res, trailers);
  res.complete = true;
  finishBody(res);
  const socket = parser.socket;
  if (socket) socket.resume();
}

// ---- The end ----

function onResponseEnd() {
  const req = this.req;
  if (diagnostics.on('http.client.response.finish')) {
    diagnostics.publish('http.client.response.finish', { request: req, response: this });
  }
  const socket = req.socket;
  if (socket) {
    if (req.timeoutCb) socket.removeListener('timeout', emitRequestTimeout);
    socket.removeListener('timeout', onResponseTimeout);
  }
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket && socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished && !this.aborted) {
    giveBack(req);
  }
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended) giveBack(this);
}

function giveBack(req) {
  const socket = req.socket;
  if (!socket || socket._httpMessage !== req || req[kGivenBack]) return;
  req[kGivenBack] = true;
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  releaseAll(socket);
  if (req.parser) freeParser(req.parser, req, socket);
  // Errors between here and the agent's hands are the socket's own.
  socket.once('error', onHandoverError);
  process.nextTick(emitFree, req);
  req.destroyed = true;
}

function onHandoverError() {
  this.destroy();
  this.emit('agentRemove');
}

function emitFree(req) {
  req._closed = true;
  req.emit('close');
  const socket = req.socket;
  if (!socket) return;
  socket.removeListener('error', onHandoverError);
  socket.emit('free');
}

function listenSocketTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = emitRequestTimeout;
  if (req.socket) req.socket.once('timeout', emitRequestTimeout);
  else req.on('socket', (socket) => socket.once('timeout', emitRequestTimeout));
}

const emitRequestTimeout = inRequest(function emitRequestTimeout() {
  const req = this._httpMessage;
  if (req) req.emit('timeout');
});

const onResponseTimeout = inRequest(function onResponseTimeout() {
  const req = this._httpMessage;
  if (req && req.res) req.res.emit('timeout');
});

module.exports = { begin, prepare, listenSocketTimeout, kError, kFrame };
