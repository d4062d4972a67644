// SPDX-License-Identifier: MIT
//
// The URLPattern class: eight compiled components, one for each part of a URL. State: the components of each
// pattern, beside the object so that nothing shows on it.
'use strict';

const { codes } = require('internal/errors');
const canonical = require('web/urlpattern/canonical');
const { Component } = require('web/urlpattern/component');
const { COMPONENTS, bareParts, processInit } = require('web/urlpattern/init');

const patterns = new WeakMap();

function fail(code, message) {
  const error = new TypeError(message);
  error.code = code;
  throw error;
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// ---- Compilation ----

function matchesSpecial(protocol) {
  return Object.keys(canonical.SPECIAL_PORTS).some((scheme) => protocol.match(scheme) !== null);
}

function hostnameEncoder(pattern, special) {
  if (/^(?:\[|\{\[|\\\[)/.test(pattern)) return canonical.ipv6Hostname;
  return special ? canonical.hostname : canonical.opaqueHostname;
}

function compile(init, ignoreCase) {
  const texts = processInit(init, true, undefined);
  for (const name of COMPONENTS) texts[name] ??= '*';
  if (canonical.isSpecial(texts.protocol) && texts.port === canonical.SPECIAL_PORTS[texts.protocol]) texts.port = '';
  const plain = { delimiter: '', prefix: '', ignoreCase: false };
  const folded = { delimiter: '', prefix: '', ignoreCase };
  const parts = {};
  for (const name of ['protocol', 'username', 'password', 'port']) {
    parts[name] = new Component(texts[name], (value) => canonical[name](value), plain);
  }
  const special = matchesSpecial(parts.protocol);
  parts.hostname = new Component(texts.hostname, hostnameEncoder(texts.hostname, special),
                                 { delimiter: '.', prefix: '', ignoreCase: false });
  parts.pathname = special ?
    new Component(texts.pathname, canonical.pathname, { delimiter: '/', prefix: '/', ignoreCase }) :
    new Component(texts.pathname, canonical.opaquePathname, folded);
  parts.search = new Component(texts.search, canonical.search, folded);
  parts.hash = new Component(texts.hash, canonical.hash, folded);
  return parts;
}

// The known members of an init object, as strings.
function readInit(object) {
  const init = {};
  for (const name of ['baseURL', ...COMPONENTS]) {
    const value = object[name];
    if (value !== undefined) init[name] = `${value}`;
  }
  return init;
}

function initFrom(input, baseURL) {
  if (typeof input !== 'string') {
    if (baseURL !== undefined) throw new TypeError('A base URL needs a string pattern');
    return readInit(input);
  }
  const init = require('web/urlpattern/constructor_string').parseConstructorString(input);
  if (baseURL === undefined && init.protocol === undefined) throw new TypeError('A relative pattern needs a base URL');
  if (baseURL !== undefined) init.baseURL = baseURL;
  return init;
}

function construct(input, baseURL, ignoreCase) {
  let init = input;
  if (typeof input !== 'string') init = readInit(input); // its getters' errors are the caller's own
  try {
    return compile(initFrom(init, baseURL), ignoreCase);
  } catch {
    return fail('ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
  }
}

function URLPattern(input = {}, baseURL = undefined, options = undefined) {
  if (new.target === undefined) {
    fail('ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  }
  if (typeof input !== 'string' && !isObject(input)) {
    fail('ERR_INVALID_ARG_TYPE', 'Input must be an object or a string');
  }
  if (isObject(baseURL) && options === undefined) {
    options = baseURL;
    baseURL = undefined;
  } else if (baseURL !== undefined && typeof baseURL !== 'string') {
    fail('ERR_INVALID_ARG_TYPE', 'second argument must be a string or object');
  }
  if (options !== undefined && !isObject(options)) fail('ERR_INVALID_ARG_TYPE', 'options must be an object');
  const ignoreCase = options?.ignoreCase;
  if (ignoreCase !== undefined && typeof ignoreCase !== 'boolean') {
    fail('ERR_INVALID_ARG_TYPE', 'options.ignoreCase must be a boolean');
  }
  patterns.set(this, construct(input, baseURL, ignoreCase === true));
}

// ---- Matching ----

function partsOf(self) {
  const parts = patterns.get(self);
  if (parts === undefined) throw new TypeError('Illegal invocation');
  return parts;
}

// The components of what is to be matched; null where it is no URL.
function subject(input, baseURL) {
  try {
    if (typeof input !== 'string') return processInit(readInit(input), false, '');
    const { URL } = require('web/url');
    return bareParts(new URL(input, baseURL));
  } catch {
    return null;
  }
}

function checkSubject(input, baseURL) {
  if (typeof input !== 'string' && !isObject(input)) {
    fail('ERR_INVALID_ARG_TYPE', 'URLPattern input needs to be a string or an object');
  }
  if (baseURL === undefined) return;
  if (typeof baseURL !== 'string') fail('ERR_INVALID_ARG_TYPE', 'baseURL must be a string');
  if (typeof input !== 'string') throw new codes.ERR_OPERATION_FAILED('Failed to exec URLPattern');
}

const methods = {
  exec(input = {}, baseURL = undefined) {
    const parts = partsOf(this);
    checkSubject(input, baseURL);
    const texts = subject(input, baseURL);
    if (texts === null) return null;
    const result = { __proto__: null, inputs: baseURL === undefined ? [input] : [input, baseURL] };
    for (const name of COMPONENTS) {
      const match = parts[name].match(texts[name]);
      if (match === null) return null;
      result[name] = match;
    }
    return result;
  },

  test(input = {}, baseURL = undefined) {
    const parts = partsOf(this);
    checkSubject(input, baseURL);
    const texts = subject(input, baseURL);
    return texts !== null && COMPONENTS.every((name) => parts[name].regexp.test(texts[name]));
  },
};

for (const name of COMPONENTS) {
  Object.defineProperty(URLPattern.prototype, name, {
    configurable: true,
    enumerable: true,
    get() { return partsOf(this)[name].pattern; },
  });
}
Object.defineProperty(URLPattern.prototype, 'hasRegExpGroups', {
  configurable: true,
  enumerable: true,
  get() {
    const parts = partsOf(this);
    return COMPONENTS.some((name) => parts[name].hasRegExp);
  },
});
for (const name of ['exec', 'test']) {
  Object.defineProperty(URLPattern.prototype, name, {
    value: methods[name], configurable: true, enumerable: true, writable: true });
}
Object.defineProperty(URLPattern.prototype, Symbol.toStringTag, { value: 'URLPattern', configurable: true });

module.exports = { URLPattern };
