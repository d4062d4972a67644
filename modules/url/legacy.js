// SPDX-License-Identifier: MIT
//
// The older URL API: url.parse() and the Url class. Idea: the text is cut from the left (protocol, authority) and
// then from the right (fragment, query); what is left is the path. It accepts far more than the standard does,
// and keeps doing so because programs rely on it. No state.
'use strict';

const { codes } = require('internal/errors');

// Protocols whose URLs are written with '//' even when their parts do not say so.
const SLASHED = new Set(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);
const HOSTLESS = 'javascript:'; // neither host nor escaping

const ESCAPES = /[\t\n\r "'<>\\^`{|}]/g;
const AFTER_HOST = /[ "%';<>\\^`{|}]/; // a host ends here, besides at '/', '?' and '#'

// A path and perhaps a query, kept to the letter: what an HTTP request line holds.
const PLAIN_PATH = /^\/(?!\/\/)[^\s#@?]*(?:\?[^\s#]*)?$/;

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

// Trims, and reads '\' as '/' up to the query or fragment, as browsers do.
function tidy(text) {
  text = text.replace(/^[\0-\x20\xa0\ufeff]+|[\0-\x20\xa0\ufeff]+$/g, '');
  if (!text.includes('\\')) return text;
  const stop = text.search(/[?#]/);
  const end = stop < 0 ? text.length : stop;
  return text.slice(0, end).replaceAll('\\', '/') + text.slice(end);
}

// A character by its code in two hexadecimal digits; apostrophes too, which encodeURIComponent() leaves.
function escapeUnwise(text) {
  return text.replace(ESCAPES, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'));
}

// Splits an authority off: sets auth, host, hostname and port; returns the rest.
function takeAuthority(url, rest, original) {
  const stop = rest.search(/[/?#]/);
  const tail = stop < 0 ? '' : rest.slice(stop);
  // Tabs and newlines vanish here; in what follows they are escaped.
  const authority = (stop < 0 ? rest : rest.slice(0, stop)).replace(/[\t\n\r]/g, '');
  const at = authority.lastIndexOf('@');
  if (at >= 0) url.auth = decodeURIComponent(authority.slice(0, at));
  const host = authority.slice(at + 1);
  const cut = host.search(AFTER_HOST);
  takeHost(url, cut < 0 ? host : host.slice(0, cut), original);
  return (cut < 0 ? '' : host.slice(cut)) + tail;
}

function takeHost(url, host, original) {
  const port = /:([0-9]*)$/.exec(host);
  let hostname = port === null ? host : host.slice(0, port.index);
  if (port !== null && port[1] !== '') url.port = port[1];
  const bracketed = hostname.startsWith('[') && hostname.endsWith(']');
  if (bracketed) {
    if (/[\0\t\n\r #%/<>?@\\^|]/.test(hostname)) throw new codes.ERR_INVALID_URL(original);
  } else {
    if (hostname.includes(':')) throw new codes.ERR_INVALID_ARG_VALUE('url', 'Invalid port in url', original);
    hostname = toHostname(hostname, original);
  }
  url.host = hostname + (url.port !== null ? ':' + url.port : '');
  url.hostname = bracketed ? hostname.slice(1, -1).toLowerCase() : hostname;
  if (bracketed) url.host = url.host.toLowerCase();
}

function toHostname(hostname, original) {
  if (hostname.length > 255) return '';
  if (/[[\]]/.test(hostname)) throw new codes.ERR_INVALID_URL(original);
  hostname = hostname.toLowerCase();
  if (/^[\0-\x7f]*$/.test(hostname) && !hostname.includes('xn--')) return hostname;
  const ascii = require('web/url').domainToASCII(hostname);
  if (ascii === '') throw new codes.ERR_INVALID_URL(original);
  return ascii;
}

// Splits fragment and query off; what is left is the path.
function takePath(url, rest, parseQueryString) {
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question >= 0) {
    url.search = rest.slice(question);
    url.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
    if (parseQueryString) url.query = require('querystring').parse(url.query);
  } else if (parseQueryString) {
    url.query = { __proto__: null };
  }
  if (rest !== '') url.pathname = rest;
  else if (url.hostname && SLASHED.has(url.protocol)) url.pathname = '/';
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname ?? '') + (url.search ?? '');
}

Url.prototype.parse = function parse(text, parseQueryString, slashesDenoteHost) {
  require('internal/validators').validateString(text, 'url');
  let rest = tidy(text);
  if (!slashesDenoteHost && PLAIN_PATH.test(rest)) {
    takePath(this, rest, parseQueryString);
    this.href = this.format();
    return;
  }
  const protocol = /^[a-z0-9.+-]+:/i.exec(rest);
  if (protocol !== null) {
    this.protocol = protocol[0].toLowerCase();
    rest = rest.slice(protocol[0].length);
  }
  const hostless = this.protocol === HOSTLESS;
  const mayHaveHost = slashesDenoteHost || protocol !== null || /^\/\/[^@/]+@[^@/]+/.test(rest);
  if (mayHaveHost && !hostless && rest.startsWith('//')) {
    this.slashes = true;
    rest = rest.slice(2);
  }
  if (!hostless && (this.slashes || (protocol !== null && !SLASHED.has(protocol[0])))) {
    rest = takeAuthority(this, rest, text);
    if (this.host.startsWith('[') && !rest.startsWith('/')) rest = '/' + rest;
  }
  takePath(this, hostless ? rest : escapeUnwise(rest), parseQueryString);
  this.href = this.format();
};

Url.prototype.format = function format() {
  return require('url/format').formatParts(this);
};

Url.prototype.resolve = function resolve(relative) {
  return this.resolveObject(parse(relative, false, true)).format();
};

Url.prototype.resolveObject = function resolveObject(relative) {
  if (typeof relative === 'string') {
    const parsed = new Url();
    parsed.parse(relative, false, true);
    relative = parsed;
  }
  return require('url/resolve').resolve(this, relative);
};

Url.prototype.parseHost = function parseHost() {
  const port = /:([0-9]*)$/.exec(this.host);
  let host = this.host;
  if (port !== null) {
    if (port[1] !== '') this.port = port[1];
    host = host.slice(0, port.index);
  }
  if (host) this.hostname = host;
};

let warned = false;

// DEP0169: told once, and only of callers outside node_modules.
function warnOfParse() {
  if (warned) return;
  const { getOptionValue } = require('internal/options');
  if (!getOptionValue('--pending-deprecation') && /[\\/]node_modules[\\/]/i.test(new Error().stack)) return;
  warned = true;
  process.emitWarning('`url.parse()` behavior is not standardized and prone to errors that have security ' +
    'implications. Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
                      'DeprecationWarning', 'DEP0169');
}

function parse(url, parseQueryString, slashesDenoteHost) {
  warnOfParse();
  if (url instanceof Url) return url;
  const parsed = new Url();
  parsed.parse(url, parseQueryString, slashesDenoteHost);
  return parsed;
}

function resolve(source, relative) {
  return parse(source, false, true).resolve(relative);
}

function resolveObject(source, relative) {
  if (!source) return relative;
  return parse(source, false, true).resolveObject(relative);
}

module.exports = { Url, SLASHED, HOSTLESS, parse, resolve, resolveObject };
