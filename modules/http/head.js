// SPDX-License-Identifier: MIT
//
// Composing a message's head: the lines that the program asked for, then those that HTTP needs besides (Date,
// Connection, Keep-Alive, and how the body's end is told).
'use strict';

const { chunkExpression, lowerName, validateHeaderName, validateHeaderValue, utcDate } = require('http/common');
const { kUniqueHeaders, kOutHeaders } = require('http/outgoing');

const SEEN_CONNECTION = 1;
const SEEN_LENGTH = 2;
const SEEN_ENCODING = 4;
const SEEN_DATE = 8;
const SEEN_EXPECT = 16;
const SEEN_TRAILER = 32;

// Notes the headers that steer the message. Only names of these lengths can be among them.
function note(message, name, value) {
  switch (name.length) {
    case 4: case 6: case 7: case 10: case 14: case 17: break;
    default: return 0;
  }
  switch (lowerName(name)) {
    case 'connection':
      message._removedConnection = false;
      if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      return SEEN_CONNECTION;
    case 'transfer-encoding':
      message._removedTE = false;
      if (chunkExpression.test(value)) message.chunkedEncoding = true;
      return SEEN_ENCODING;
    case 'content-length':
      message._contentLength = +value;
      message._removedContLen = false;
      return SEEN_LENGTH;
    case 'date': return SEEN_DATE;
    case 'expect': return SEEN_EXPECT;
    case 'trailer': return SEEN_TRAILER;
    case 'keep-alive':
      message._defaultKeepAlive = false;
      return 0;
    default: return 0;
  }
}

let text = '';
let seen = 0;

function line(message, name, value, validate) {
  if (validate) validateHeaderValue(name, value);
  text += `${name}: ${value}\r\n`;
  seen |= note(message, name, value);
}

function isSingleLine(message, name) {
  return name.length === 6 && name.toLowerCase() === 'cookie' ||
    message[kUniqueHeaders] !== null && message[kUniqueHeaders] !== undefined &&
    message[kUniqueHeaders].has(name.toLowerCase());
}

function add(message, name, value, validate) {
  if (validate) validateHeaderName(name);
  if (!Array.isArray(value)) {
    line(message, name, value, validate);
  } else if (value.length > 1 && isSingleLine(message, name)) {
    line(message, name, value.join('; '), validate);
  } else {
    for (let i = 0; i < value.length; i++) line(message, name, value[i], validate);
  }
}

function addArray(message, headers) {
  if (headers.length && Array.isArray(headers[0])) {
    for (let i = 0; i < headers.length; i++) add(message, headers[i][0], headers[i][1], true);
    return;
  }
  if (headers.length % 2 !== 0) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
  }
  for (let i = 0; i < headers.length; i += 2) add(message, headers[i], headers[i + 1], true);
}

function addHeaders(message, headers) {
  if (!headers) return;
  if (headers === message[kOutHeaders]) {
    for (const key in headers) {
      const entry = headers[key];
      add(message, entry[0], entry[1], false);
    }
  } else if (Array.isArray(headers)) {
    addArray(message, headers);
  } else if (typeof headers[Symbol.iterator] === 'function' && typeof headers !== 'string') {
    for (const entry of headers) add(message, entry[0], entry[1], true);
  } else {
    for (const key in headers) if (Object.hasOwn(headers, key)) add(message, key, headers[key], true);
  }
}

let keepAliveFor = 0;
let keepAliveText = '';

function keepAliveLine(message) {
  const ms = message._keepAliveTimeout;
  if (message._maxRequestsPerSocket > 0) {
    return `Keep-Alive: timeout=${Math.floor(ms / 1000)}, max=${message._maxRequestsPerSocket}\r\n`;
  }
  if (ms !== keepAliveFor) {
    keepAliveFor = ms;
    keepAliveText = `Keep-Alive: timeout=${Math.floor(ms / 1000)}\r\n`;
  }
  return keepAliveText;
}

function connectionLines(message) {
  if (message._removedConnection) {
    // Nothing is said, so the version's default holds.
    message._last = !message.shouldKeepAlive;
    return '';
  }
  if (seen & SEEN_CONNECTION) return '';
  const keep = message.shouldKeepAlive &&
    (seen & SEEN_LENGTH || message.useChunkedEncodingByDefault || message.agent);
  if (message.maxRequestsOnConnectionReached || !keep) {
    message._last = true;
    return 'Connection: close\r\n';
  }
  if (message._keepAliveTimeout && message._defaultKeepAlive) {
    return `Connection: keep-alive\r\n${keepAliveLine(message)}`;
  }
  return 'Connection: keep-alive\r\n';
}

function lengthLine(message) {
  if (seen & (SEEN_LENGTH | SEEN_ENCODING)) return '';
  if (!message._hasBody) {
    message.chunkedEncoding = false;
  } else if (!message.useChunkedEncodingByDefault) {
    message._last = true;
  } else if (!(seen & SEEN_TRAILER) && !message._removedContLen && typeof message._contentLength === 'number') {
    return `Content-Length: ${message._contentLength}\r\n`;
  } else if (!message._removedTE) {
    message.chunkedEncoding = true;
    return 'Transfer-Encoding: chunked\r\n';
  } else {
    message._last = true; // the end of the body is the end of the connection
  }
  return '';
}

function checkBodyRules(message) {
  // A message that has no body cannot have chunks; a client that believed the header would wait for them.
  if (message.chunkedEncoding && (message.statusCode === 204 || message.statusCode === 304)) {
    message.chunkedEncoding = false;
    message.shouldKeepAlive = false;
  }
}

function storeHead(message, firstLine, headers) {
  text = firstLine;
  seen = 0;
  addHeaders(message, headers);
  if (message.sendDate && !(seen & SEEN_DATE)) text += `Date: ${utcDate()}\r\n`;
  if (message.chunkedEncoding) checkBodyRules(message);
  const connection = connectionLines(message);
  const length = lengthLine(message);
  if (seen & SEEN_TRAILER && message.chunkedEncoding !== true) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_HTTP_TRAILER_INVALID();
  }
  message._header = `${text}${connection}${length}\r\n`;
  message._headerSent = false;
  if (seen & SEEN_EXPECT) message._send('');
}

module.exports = { storeHead };
