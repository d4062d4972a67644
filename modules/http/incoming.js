// SPDX-License-Identifier: MIT
//
// IncomingMessage: a request on a server, a response on a client.
//
// Most requests are looked at for a URL and a method and nothing else, so the rest is built when touched: header
// objects from the block of text that the parser made, the Readable's state from a getter on the prototype. A
// message without a body whose stream nobody touches never has one.
'use strict';

const Readable = require('stream/readable');
const { ReadableState } = Readable;

const kBlock = Symbol('block');
const kFirst = Symbol('blockStart');
const kPairs = Symbol('maxPairs');
const kHeaders = Symbol('headers');
const kDistinct = Symbol('headersDistinct');
const kTrailers = Symbol('trailers');
const kTrailersDistinct = Symbol('trailersDistinct');
const kRaw = Symbol('rawHeaders');
const kRawTrailers = Symbol('rawTrailers');
const kEnded = Symbol('ended');
const kHighWaterMark = Symbol('highWaterMark');

function IncomingMessage(socket) {
  this._events = undefined;
  this._eventsCount = 0;
  this._maxListeners = undefined;
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.complete = false;
  this[kBlock] = '';
  this[kFirst] = 0;
  this[kPairs] = 0;
  this[kHeaders] = null;
  this[kRaw] = null;
  this[kEnded] = false;
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this._consumed = false;
  this._dumped = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// The head of a message as the parser collected it: see modules/http/parser.h.
function setBlock(message, block, first, maxPairs) {
  message[kBlock] = block;
  message[kFirst] = first;
  message[kPairs] = maxPairs;
}

function pairsOf(block, first, maxPairs) {
  if (first >= block.length) return [];
  const parts = block.slice(first + 1).split('\n');
  if (maxPairs > 0 && parts.length > maxPairs) parts.length = maxPairs;
  return parts;
}

// ---- The stream, on demand ----

function highWaterMarkOf(message) {
  const socket = message.socket;
  const chosen = message[kHighWaterMark];
  if (chosen !== undefined) return chosen;
  return socket && socket.readableHighWaterMark;
}

function makeState(message) {
  const state = new ReadableState({ autoDestroy: true, highWaterMark: highWaterMarkOf(message) }, message, false);
  Object.defineProperty(message, '_readableState', { value: state, writable: true, enumerable: true, configurable: true });
  // Nothing is asked for before the program reads: see _read.
  state.readingMore = true;
  if (message[kEnded]) endOfBody(message);
  return state;
}

Object.defineProperty(IncomingMessage.prototype, '_readableState', {
  configurable: true,
  enumerable: false,
  get() {
    return this[kEnded] === undefined ? undefined : makeState(this);
  },
  set(value) {
    Object.defineProperty(this, '_readableState', { value, writable: true, enumerable: true, configurable: true });
  },
});

function hasState(message) {
  return Object.hasOwn(message, '_readableState');
}

function endOfBody(message) {
  message.push(null);
}

// No more of the body will come. Without a stream this is only noted.
function finishBody(message) {
  message[kEnded] = true;
  if (hasState(message) && !message._readableState.ended) endOfBody(message);
}

IncomingMessage.prototype._read = function _read(n) {
  if (!this._consumed) {
    this._readableState.readingMore = false;
    this._consumed = true;
  }
  if (this.socket && this.socket.readable) readStart(this.socket);
};

IncomingMessage.prototype._destroy = function _destroy(err, cb) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  const socket = this.socket;
  if (socket && !socket.destroyed && this.aborted) {
    socket.destroy(err);
    const cleanup = require('stream/finished').finished(socket, (e) => {
      if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      cleanup();
      process.nextTick(destroyed, this, e || err, cb);
    });
  } else {
    process.nextTick(destroyed, this, err, cb);
  }
};

function destroyed(message, err, cb) {
  // A server's request is allowed to break off without anybody listening.
  if (message.listenerCount('error') === 0) cb();
  else cb(err);
}

IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  // Only who listens can tell that there was a stream.
  if (!hasState(this) && this._events === undefined) return;
  this.removeAllListeners('data'); // what is buffered must not be told either
  this.resume();
};

IncomingMessage.prototype._dumpAndCloseReadable = function _dumpAndCloseReadable() {
  this._dumped = true;
  const state = this._readableState;
  state.ended = true;
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
};

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

