// SPDX-License-Identifier: MIT
//
// OutgoingMessage: what a ServerResponse and a ClientRequest have in common. A legacy stream: it keeps no
// WritableState; its bytes go to the socket, or wait in `outputData` until there is one.
//
// The head is composed as one string (head.js). A whole message that ends in one go takes a short way, `sendWhole`,
// which a subclass may provide: head and body in one call into C, nothing through the socket's stream.
'use strict';

const { Stream } = require('stream/legacy');
const { Buffer } = require('buffer');
const { isToken, hasInvalidChar, lowerName, validateHeaderName, validateHeaderValue } = require('http/common');
const kOutHeaders = Symbol('kOutHeaders');
const kSocket = Symbol('kSocket');
const kNeedDrain = Symbol('kNeedDrain');
const kErrored = Symbol('errored');
const kBytesWritten = Symbol('kBytesWritten');
const kCorked = Symbol('corked');
const kHighWaterMark = Symbol('kHighWaterMark');
const kRejectNonStandardBodyWrites = Symbol('kRejectNonStandardBodyWrites');
const kUniqueHeaders = Symbol('kUniqueHeaders');
const kStoreHead = Symbol('storeHead');
const kSendWhole = Symbol('sendWhole');
const kDone = Symbol('done');
const kPending = Symbol('pending');

const DEFAULT_HIGH_WATER_MARK = 65536;
const NOTHING = Object.freeze([]); // outputData until something waits
const nop = () => {};

let errors;
function codes() {
  errors ??= require('internal/errors').codes;
  return errors;
}

function OutgoingMessage(options) {
  this._events = undefined;
  this._eventsCount = 0;
  this._maxListeners = undefined;
  this.outputData = NOTHING;
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this.finished = false;
  this._headerSent = false;
  this._closed = false;
  this._header = null;
  this._keepAliveTimeout = 0;
  this[kSocket] = null;
  this[kOutHeaders] = null;
  this[kNeedDrain] = false;
  this[kErrored] = null;
  this[kBytesWritten] = 0;
  this[kCorked] = 0;
  this[kUniqueHeaders] = null;
  this[kHighWaterMark] = DEFAULT_HIGH_WATER_MARK;
  this[kRejectNonStandardBodyWrites] = false;
  this[kPending] = false;
  if (options !== undefined && options !== null) {
    this[kHighWaterMark] = options.highWaterMark ?? DEFAULT_HIGH_WATER_MARK;
    this[kRejectNonStandardBodyWrites] = options.rejectNonStandardBodyWrites ?? false;
  }
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const proto = OutgoingMessage.prototype;
proto._onPendingData = nop;
proto[kStoreHead] = undefined;
proto[kSendWhole] = undefined;

function getter(name, get, set) {
  Object.defineProperty(proto, name, { configurable: true, enumerable: false, get, set });
}

getter('errored', function errored() { return this[kErrored]; });
getter('closed', function closed() { return this._closed; });
getter('writableFinished', function writableFinished() {
  return this.finished && this.outputSize === 0 && !this[kPending] &&
    (!this[kSocket] || this[kSocket].writableLength === 0);
});
getter('writableObjectMode', function writableObjectMode() { return false; });
getter('writableLength', function writableLength() {
  const socket = this[kSocket];
  return this.outputSize + (socket ? socket.writableLength : 0);
});
getter('writableHighWaterMark', function writableHighWaterMark() {
  const socket = this[kSocket];
  return socket ? socket.writableHighWaterMark : this[kHighWaterMark];
});
getter('writableCorked', function writableCorked() { return this[kCorked]; });
getter('connection', function connection() { return this[kSocket]; }, function(value) { this.socket = value; });
getter('socket', function socket() { return this[kSocket]; }, function(value) {
  for (let n = 0; n < this[kCorked]; n++) {
    value?.cork();
    this[kSocket]?.uncork();
  }
  this[kSocket] = value;
});
getter('headersSent', function headersSent() { return !!this._header; });
getter('writableEnded', function writableEnded() { return this.finished; });
getter('writableNeedDrain', function writableNeedDrain() {
  return !this.destroyed && !this.finished && this[kNeedDrain];
});
getter('_headers', function _headers() { return this.getHeaders(); }, function(value) {
  this[kOutHeaders] = null;
  if (value) for (const name of Object.keys(value)) this.setHeader(name, value[name]);
});
getter('_headerNames', function _headerNames() {
  const held = this[kOutHeaders];
  if (held === null) return null;
  const names = { __proto__: null };
  for (const key in held) names[key] = held[key][0];
  return names;
}, nop);

proto._renderHeaders = function _renderHeaders() {
  if (this._header) throw new (codes().ERR_HTTP_HEADERS_SENT)('render');
  const out = {};
  const held = this[kOutHeaders];
  if (held !== null) for (const key in held) out[held[key][0]] = held[key][1];
  return out;
};

proto.cork = function cork() {
  this[kCorked]++;
  if (this[kSocket]) this[kSocket].cork();
};

proto.uncork = function uncork() {
  this[kCorked]--;
  if (this[kSocket]) this[kSocket].uncork();
};

proto.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (!this[kSocket]) this.once('socket', (socket) => socket.setTimeout(msecs));
  else this[kSocket].setTimeout(msecs);
  return this;
};

proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kSocket]) this[kSocket].destroy(error);
  else this.once('socket', (socket) => socket.destroy(error));
  return this;
};

// ---- Headers ----

// Object.create(null), not a literal: the compilers inline it, while __proto__ in a literal is a call into the engine.
proto.setHeader = function setHeader(name, value) {
  if (this._header) throw new (codes().ERR_HTTP_HEADERS_SENT)('set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  let held = this[kOutHeaders];
  if (held === null) this[kOutHeaders] = held = Object.create(null);
  held[lowerName(name)] = [name, value];
  return this;
};

proto.setHeaders = function setHeaders(headers) {
  if (this._header) throw new (codes().ERR_HTTP_HEADERS_SENT)('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' ||
      typeof headers.get !== 'function') {
    throw new (codes().ERR_INVALID_ARG_TYPE)('headers', ['Headers', 'Map'], headers);
  }
  // A Headers object tells its cookies one by one; they belong into one header.
  const cookies = [];
  for (const { 0: key, 1: value } of headers) {
    if (key === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
    } else {
      this.setHeader(key, value);
    }
  }
  if (cookies.length) this.setHeader('set-cookie', cookies);
  return this;
};

proto.appendHeader = function appendHeader(name, value) {
  if (this._header) throw new (codes().ERR_HTTP_HEADERS_SENT)('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const key = lowerName(name);
  let held = this[kOutHeaders];
  if (held === null) this[kOutHeaders] = held = Object.create(null);
  const entry = held[key];
  if (entry === undefined) {
    held[key] = [name, value];
    return this;
  }
  const list = Array.isArray(entry[1]) ? entry[1] : [entry[1]];
  entry[1] = list.concat(value);
  return this;
};

function checkName(name) {
  if (typeof name !== 'string') throw new (codes().ERR_INVALID_ARG_TYPE)('name', 'string', name);
}

proto.getHeader = function getHeader(name) {
  checkName(name);
  const held = this[kOutHeaders];
  if (held === null) return undefined;
  const entry = held[lowerName(name)];
  return entry && entry[1];
};

proto.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.keys(this[kOutHeaders]);
};

proto.getRawHeaderNames = function getRawHeaderNames() {
  const held = this[kOutHeaders];
  return held === null ? [] : Object.values(held).map((entry) => entry[0]);
};

proto.getHeaders = function getHeaders() {
  const held = this[kOutHeaders];
  const out = { __proto__: null };
  if (held) for (const key in held) out[key] = held[key][1];
  return out;
};

proto.hasHeader = function hasHeader(name) {
  checkName(name);
  return this[kOutHeaders] !== null && !!this[kOutHeaders][lowerName(name)];
};

proto.removeHeader = function removeHeader(name) {
  checkName(name);
  if (this._header) throw new (codes().ERR_HTTP_HEADERS_SENT)('remove');
  const key = lowerName(name);
  switch (key) {
    case 'connection': this._removedConnection = true; break;
    case 'content-length': this._removedContLen = true; break;
    case 'transfer-encoding': this._removedTE = true; break;
    case 'date': this.sendDate = false; break;
  }
  if (this[kOutHeaders] !== null) delete this[kOutHeaders][key];
};

proto._implicitHeader = function _implicitHeader() {
  throw new (codes().ERR_METHOD_NOT_IMPLEMENTED)('_implicitHeader()');
};

proto._storeHeader = function _storeHeader(firstLine, headers) {
  require('http/head').storeHead(this, firstLine, headers);
};

proto.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  const isArray = Array.isArray(headers);
  for (const key of isArray ? headers.keys() : Object.keys(headers)) {
    const field = isArray ? headers[key][0] : key;
    const value = isArray ? headers[key][1] : headers[key];
    validateHeaderName(field, 'Trailer name');
    const unique = this[kUniqueHeaders]?.has(field.toLowerCase());
    const values = !Array.isArray(value) ? [value] : unique ? [value.join('; ')] : value;
    for (const one of values) {
      if (hasInvalidChar(one)) throw new (codes().ERR_INVALID_CHAR)('trailer content', field);
      this._trailer += `${field}: ${one}\r\n`;
    }
  }
};

