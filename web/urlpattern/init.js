// SPDX-License-Identifier: MIT
//
// From an init object, or a URL's parts, to one string for each component: base URLs are inherited from, and the
// strings of a URL (as opposed to a pattern) are canonicalised. No state.
'use strict';

const canonical = require('web/urlpattern/canonical');
const { escapePattern } = require('web/urlpattern/component');

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

// What a component inherits only if none of these is given.
const BEFORE = {
  protocol: ['protocol'],
  username: ['protocol', 'hostname', 'port', 'username'],
  password: ['protocol', 'hostname', 'port', 'username', 'password'],
  hostname: ['protocol', 'hostname'],
  port: ['protocol', 'hostname', 'port'],
  pathname: ['protocol', 'hostname', 'port', 'pathname'],
  search: ['protocol', 'hostname', 'port', 'pathname', 'search'],
  hash: ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash'],
};

function bareParts(url) {
  return {
    protocol: url.protocol.slice(0, -1),
    username: url.username,
    password: url.password,
    hostname: url.hostname,
    port: url.port,
    pathname: url.pathname,
    search: url.search.slice(1),
    hash: url.hash.slice(1),
  };
}

function isAbsolutePath(path, isPattern) {
  if (path[0] === '/') return true;
  return isPattern && (path.startsWith('\\/') || path.startsWith('{/'));
}

function inherit(result, init, base, isPattern) {
  for (const name of COMPONENTS) {
    if (isPattern && (name === 'username' || name === 'password')) continue;
    if (BEFORE[name].some((earlier) => init[earlier] !== undefined)) continue;
    result[name] = isPattern ? escapePattern(base[name]) : base[name];
  }
}

// A relative path joins the directory of the base's.
function joinPath(path, baseUrl, isPattern) {
  if (baseUrl === null || isAbsolutePath(path, isPattern) || !baseUrl.pathname.startsWith('/')) return path;
  const basePath = isPattern ? escapePattern(baseUrl.pathname) : baseUrl.pathname;
  return basePath.slice(0, basePath.lastIndexOf('/') + 1) + path;
}

function canonicalPath(path, protocol) {
  return protocol === '' || canonical.isSpecial(protocol) ? canonical.pathname(path) : canonical.opaquePathname(path);
}

function setGiven(result, init, baseUrl, isPattern) {
  const encode = (name, value, ...more) => isPattern ? value : canonical[name](value, ...more);
  if (init.protocol !== undefined) result.protocol = encode('protocol', init.protocol.replace(/:$/, ''));
  if (init.username !== undefined) result.username = encode('username', init.username);
  if (init.password !== undefined) result.password = encode('password', init.password);
  if (init.hostname !== undefined) result.hostname = encode('hostname', init.hostname);
  if (init.port !== undefined) result.port = encode('port', init.port, result.protocol);
  if (init.pathname !== undefined) {
    const path = joinPath(init.pathname, baseUrl, isPattern);
    result.pathname = isPattern ? path : canonicalPath(path, result.protocol ?? '');
  }
  if (init.search !== undefined) result.search = encode('search', init.search.replace(/^\?/, ''));
  if (init.hash !== undefined) result.hash = encode('hash', init.hash.replace(/^#/, ''));
}

// `defaults` is what every component starts as.
function processInit(init, isPattern, defaults) {
  const { URL } = require('web/url');
  const result = {};
  for (const name of COMPONENTS) result[name] = defaults;
  let baseUrl = null;
  if (init.baseURL !== undefined) {
    baseUrl = new URL(init.baseURL);
    inherit(result, init, bareParts(baseUrl), isPattern);
  }
  setGiven(result, init, baseUrl, isPattern);
  return result;
}

module.exports = { COMPONENTS, bareParts, processInit };
