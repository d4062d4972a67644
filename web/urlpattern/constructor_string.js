// SPDX-License-Identifier: MIT
//
// new URLPattern('https://*.example.com/:path'): one string cut into components. Idea: the URL parser's states,
// but over tokens, so that what looks like a delimiter inside a group is none; a first '@' or ':' decides in
// hindsight what the text before it was, so those states go back. No state beside one parser's.
'use strict';

const canonical = require('web/urlpattern/canonical');
const { Component } = require('web/urlpattern/component');
const { tokenize } = require('web/urlpattern/tokens');

const ORDER = ['protocol', 'authority', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const CHARACTERS = new Set(['char', 'escaped-char', 'invalid-char']);

function isBetween(state, first, last) {
  const at = ORDER.indexOf(state);
  return at >= ORDER.indexOf(first) && at <= ORDER.indexOf(last);
}

class ConstructorString {
  constructor(input) {
    this.input = input;
    this.tokens = tokenize(input, true);
    this.result = {};
    this.state = 'init';
    this.index = 0;
    this.start = 0; // of the component, in tokens
    this.step = 1;
    this.groupDepth = 0;
    this.bracketDepth = 0;
    this.special = false; // the protocol may be a special scheme
  }

  token(index) {
    return this.tokens[index] ?? this.tokens[this.tokens.length - 1];
  }

  isChar(index, value) {
    const token = this.token(index);
    return token.value === value && CHARACTERS.has(token.type);
  }

  // '?' opens the search unless it modifies what stands before it.
  isSearch() {
    if (this.isChar(this.index, '?')) return true;
    if (this.token(this.index).value !== '?' || this.token(this.index).type === 'end') return false;
    if (this.index === 0) return true;
    return !['name', 'regexp', 'close', 'asterisk'].includes(this.token(this.index - 1).type);
  }

  isHash() {
    return this.isChar(this.index, '#');
  }

  isPath() {
    return this.isChar(this.index, '/');
  }

  componentText() {
    return this.input.slice(this.token(this.start).index, this.token(this.index).index);
  }

  change(state, skip) {
    const old = this.state;
    const { result } = this;
    if (old !== 'init' && old !== 'authority') result[old] = this.componentText();
    if (old !== 'init' && state !== 'done') {
      if (isBetween(old, 'protocol', 'password') && isBetween(state, 'port', 'hash')) result.hostname ??= '';
      if (isBetween(old, 'protocol', 'port') && isBetween(state, 'search', 'hash')) {
        result.pathname ??= this.special ? '/' : '';
      }
      if (isBetween(old, 'protocol', 'pathname') && state === 'hash') result.search ??= '';
    }
    this.state = state;
    this.index += skip;
    this.start = this.index;
    this.step = 0;
  }

  rewind(state) {
    this.index = this.start;
    this.step = 0;
    this.state = state;
  }

  parse() {
    while (this.index < this.tokens.length) {
      this.step = 1;
      const { type } = this.token(this.index);
      if (type === 'end') {
        if (!this.atEnd()) break;
      } else if (type === 'open') {
        this.groupDepth++;
      } else if (this.groupDepth > 0) {
        if (type === 'close') this.groupDepth--;
      } else {
        this[this.state]();
      }
      this.index += this.step;
    }
    if (this.result.hostname !== undefined) this.result.port ??= '';
    return this.result;
  }

  // False when all is read.
  atEnd() {
    if (this.state === 'init') {
      this.rewind('init');
      if (this.isHash()) this.change('hash', 1);
      else if (this.isSearch()) this.change('search', 1);
      else this.change('pathname', 0);
      return true;
    }
    if (this.state === 'authority') {
      this.rewind('hostname');
      return true;
    }
    this.change('done', 0);
    return false;
  }

  init() {
    if (this.isChar(this.index, ':')) this.rewind('protocol');
  }

  protocol() {
    if (!this.isChar(this.index, ':')) return;
    const scheme = new Component(this.componentText(), canonical.protocol, { delimiter: '', prefix: '' });
    this.special = Object.keys(canonical.SPECIAL_PORTS).some((name) => scheme.match(name) !== null);
    if (this.isChar(this.index + 1, '/') && this.isChar(this.index + 2, '/')) this.change('authority', 3);
    else this.change(this.special ? 'authority' : 'pathname', 1);
  }

  authority() {
    if (this.isChar(this.index, '@')) this.rewind('username');
    else if (this.isPath() || this.isSearch() || this.isHash()) this.rewind('hostname');
  }

  username() {
    if (this.isChar(this.index, ':')) this.change('password', 1);
    else if (this.isChar(this.index, '@')) this.change('hostname', 1);
  }

  password() {
    if (this.isChar(this.index, '@')) this.change('hostname', 1);
  }

  hostname() {
    if (this.isChar(this.index, '[')) this.bracketDepth++;
    else if (this.isChar(this.index, ']')) this.bracketDepth--;
    else if (this.isChar(this.index, ':') && this.bracketDepth === 0) this.change('port', 1);
    else this.port();
  }

  port() {
    if (this.isPath()) this.change('pathname', 0);
    else this.pathname();
  }

  pathname() {
    if (this.isSearch()) this.change('search', 1);
    else this.search();
  }

  search() {
    if (this.isHash()) this.change('hash', 1);
  }

  hash() {}
}

function parseConstructorString(input) {
  return new ConstructorString(input).parse();
}

module.exports = { parseConstructorString };
