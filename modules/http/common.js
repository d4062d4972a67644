// SPDX-License-Identifier: MIT
//
// What both ends of HTTP share: the parser as JavaScript sees it, method and status tables, checks of header
// names and values, the Date header.
//
// The C half calls six functions with the parser's owner as first argument. They are set once per environment;
// what a server or a client does with an event is the owner's `role`, so that nothing is looked up per request.
'use strict';

const { enterHandle, leaveHandle } = require('runtime/io/context');
const { emitBefore, emitAfter } = require('internal/async');
const native = binding('http');
const { FastBuffer } = require('internal/fast_buffer');

const info = new Int32Array(native.infoBuffer);
const INFO_METHOD = 0;
const INFO_STATUS = 1;
const INFO_MAJOR = 2;
const INFO_MINOR = 3;
const INFO_FLAGS = 4;
const INFO_FIRST = 5;
const INFO_NOW = 7;
const HEAD_KEEP_ALIVE = 1;
const HEAD_UPGRADE = 2;
const HEAD_NO_BODY = 4;
const HEAD_HOST = 8;
const HEAD_EXPECT = 16;

const allMethods = native.methods;
const RTSP_FIRST = allMethods.indexOf('PRI');
const methods = [];
for (let i = 0; i < allMethods.length; i++) {
  if (i < RTSP_FIRST || allMethods[i] === 'QUERY') methods.push(allMethods[i]);
}
const LENIENT_NONE = 0;
const LENIENT_ALL = 255;
const MAX_HEADER_PAIRS = 2000;

const kIncomingMessage = Symbol('IncomingMessage');
const kSkipPendingData = Symbol('SkipPendingData');

// ---- Parsers ----

// Owners of connections: `socket`, `incoming` (the message being received), `outgoing`, and a `role`, an object
// with the methods onHead(parser, block), onBody(parser, chunk), onComplete(parser, trailers),
// onFail(parser, error) and onUpgrade(parser, head).
class Parser {
  constructor(role, isRequest, maxHeaderSize, lenient, serverNumber) {
    this.role = role;
    this.onIncoming = null;
    this.socket = null;
    this.incoming = null;
    this.outgoing = null;
    this.maxHeaderPairs = MAX_HEADER_PAIRS;
    this.joinDuplicateHeaders = false;
    this.server = null;
    this.responses = null;
    this.outgoingData = 0;
    this.requests = 0;
    this.consumed = false;
    this.answering = null; // the response whose 'request' event is being emitted
    this.answered = false;
    this.sending = null; // the response whose last bytes wait for the kernel
    this.idleUntil = 0;
    this.keepAliveSet = false;
    this.sendingFrame = undefined;
    this.frame = undefined;
    this.asyncId = 0;
    this.triggerId = 0;
    enterHandle(this, isRequest ? 'HTTPINCOMINGMESSAGE' : 'HTTPCLIENTREQUEST');
    this.native = native.open(this, isRequest, maxHeaderSize, lenient, serverNumber);
  }

  // Parses bytes that came through JavaScript. Returns the number of bytes used, or an Error.
  execute(chunk) {
    if (this.native === null) return 0;
    return this.outcome(native.execute(this.native, chunk), chunk);
  }

  outcome(count, chunk) {
    if (count < 0) return this.failure(-1 - count, chunk);
    if (count !== Math.floor(count)) {
      this.upgraded = true;
      return Math.floor(count);
    }
    return count;
  }

  finish() {
    if (this.native === null || native.finish(this.native) >= 0) return undefined;
    return this.failure(0, undefined);
  }

  failure(bytesParsed, rawPacket) {
    const pair = this.native === null ? undefined : native.failure(this.native);
    return pair === undefined ? parseError('HPE_INTERNAL', 'Internal error', bytesParsed, rawPacket) :
      parseError(pair[0], pair[1], bytesParsed, rawPacket);
  }

  // Lets the stream feed the parser without JavaScript in between.
  consume(handle) {
    const stream = handle && handle.native;
    this.consumed = stream !== undefined && stream !== null && native.attach(this.native, stream);
    return this.consumed;
  }

  unconsume() {
    if (!this.consumed) return;
    this.consumed = false;
    if (this.native !== null) native.detach(this.native);
  }

  pause() {
    if (this.native !== null) native.pause(this.native);
  }

  resume() {
    if (this.native === null) return;
    const result = native.resume(this.native);
    if (result === undefined) return;
    const outcome = this.outcome(result, undefined);
    if (typeof outcome !== 'number') this.role.onFail(this, outcome);
  }

  remove() {}

  free() {
    if (this.native === null) return;
    this.consumed = false;
    const handle = this.native;
    this.native = null;
    native.close(handle);
    this.socket = null;
    this.incoming = null;
    this.outgoing = null;
    this.server = null;
    this.onIncoming = null;
    this.joinDuplicateHeaders = null;
    this.sending = null;
    leaveHandle(this);
    this.frame = undefined;
    if (this.role.isClient && pool.list.length < pool.max) pool.list.push(this);
  }

  close() { Parser.prototype.free.call(this); }
}
Parser.prototype.upgraded = false;

// Parsers of clients are used again.
const pool = { name: 'parsers', max: 1000, list: [], alloc: () => pool.list.pop() ?? new (require('http/raw_parser').HTTPParser)(), free: () => false };

