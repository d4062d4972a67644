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
    result.pathname = '/' + segments.join('/');
  }
  result.auth = reference.auth;
  result.port = reference.port;
  result.search = reference.search;
  result.query = reference.query;
  result.slashes = result.slashes || reference.slashes;
  return finish(result);
}

// Removes '.' and '..' from segments; keeps leading '..' when the result may stay relative.
function withoutDots(segments, absolute) {
  const kept = [];
  for (const segment of segments) {
    if (segment === '.') continue;
    if (segment === '..') {
      if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
      else if (!absolute) kept.push('..');
    } else {
      kept.push(segment);
    }
  }
  return kept;
}

function mergedPath(segments, absolute) {
  const last = segments[segments.length - 1];
  const directory = last === '.' || last === '..' || last === '';
  if (directory && last === '') segments.pop();
  const kept = withoutDots(segments, absolute);
  let path = kept.join('/');
  if (directory && !(kept.length === 0 && absolute)) {
    if (kept.length > 0 || !absolute) path += '/';
  }
  return (absolute ? '/' : '') + path;
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

function withPath(result, reference) {
  // Without '//', what the parser took for the host of 'mailto:a@b' is the path's first name.
  const bare = result.protocol && !SLASHED.has(result.protocol) && !result.slashes;
  const ownPath = (result.pathname || '');
  const path = reference.pathname || '';
  const baseAbsolute = ownPath.startsWith('/');
  const referenceAbsolute = Boolean(reference.host) || path.startsWith('/');
  const absolute = referenceAbsolute || baseAbsolute || Boolean(result.host && path);
  let segments = split(ownPath);
  if (referenceAbsolute) {
    if (reference.host || reference.host === '') {
      if (result.host !== reference.host) result.auth = null;
      result.host = reference.host;
      result.port = reference.port;
    }
    if (reference.hostname || reference.hostname === '') {
      if (result.hostname !== reference.hostname) result.auth = null;
      result.hostname = reference.hostname;
    }
    if (reference.auth) result.auth = reference.auth;
    segments = split(path);
  } else if (path !== '') {
    segments.pop();
    segments = segments.concat(split(path));
  } else {
    if (reference.search !== null && reference.search !== undefined) {
      result.search = reference.search;
      result.query = reference.query;
    }
    if (bare || reference.search !== null) return finish(result);
  }
  if (path !== '' || referenceAbsolute) {
    result.search = reference.search;
    result.query = reference.query;
  }
  if (segments.length === 0 || (segments.length === 1 && segments[0] === '' && !absolute)) {
    result.pathname = null;
    result.path = result.search ? '/' + result.search : null;
    result.href = result.format();
    return result;
  }
  result.pathname = mergedPath(segments, absolute);
  if (reference.auth) result.auth = reference.auth;
  result.slashes = result.slashes || reference.slashes;
  return finish(result);
}

// The segments of a path, without the empty one before a leading slash.
function split(path) {
  if (path === '') return [];
  return (path[0] === '/' ? path.slice(1) : path).split('/');
}

module.exports = { resolve };