// ---- Headers ----

// Of these only the first counts.
const FIRST_WINS = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer',
  'retry-after', 'server', 'user-agent',
]);
const hasOwn = Object.prototype.hasOwnProperty;

function addHeader(dest, key, value, join) {
  if (!hasOwn.call(dest, key)) {
    dest[key] = key === 'set-cookie' ? [value] : value;
  } else if (key === 'set-cookie') {
    dest[key].push(value);
  } else if (key === 'cookie') {
    dest[key] += `; ${value}`;
  } else if (join || !FIRST_WINS.has(key)) {
    dest[key] += `, ${value}`;
  }
}

function headersOf(raw, join) {
  const dest = {};
  for (let i = 0; i + 1 < raw.length; i += 2) addHeader(dest, raw[i].toLowerCase(), raw[i + 1], join);
  return dest;
}

function distinctOf(raw) {
  const dest = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const key = raw[i].toLowerCase();
    if (hasOwn.call(dest, key)) dest[key].push(raw[i + 1]);
    else dest[key] = [raw[i + 1]];
  }
  return dest;
}

function define(name, get, set) {
  Object.defineProperty(IncomingMessage.prototype, name, { configurable: true, enumerable: false, get, set });
}

define('rawHeaders', function rawHeaders() {
  let raw = this[kRaw];
  if (raw === null) {
    raw = this[kRaw] = pairsOf(this[kBlock], this[kFirst], this[kPairs]);
    this[kBlock] = '';
    this[kFirst] = 0;
  }
  return raw;
}, function(value) { this[kRaw] = value; });

define('headers', function headers() {
  if (!this[kHeaders]) this[kHeaders] = headersOf(this.rawHeaders, this.joinDuplicateHeaders);
  return this[kHeaders];
}, function(value) { this[kHeaders] = value; });

define('headersDistinct', function headersDistinct() {
  if (!this[kDistinct]) this[kDistinct] = distinctOf(this.rawHeaders);
  return this[kDistinct];
}, function(value) { this[kDistinct] = value; });

define('rawTrailers', function rawTrailers() {
  this[kRawTrailers] ??= [];
  return this[kRawTrailers];
}, function(value) { this[kRawTrailers] = value; });

define('trailers', function trailers() {
  if (!this[kTrailers]) this[kTrailers] = headersOf(this.rawTrailers, this.joinDuplicateHeaders);
  return this[kTrailers];
}, function(value) { this[kTrailers] = value; });

define('trailersDistinct', function trailersDistinct() {
  if (!this[kTrailersDistinct]) this[kTrailersDistinct] = distinctOf(this.rawTrailers);
  return this[kTrailersDistinct];
}, function(value) { this[kTrailersDistinct] = value; });

define('connection', function connection() { return this.socket; }, function(value) { this.socket = value; });

define('client', function client() { return this.socket; }, function(value) {
  Object.defineProperty(this, 'client', { value, writable: true, enumerable: true, configurable: true });
});

define('httpVersion', function httpVersion() {
  if (this.httpVersionMajor === null || this.httpVersionMajor === undefined) return null;
  return this.httpVersionMajor === 1 && this.httpVersionMinor === 1 ? '1.1' :
    `${this.httpVersionMajor}.${this.httpVersionMinor}`;
}, function(value) {
  Object.defineProperty(this, 'httpVersion', { value, writable: true, enumerable: true, configurable: true });
});

function setTrailers(message, block) {
  message[kRawTrailers] = pairsOf(block, 0, message[kPairs]);
}

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(headers, n) {
  if (!headers?.length) return;
  const dest = this.complete ? this.trailers : this.headers;
  if (this.complete) this.rawTrailers = headers;
  else this.rawHeaders = headers;
  for (let i = 0; i + 1 < n; i += 2) addHeader(dest, headers[i].toLowerCase(), headers[i + 1], this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(field, value, dest) {
  addHeader(dest, field.toLowerCase(), value, this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(field, value, dest) {
  field = field.toLowerCase();
  if (dest[field]) dest[field].push(value);
  else dest[field] = [value];
};

function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

// Whether the program took an interest in the body.
function wasRead(message) {
  return message._consumed || hasState(message) && message.readableDidRead;
}

module.exports = { wasRead, IncomingMessage, setBlock, setTrailers, finishBody, hasState, readStart, readStop, kHighWaterMark };