function takeParser(role, maxHeader, lenient) {
  const parser = pool.list.pop();
  if (parser === undefined) return new Parser(role, false, maxHeader, lenient, 0);
  parser.role = role;
  parser.maxHeaderPairs = MAX_HEADER_PAIRS;
  parser.upgraded = false;
  enterHandle(parser, 'HTTPCLIENTREQUEST');
  parser.native = native.open(parser, false, maxHeader, lenient, 0);
  return parser;
}

function parseError(code, reason, bytesParsed, rawPacket) {
  const text = reason.startsWith('Parse Error') ? reason : `Parse Error: ${reason}`;
  const error = new Error(code === 'HPE_USER' ? 'Parse Error' : text);
  error.bytesParsed = bytesParsed;
  error.code = code;
  error.reason = reason;
  if (rawPacket !== undefined) error.rawPacket = rawPacket;
  return error;
}

// A parser's events come in its own async context: of the connection on a server, of the request on a client.
function inContext(fn) {
  return (parser, a, b, c, d) => {
    const before = $lode.c;
    $lode.c = parser.frame;
    const tracked = parser.asyncId !== 0;
    if (tracked) emitBefore(parser.asyncId, parser.triggerId, parser);
    const result = fn(parser, a, b, c, d);
    if (tracked) emitAfter(parser.asyncId);
    $lode.c = before;
    return result;
  };
}

native.setup(
  inContext((parser, block) => parser.role.onHead(parser, block)),
  inContext((parser, bytes) => parser.role.onBody(parser, new FastBuffer(bytes))),
  inContext((parser, trailers) => parser.role.onComplete(parser, trailers)),
  inContext((parser, code, reason, bytesParsed, packet) =>
    parser.role.onFail(parser, parseError(code, reason, bytesParsed, new FastBuffer(packet)))),
  inContext((parser, rest) => parser.role.onUpgrade(parser, new FastBuffer(rest))),
  (parser, status) => {
    $lode.c = parser.sendingFrame;
    onSent(parser, status);
  },
);

let onSent = () => {};
function setSentListener(fn) { onSent = fn; }

function freeParser(parser, message, socket) {
  if (parser) {
    if (socket && socket.parser === parser) socket.parser = null;
    if (message && message.parser === parser) message.parser = null;
    parser.free();
  }
}

let optionLenient;
function isLenient() {
  if (optionLenient === undefined) {
    optionLenient = !!require('internal/options').getOptionValue('--insecure-http-parser');
    if (optionLenient) process.emitWarning('Using insecure HTTP parsing');
  }
  return optionLenient;
}

function lenientFlags(choice) {
  if (choice === undefined) return isLenient() ? LENIENT_ALL : LENIENT_NONE;
  return choice ? LENIENT_ALL : LENIENT_NONE;
}

let optionMaxHeader;
function maxHeaderSize() {
  if (optionMaxHeader === undefined) {
    optionMaxHeader = Number(require('internal/options').getOptionValue('--max-http-header-size')) || 16384;
  }
  return optionMaxHeader;
}

function prepareError(error, parser, rawPacket) {
  error.rawPacket = rawPacket;
  if (typeof error.reason === 'string') error.message = `Parse Error: ${error.reason}`;
}

// ---- Checks ----

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const LONGEST_REMEMBERED = 64;
const knownNames = new Set();
const knownValues = new Set();

function isToken(text) {
  if (knownNames.has(text)) return true;
  if (typeof text !== 'string' && typeof text !== 'number') text = `${text}`;
  if (!TOKEN.test(text)) return false;
  if (knownNames.size < 500 && text.length <= LONGEST_REMEMBERED) knownNames.add(text);
  return true;
}

function hasInvalidChar(value) {
  if (knownValues.has(value)) return false;
  if (NOT_IN_VALUE.test(value)) return true;
  if (knownValues.size < 500 && typeof value === 'string' && value.length <= LONGEST_REMEMBERED) {
    knownValues.add(value);
  }
  return false;
}

// Programs use the same few names again and again, most of them literals, whose hash the engine knows.
const lowered = new Map();
function lowerName(name) {
  const known = lowered.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  if (lowered.size < 500 && name.length <= LONGEST_REMEMBERED) lowered.set(name, lower);
  return lower;
}

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || name === '' || !isToken(name)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
}

function validateHeaderValue(name, value) {
  if (value === undefined) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  }
  if (hasInvalidChar(value)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_CHAR('header content', name);
  }
}

// ---- Date, cached until the second is over ----

let dateText = '';
let dateUntil = 0;
function utcDate() {
  const now = Date.now();
  if (now >= dateUntil) {
    dateUntil = now - now % 1000 + 1000;
    dateText = new Date(now).toUTCString();
  }
  return dateText;
}

const STATUS_CODES = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: 'I\'m a Teapot',
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended',
  511: 'Network Authentication Required',
};

module.exports = {
  native, info, Parser, takeParser, pool, allMethods, methods, STATUS_CODES,
  INFO_METHOD, INFO_STATUS, INFO_MAJOR, INFO_MINOR, INFO_FLAGS, INFO_FIRST, INFO_NOW,
  HEAD_KEEP_ALIVE, HEAD_UPGRADE, HEAD_NO_BODY, HEAD_HOST, HEAD_EXPECT, MAX_HEADER_PAIRS,
  kIncomingMessage, kSkipPendingData,
  setSentListener, freeParser, isLenient, lenientFlags, maxHeaderSize, prepareError, parseError,
  isToken, hasInvalidChar, lowerName, validateHeaderName, validateHeaderValue, utcDate,
  CRLF: '\r\n',
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
};
