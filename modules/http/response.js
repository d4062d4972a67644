// SPDX-License-Identifier: MIT
//
// ServerResponse: the status line, the informational answers, and the short way for a whole answer.
'use strict';

const outgoing = require('http/outgoing');
const {
  OutgoingMessage, kOutHeaders, kSocket, kSendWhole, kRejectNonStandardBodyWrites, kPending, kDone, kCorked,
} = outgoing;
const { native, STATUS_CODES, hasInvalidChar, chunkExpression, setSentListener } = require('http/common');
const { storeHead } = require('http/head');
const { Buffer } = require('buffer');
const diagnostics = require('internal/diagnostics');

const kConnection = Symbol('connection'); // the parser of the connection that this answers on
const ENCODING_UTF8 = 0;
const ENCODING_LATIN1 = 1;
const SHORT = 128;

let errors;
function codes() {
  errors ??= require('internal/errors').codes;
  return errors;
}

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  this.statusCode = 200;
  this.statusMessage = undefined;
  this.req = req;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  this._maxRequestsPerSocket = 0;
  this[kConnection] = null;
  if (req.method === 'HEAD') this._hasBody = false;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = chunkExpression.test(req.headers?.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

const proto = ServerResponse.prototype;

proto._finish = function _finish() {
  if (this._events !== undefined || this.emit !== emit) this.emit('prefinish');
};
const emit = proto.emit;

// ---- Sockets ----

function onServerResponseClose() {
  const message = this._httpMessage;
  if (!message) return;
  message.destroyed = true;
  message._closed = true;
  message.emit('close');
}

proto.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) {
    if (this[kConnection] === null || socket._httpMessage !== this) {
      throw new (codes().ERR_HTTP_SOCKET_ASSIGNED)();
    }
  }
  socket._httpMessage = this;
  // On a connection of lode's own the server looks after closing.
  if (this[kConnection] === null) socket.on('close', onServerResponseClose);
  this[kSocket] = socket;
  if (this._events !== undefined) this.emit('socket', socket);
  if (this.outputData.length !== 0 || this.finished) this._flush();
};

proto.detachSocket = function detachSocket(socket) {
  if (this[kConnection] === null) socket.removeListener('close', onServerResponseClose);
  socket._httpMessage = null;
  this[kSocket] = null;
};

// ---- Informational answers ----

proto.writeContinue = function writeContinue(cb) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'ascii', cb);
  this._sent100 = true;
};

proto.writeProcessing = function writeProcessing(cb) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'ascii', cb);
};

proto.writeEarlyHints = function writeEarlyHints(hints, cb) {
  const { validateObject, validateLinkHeaderValue } = require('internal/validators');
  validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const link = validateLinkHeaderValue(hints.link);
  if (link.length === 0) return;
  if (hasInvalidChar(link)) throw new (codes().ERR_INVALID_ARG_VALUE)('hints.link', hints.link);
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  const { validateHeaderName, validateHeaderValue } = require('http/common');
  for (const key of Object.keys(hints)) {
    if (key.toLowerCase() === 'link') continue;
    validateHeaderName(key);
    validateHeaderValue(key, hints[key]);
    head += `${key}: ${hints[key]}\r\n`;
  }
  this._writeRaw(`${head}\r\n`, 'latin1', cb);
};

// ---- The head ----

proto._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

proto._storeHeader = function _storeHeader(firstLine, headers) {
  storeHead(this, firstLine, headers);
};

function mergeArray(res, list) {
  if (list.length && Array.isArray(list[0])) list = list.flat();
  if (list.length % 2 !== 0) throw new (codes().ERR_INVALID_ARG_VALUE)('headers', list);
  // What is set here replaces what setHeader said, but may repeat itself.
  for (let i = 0; i < list.length; i += 2) res.removeHeader(list[i]);
  for (let i = 0; i < list.length; i += 2) {
    if (list[i]) res.appendHeader(list[i], list[i + 1]);
  }
}

function mergeHeaders(res, headers) {
  if (Array.isArray(headers)) {
    mergeArray(res, headers);
    return;
  }
  for (const key in headers) {
    if (Object.hasOwn(headers, key) && key) res.setHeader(key, headers[key]);
  }
}

const statusLines = [];

function statusLine(code, message) {
  if (message !== STATUS_CODES[code]) return `HTTP/1.1 ${code} ${message}\r\n`;
  return statusLines[code] ??= `HTTP/1.1 ${code} ${message}\r\n`;
}

