// SPDX-License-Identifier: MIT
//
// The URL class. Idea: a URL is its serialised text and seven offsets into it, so that every getter is a slice; C
// parses and answers with the offsets in one shared array. Setters send the text through C again, except for
// those that only exchange an encoded query. Rule: `spans` is valid only until the next call into C.
'use strict';

const native = binding('url');
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { URLSearchParams, attach, replaceFrom } = require('web/url/params');

const spans = new Uint32Array(native.offsets);
const SET = { protocol: 0, username: 1, password: 2, host: 3, hostname: 4, port: 5, pathname: 6, search: 7, hash: 8 };

// Unlike other coded errors, this one does not show its code in its text.
function reject(input, base) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  if (base !== undefined) error.base = base;
  throw error;
}

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

// For a `this` that is no URL, in the words that programs know.
function rejectReceiver() {
  throw new TypeError('Receiver must be an instance of class URL');
}

function rejectMember() {
  throw new TypeError('Cannot read private member from an object whose class did not declare it');
}

class URL {
  #href = '';
  #schemeEnd = 0;
  #userEnd = 0;
  #hostStart = 0;
  #hostEnd = 0;
  #pathStart = 0;
  #searchStart = 0;
  #hashStart = 0;
  #params = undefined;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = toText(input);
    if (base !== undefined) base = toText(base);
    const href = native.parse(input, base);
    if (href === false) reject(input, base);
    this.#adopt(href === true ? input : href);
  }

  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return native.canParse(toText(input), base === undefined ? undefined : toText(base));
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = toText(input);
    if (base !== undefined) base = toText(base);
    return native.canParse(input, base) ? new URL(input, base) : null;
  }

  static createObjectURL(object) {
    return require('web/blob/registry').createObjectURL(object);
  }

  static revokeObjectURL(url) {
    require('web/blob/registry').revokeObjectURL(`${url}`, arguments.length);
  }

  #adopt(href) {
    this.#href = href;
    this.#schemeEnd = spans[0];
    this.#userEnd = spans[1];
    this.#hostStart = spans[2];
    this.#hostEnd = spans[3];
    this.#pathStart = spans[4];
    this.#searchStart = spans[5];
    this.#hashStart = spans[6];
  }

  #update(property, value) {
    const href = native.update(this.#href, property, value);
    if (href !== true) this.#adopt(href);
  }

  // The parameters changed: `query` is encoded already.
  #replaceQuery(query) {
    const search = query === '' ? '' : '?' + query;
    const hash = this.#href.slice(this.#hashStart);
    this.#href = this.#href.slice(0, this.#searchStart) + search + hash;
    this.#hashStart = this.#searchStart + search.length;
  }

  toString() {
    if (!(#href in this)) rejectReceiver();
    return this.#href;
  }

  get href() {
    if (!(#href in this)) rejectReceiver();
    return this.#href;
  }

  set href(value) {
    if (!(#href in this)) rejectMember();
    value = toText(value);
    const href = native.parse(value, undefined);
    if (href === false) reject(value);
    this.#adopt(href === true ? value : href);
    if (this.#params) replaceFrom(this.#params, this.search);
  }

  get origin() {
    if (!(#href in this)) rejectMember();
    const scheme = this.#href.slice(0, this.#schemeEnd);
    switch (scheme) {
      case 'http:': case 'https:': case 'ws:': case 'wss:': case 'ftp:':
        return `${scheme}//${this.#href.slice(this.#hostStart, this.#pathStart)}`;
      case 'blob:': {
        const inner = URL.parse(this.pathname);
        return inner !== null && (inner.protocol === 'http:' || inner.protocol === 'https:') ? inner.origin : 'null';
      }
      default:
        return 'null';
    }
  }

  get protocol() {
    if (!(#href in this)) rejectMember();
    return this.#href.slice(0, this.#schemeEnd);
  }

  set protocol(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.protocol, toText(value));
  }

  get username() {
    if (!(#href in this)) rejectMember();
    return this.#userEnd > this.#schemeEnd + 2 ? this.#href.slice(this.#schemeEnd + 2, this.#userEnd) : '';
  }

  set username(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.username, toText(value));
  }

  get password() {
    if (!(#href in this)) rejectMember();
    // user ':' password '@' host
    return this.#hostStart - this.#userEnd > 1 ? this.#href.slice(this.#userEnd + 1, this.#hostStart - 1) : '';
  }

  set password(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.password, toText(value));
  }

  get host() {
    if (!(#href in this)) rejectMember();
    return this.#hostEnd === this.#schemeEnd ? '' : this.#href.slice(this.#hostStart, this.#pathStart);
  }

  set host(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.host, toText(value));
  }

  get hostname() {
    if (!(#href in this)) rejectMember();
    return this.#href.slice(this.#hostStart, this.#hostEnd);
  }

  set hostname(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.hostname, toText(value));
  }

  get port() {
    if (!(#href in this)) rejectMember();
    return this.#hostEnd === this.#schemeEnd ? '' : this.#href.slice(this.#hostEnd + 1, this.#pathStart);
  }

  set port(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.port, toText(value));
  }

  get pathname() {
    if (!(#href in this)) rejectMember();
    return this.#href.slice(this.#pathStart, this.#searchStart);
  }

  set pathname(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.pathname, toText(value));
  }

  get search() {
    if (!(#href in this)) rejectReceiver();
    return this.#hashStart - this.#searchStart > 1 ? this.#href.slice(this.#searchStart, this.#hashStart) : '';
  }

  set search(value) {
    if (!(#href in this)) rejectMember();
    value = toText(value).toWellFormed();
    this.#update(SET.search, value);
    if (this.#params) replaceFrom(this.#params, value);
  }

  get searchParams() {
    if (!(#href in this)) rejectMember();
    if (this.#params === undefined) {
      this.#params = attach(this.search, (query) => this.#replaceQuery(query));
    }
    return this.#params;
  }

  get hash() {
    if (!(#href in this)) rejectMember();
    return this.#href.length - this.#hashStart > 1 ? this.#href.slice(this.#hashStart) : '';
  }

  set hash(value) {
    if (!(#href in this)) rejectMember();
    this.#update(SET.hash, toText(value));
  }

  toJSON() {
    if (!(#href in this)) rejectReceiver();
    return this.#href;
  }

  [customInspectSymbol](depth, options) {
    const { constructor } = this;
    const name = (constructor ?? URL).name;
    if (typeof depth === 'number' && depth < 0) return `${name} {}`;
    const shown = Object.create({ constructor: constructor ?? URL });
    for (const property of SHOWN) shown[property] = this[property];
    if (options.showHidden) shown[Symbol('context')] = this.#context();
    const { inspect } = require('util/inspect');
    return `${name} ${inspect(shown, options)}`;
  }

  // What inspect(url, { showHidden: true }) shows as the parser's result.
  #context() {
    const schemes = ['http:', '', 'https:', 'ws:', 'ftp:', 'wss:', 'file:'];
    const scheme = schemes.indexOf(this.protocol);
    return new URLContext({
      href: this.#href,
      protocol_end: this.#schemeEnd,
      username_end: this.#userEnd,
      host_start: this.#hostStart > this.#userEnd ? this.#hostStart - 1 : this.#hostStart,
      host_end: this.#hostEnd,
      pathname_start: this.#pathStart,
      search_start: this.search === '' ? 0xffffffff : this.#searchStart,
      hash_start: this.hash === '' ? 0xffffffff : this.#hashStart,
      port: this.port === '' ? 0xffffffff : +this.port,
      scheme_type: scheme < 0 ? 1 : scheme,
    });
  }
}

const SHOWN = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
  'searchParams', 'hash'];

class URLContext {
  constructor(fields) { Object.assign(this, fields); }
  get hasPort() { return this.port !== 0xffffffff; }
  get hasSearch() { return this.search_start !== 0xffffffff; }
  get hasHash() { return this.hash_start !== 0xffffffff; }
}

for (const name of ['toString', ...SHOWN, 'toJSON']) {
  const descriptor = Object.getOwnPropertyDescriptor(URL.prototype, name);
  descriptor.enumerable = true;
  Object.defineProperty(URL.prototype, name, descriptor);
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
for (const name of ['canParse', 'parse', 'createObjectURL', 'revokeObjectURL']) {
  Object.defineProperty(URL, name, { enumerable: true });
}

// Duck typing, so that URLs of other realms count: legacy objects have no string `href` with a `protocol` and
// no `auth` or `path`.
function isURL(self) {
  return Boolean(self?.href && self.protocol && self.auth === undefined && self.path === undefined);
}

function domainToASCII(domain) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('domain');
  return native.domain(`${domain}`, false);
}

function domainToUnicode(domain) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('domain');
  return native.domain(`${domain}`, true);
}

module.exports = { URL, URLSearchParams, domainToASCII, domainToUnicode, isURL };
for (const name of ['fileURLToPath', 'fileURLToPathBuffer', 'pathToFileURL', 'urlToHttpOptions', 'toPathIfFileURL',
  'unsafeToPathIfFileURL']) {
  module.exports[name] = function(...args) { return require('web/url/files')[name](...args); };
}