proto.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

// ---- Bytes ----

// Sends data, with the head before it when that has not gone yet.
proto._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent) {
    const header = this._header ?? '';
    this._headerSent = true;
    if (typeof data === 'string' && (!encoding || encoding === 'utf8' || encoding === 'utf-8' ||
        encoding === 'latin1') && (encoding === 'latin1' || !/[\x80-\uffff]/.test(header))) {
      data = header + data;
    } else {
      this.outputData = this.outputData.length === 0 ? [] : this.outputData;
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
      this.outputSize += header.length;
      this._onPendingData(header.length);
    }
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

proto._writeRaw = function _writeRaw(data, encoding, callback, size) {
  const socket = this[kSocket];
  if (socket?.destroyed) return false; // the socket was destroyed: its 'close' is on the way
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  if (this.outputData.length === 0) this.outputData = [];
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

function failLater(message, error, callback) {
  process.nextTick(emitFailure, message, error, callback);
}

function emitFailure(message, error, callback) {
  callback(error);
  if (typeof message.destroy === 'function' && message._closed !== true) {
    // A message reports an error once; a destroyed one keeps quiet.
    if (!message.destroyed || message.emit !== undefined) message.emit('error', error);
  }
}

function byteLengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

function checkChunk(chunk) {
  if (chunk === null) throw new (codes().ERR_STREAM_NULL_VALUES)();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new (codes().ERR_INVALID_ARG_TYPE)('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
}

function bodyRefused(message, callback) {
  if (message[kRejectNonStandardBodyWrites]) throw new (codes().ERR_HTTP_BODY_NOT_ALLOWED)();
  process.nextTick(callback);
  return true;
}

function uncorkLater(socket) {
  // The socket may have been handed on, or closed, since.
  if (socket.writableCorked) socket.uncork();
}

function sendChunk(message, chunk, encoding, callback, length) {
  const socket = message[kSocket];
  const corkHere = socket && !socket.writableCorked;
  if (corkHere) socket.cork();
  message._send(`${length.toString(16)}\r\n`, 'latin1', null);
  message._send(chunk, encoding, null, length);
  const more = message._send('\r\n', 'latin1', callback);
  if (corkHere) socket.uncork();
  return more;
}

function writeChunk(message, chunk, encoding, callback, fromEnd) {
  if (typeof callback !== 'function') callback = nop;
  checkChunk(chunk);
  let error;
  if (message.finished) error = new (codes().ERR_STREAM_WRITE_AFTER_END)();
  else if (message.destroyed) error = new (codes().ERR_STREAM_DESTROYED)('write');
  if (error) {
    if (!message.destroyed) failLater(message, error, callback);
    else process.nextTick(callback, error);
    return false;
  }
  const length = byteLengthOf(chunk, encoding);
  if (!message._header) {
    if (fromEnd) message._contentLength ??= length;
    message._implicitHeader();
  }
  if (!message._hasBody) return bodyRefused(message, callback);
  if (message.strictContentLength) {
    const total = message[kBytesWritten] + length;
    const announced = message._contentLength;
    if (announced !== null && (fromEnd ? total !== announced : total > announced)) {
      throw new (codes().ERR_HTTP_CONTENT_LENGTH_MISMATCH)(total, announced);
    }
    message[kBytesWritten] = total;
  }
  const socket = message[kSocket];
  if (!fromEnd && socket && !socket.writableCorked) {
    socket.cork();
    process.nextTick(uncorkLater, socket);
  }
  const more = message.chunkedEncoding && length !== 0 ? sendChunk(message, chunk, encoding, callback, length) :
    message._send(chunk, encoding, callback, length);
  if (!more) message[kNeedDrain] = true;
  return more;
}

proto.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return writeChunk(this, chunk, encoding, callback, false);
};

// The last byte was handed over.
proto[kDone] = function() {
  this[kPending] = false;
  if (this[kSocket] && this[kSocket]._hadError) return;
  this.emit('finish');
};

function endAgain(message, callback) {
  if (typeof callback !== 'function') return;
  if (!message.writableFinished) message.on('finish', callback);
  else callback(new (codes().ERR_STREAM_ALREADY_FINISHED)('end'));
}

proto.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (!this.finished && this[kSendWhole] !== undefined && this[kSendWhole](chunk, encoding, callback)) return this;

  if (chunk) {
    if (this.finished) {
      failLater(this, new (codes().ERR_STREAM_WRITE_AFTER_END)(), typeof callback !== 'function' ? nop : callback);
      return this;
    }
    if (this[kSocket]) this[kSocket].cork();
    writeChunk(this, chunk, encoding, null, true);
  } else if (this.finished) {
    endAgain(this, callback);
    return this;
  } else if (!this._header) {
    if (this[kSocket]) this[kSocket].cork();
    this._contentLength = 0;
    this._implicitHeader();
  }

  if (typeof callback === 'function') this.once('finish', callback);
  if (this.strictContentLength && this._contentLength !== null && this._hasBody &&
      this[kBytesWritten] !== this._contentLength) {
    throw new (codes().ERR_HTTP_CONTENT_LENGTH_MISMATCH)(this[kBytesWritten], this._contentLength);
  }

  const done = () => this[kDone]();
  if (this._hasBody && this.chunkedEncoding) {
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', done);
  } else if (!this._headerSent || this.writableLength || chunk) {
    this._send('', 'latin1', done);
  } else {
    process.nextTick(done);
  }
  releaseCork(this);
  this.finished = true;
  if (this.outputData.length === 0 && this[kSocket] && this[kSocket]._httpMessage === this) this._finish();
  return this;
};

function releaseCork(message) {
  const socket = message[kSocket];
  if (socket) {
    while (socket.writableCorked) socket.uncork();
  }
  message[kCorked] = 0;
}

// All bytes are on their way: what happens to the connection next is the subclass's business.
proto._finish = function _finish() {
  this.emit('prefinish');
};

// The socket is ours now (or again): send what waited for it.
proto._flush = function _flush() {
  const socket = this[kSocket];
  if (!socket || !socket.writable) return;
  const more = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (more && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

proto._flushOutput = function _flushOutput(socket) {
  while (this[kCorked]) {
    this[kCorked]--;
    socket.cork();
  }
  const waiting = this.outputData;
  if (waiting.length === 0) return true;
  this.outputData = [];
  socket.cork();
  let more;
  for (let i = 0; i < waiting.length; i++) {
    const { data, encoding, callback } = waiting[i];
    more = socket.write(data, encoding, callback);
  }
  socket.uncork();
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return more;
};

// A response is no place to read from.
proto.pipe = function pipe() {
  this.emit('error', new (codes().ERR_STREAM_CANNOT_PIPE)());
};

proto[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

function parseUniqueHeadersOption(headers) {
  if (!Array.isArray(headers)) return null;
  const unique = new Set();
  for (const name of headers) unique.add(`${name}`.toLowerCase());
  return unique;
}

module.exports = {
  OutgoingMessage, parseUniqueHeadersOption, isToken, validateHeaderName, validateHeaderValue, 
  byteLengthOf, checkChunk,
  kOutHeaders, kSocket, kNeedDrain, kErrored, kHighWaterMark, kUniqueHeaders, kStoreHead, kSendWhole, kCorked,
  kRejectNonStandardBodyWrites, kPending, kDone, NOTHING,
};