proto.writeHead = function writeHead(statusCode, reason, headers) {
  if (this._header) throw new (codes().ERR_HTTP_HEADERS_SENT)('write');
  const asked = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new (codes().ERR_HTTP_INVALID_STATUS_CODE)(asked);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
    headers ??= reason;
  }
  this.statusCode = statusCode;
  if (this[kOutHeaders]) {
    if (headers) mergeHeaders(this, headers);
    headers = this[kOutHeaders];
  }
  const message = this.statusMessage;
  if (hasInvalidChar(message)) throw new (codes().ERR_INVALID_CHAR)('statusMessage');
  if (statusCode === 204 || statusCode === 304 || statusCode < 200) this._hasBody = false;
  // The client waits for a word that it will not get: the rest of the connection is of no use.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(statusLine(statusCode, message), headers);
  return this;
};
proto.writeHeader = proto.writeHead;

// ---- Whole answers ----

function isAsciiText(text) {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function textLength(text, encoding) {
  if (encoding === ENCODING_LATIN1) return text.length;
  return text.length <= SHORT && isAsciiText(text) ? text.length : Buffer.byteLength(text);
}

let socketWrite;

// Sends head and body in one go where the way to the socket is clear. False: it is not, nothing was done (but
// perhaps the head was composed).
proto[kSendWhole] = function sendWhole(chunk, encoding, callback) {
  const connection = this[kConnection];
  const socket = this[kSocket];
  if (connection === null || socket === null || !connection.consumed || this._headerSent || callback ||
      this.outputSize !== 0 || this[kCorked] !== 0 || this.chunkedEncoding || this.strictContentLength ||
      this.destroyed) return false;
  socketWrite ??= require('net').Socket.prototype.write;
  if (socket.write !== socketWrite || !isClear(socket)) return false;
  let length = 0;
  let how = ENCODING_UTF8;
  if (typeof chunk === 'string') {
    if (encoding === 'latin1' || encoding === 'binary') how = ENCODING_LATIN1;
    else if (encoding && encoding !== 'utf8' && encoding !== 'utf-8') return false;
    length = textLength(chunk, how);
  } else if (chunk instanceof Uint8Array) {
    length = chunk.byteLength;
  } else if (chunk !== undefined && chunk !== null) {
    return false;
  } else {
    chunk = undefined;
  }
  if (this._header === null) {
    this._contentLength = length;
    this._implicitHeader();
    if (this._headerSent || this.chunkedEncoding || this.finished) return false;
  }
  if (!this._hasBody) {
    if (chunk !== undefined && this[kRejectNonStandardBodyWrites]) return false;
    chunk = undefined;
  }
  const status = native.send(connection.native, this._header, chunk, how);
  if (!(status >= 0)) return false;
  this._headerSent = true;
  this.finished = true;
  this._finish();
  if (status !== 0) {
    this[kPending] = true;
    connection.sending = this;
    connection.sendingFrame = $lode.c;
  } else if (connection.answering === this) {
    connection.answered = true;
  } else {
    process.nextTick(finished, this);
  }
  return true;
};

function isClear(socket) {
  const state = socket._writableState;
  return state.length === 0 && state.corked === 0 && !socket.destroyed && socket.writable;
}

function finished(res) {
  res[kDone]();
}

setSentListener((parser, status) => {
  const res = parser.sending;
  parser.sending = null;
  parser.sendingFrame = undefined;
  if (res && status === 0) res[kDone]();
});

// The performance entry of a request that somebody observes.
function reportTime(res) {
  const { req } = res;
  require('runtime/io/timing').finish(res._timed, 'http', 'HttpRequest', {
    req: { method: req.method, url: req.url, headers: req.headers },
    res: { statusCode: res.statusCode, statusMessage: res.statusMessage, headers: res.getHeaders() },
  });
  res._timed = undefined;
}

// The server's own work comes before the program's listeners.
proto[kDone] = function() {
  this[kPending] = false;
  const connection = this[kConnection];
  if (this[kSocket] && this[kSocket]._hadError) return;
  if (this._timed !== undefined) reportTime(this);
  if (diagnostics.on('http.server.response.finish')) {
    diagnostics.publish('http.server.response.finish',
                        { request: this.req, response: this, socket: this.req.socket, server: this.req.socket.server });
  }
  if (connection !== null) connection.role.onAnswered(connection, this);
  if (this._events !== undefined || this.emit !== emit) this.emit('finish');
};

module.exports = { ServerResponse, kConnection };
