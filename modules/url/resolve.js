// SPDX-License-Identifier: MIT
//
// url.resolve(): a reference against a base, both parsed by the older API. Idea: RFC 3986, section 5.2, on lists of
// path segments, with the older API's habits: a scheme equal to the base's counts as none, and a relative base
// stays relative. No state.
'use strict';

const { SLASHED, HOSTLESS } = require('url/legacy');

const PARTS = ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname',
  'path', 'href'];

function copyParts(target, source, except) {
  for (const name of PARTS) if (name !== except) target[name] = source[name];
}

function finish(url) {
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname || '') + (url.search || '');
  url.href = url.format();
  return url;
}

// Another scheme that needs a host: 'https:/a/b' is read as 'https://a/b'.
function withOtherScheme(result, reference) {
  result.protocol = reference.protocol;
  result.host = reference.host || '';
  result.hostname = reference.hostname || reference.host || '';
  result.pathname = reference.pathname;
  if (!reference.host && reference.protocol !== 'file:' && reference.protocol !== HOSTLESS) {
    const segments = (reference.pathname || '').split('/');
    while (segments.length > 0 && result.host === '') result.host = segments.shift();
    result.hostname = result.host;
    if (segments[0] !== '') segments.unshift('');
    if (segments.length < 2) segments.unshift('');
    result.pathname = segments.join('/');
  }
  result.auth = reference.auth;
  result.port = reference.port;
  result.search = reference.search;
  result.query = reference.query;
  result.slashes = result.slashes || reference.slashes;
  return finish(result);
}

// Removes '.' and '..' from segments; keeps leading '..' unless the result must be absolute.
function withoutDots(segments, keepAbove) {
  const kept = [];
  for (const segment of segments) {
    if (segment === '.') continue;
    if (segment === '..') {
      if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
      else if (keepAbove) kept.push('..');
    } else {
      kept.push(segment);
    }
  }
  return kept;
}

// Segments as text. A last '.' or '..' leaves a trailing slash, except where it is all there is.
function mergedPath(segments, absolute, keepAbove, hasHost) {
  const last = segments[segments.length - 1];
  const directory = last === '' || ((last === '.' || last === '..') && (hasHost || segments.length > 1));
  const kept = withoutDots(segments, keepAbove);
  if (absolute && kept[0] !== '') kept.unshift('');
  if (directory && !kept.join('/').endsWith('/')) kept.push('');
  return kept.join('/');
}

function resolve(base, reference) {
  const result = new base.constructor();
  copyParts(result, base);
  result.hash = reference.hash;
  if (reference.href === '') {
    result.href = result.format();
    return result;
  }
  if (reference.slashes && !reference.protocol) {
    copyParts(result, reference, 'protocol');
    if (SLASHED.has(result.protocol) && result.hostname && !result.pathname) result.pathname = '/';
    return finish(result);
  }
  if (reference.protocol && reference.protocol !== result.protocol) {
    if (SLASHED.has(reference.protocol)) return withOtherScheme(result, reference);
    copyParts(result, reference);
    result.href = result.format();
    return result;
  }
  return withPath(result, reference);
}

function split(path) {
  return path === '' ? [] : path.split('/');
}

// 'foo:a/b' and the like: what the parser took for a host is the path's first name.
function withBarePath(result, reference) {
  let segments = [];
  if (result.host) segments.push(result.host);
  segments = segments.concat(split(result.pathname || '').slice(segments.length));
  let path = reference.pathname || '';
  if (reference.host) path = reference.host + path;
  segments = path.startsWith('/') || reference.host ? split(path) : segments.slice(0, -1).concat(split(path));
  const merged = mergedPath(segments, path.startsWith('/'), false, false);
  const slash = merged.indexOf('/');
  const authority = slash < 0 ? merged : merged.slice(0, slash);
  const at = authority.indexOf('@');
  if (at > 0) result.auth = authority.slice(0, at);
  else if (reference.host) result.auth = reference.auth;
  result.host = result.hostname = authority.slice(at > 0 ? at + 1 : 0);
  result.port = null;
  result.pathname = slash < 0 ? null : merged.slice(slash);
  result.path = null;
  result.search = reference.search;
  result.query = reference.query;
  return finish(result);
}

function takeAuthority(result, reference) {
  if (reference.host || reference.host === '') {
    if (result.host !== reference.host) result.auth = null;
    result.host = reference.host;
    result.port = reference.port;
  }
  if (reference.hostname || reference.hostname === '') {
    if (result.hostname !== reference.hostname) result.auth = null;
    result.hostname = reference.hostname;
  }
}

function withPath(result, reference) {
  const path = reference.pathname || '';
  const bare = result.protocol && result.protocol !== HOSTLESS && !SLASHED.has(result.protocol) && !result.slashes;
  if (bare && (path !== '' || reference.host)) return withBarePath(result, reference);

  const basePath = result.pathname || '';
  const referenceAbsolute = Boolean(reference.host) || path.startsWith('/');
  const absolute = referenceAbsolute || basePath.startsWith('/') || Boolean(result.host && path);
  let segments = split(basePath);
  if (referenceAbsolute) {
    takeAuthority(result, reference);
    segments = split(path);
  } else if (path !== '') {
    segments = segments.slice(0, -1).concat(split(path));
  } else if (reference.search !== null && reference.search !== undefined) {
    result.search = reference.search;
    result.query = reference.query;
    return finish(result);
  } else if (bare) {
    return finish(result);
  }
  if (path !== '' || referenceAbsolute) {
    result.search = reference.search;
    result.query = reference.query;
  }
  if (reference.auth) result.auth = reference.auth;
  result.slashes = result.slashes || reference.slashes;
  if (segments.length === 0) {
    result.pathname = null;
    result.path = result.search ? '/' + result.search : null;
    result.href = result.format();
    return result;
  }
  result.pathname = mergedPath(segments, absolute, !absolute, Boolean(result.host || reference.host));
  return finish(result);
}

module.exports = { resolve };
