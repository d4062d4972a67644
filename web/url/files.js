// SPDX-License-Identifier: MIT
//
// File URLs and paths, and URLs as options of http.request(). Idea: the path keeps every character that a URL's
// path may hold as it is; the few that would change its meaning are escaped first. No state.
'use strict';

const { codes } = require('internal/errors');

function web() {
  return require('web/url');
}

// ---- From URLs ----

function requireFileURL(value) {
  const { URL, isURL } = web();
  if (typeof value === 'string') value = new URL(value);
  else if (!isURL(value)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], value);
  if (value.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  return value;
}

function posixPathname(url) {
  if (url.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  return url.pathname;
}

function fromWindows(url, decode) {
  const { pathname } = url;
  if (/%2f|%5c/i.test(pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters', url);
  }
  const path = decode(pathname.replaceAll('/', '\\'));
  if (url.hostname !== '') return `\\\\${web().domainToUnicode(url.hostname)}${path}`;
  if (!/^\\[A-Za-z]:/.test(path)) throw new codes.ERR_INVALID_FILE_URL_PATH('must be absolute', url);
  return path.slice(1);
}

function fileURLToPath(path, options = undefined) {
  const url = requireFileURL(path);
  if (options?.windows) return fromWindows(url, decodeURIComponent);
  const pathname = posixPathname(url);
  if (!pathname.includes('%')) return pathname;
  if (/%2f/i.test(pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters', url);
  }
  return decodeURIComponent(pathname);
}

// The bytes of a path, whatever they are: for names that are not UTF-8.
function decodeBytes(text) {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
}

function fileURLToPathBuffer(path, options = undefined) {
  const url = requireFileURL(path);
  const { Buffer } = require('buffer');
  // A pathname is ASCII, so its decoded characters are bytes.
  if (options?.windows) return Buffer.from(fromWindows(url, decodeBytes), 'latin1');
  return Buffer.from(decodeBytes(posixPathname(url)), 'latin1');
}

function toPathIfFileURL(value) {
  return web().isURL(value) ? fileURLToPath(value) : value;
}

// ---- To URLs ----

// What the URL parser would change or give a meaning in a path.
const ESCAPES = {
  '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '#': '%23', '?': '%3F', '[': '%5B', ']': '%5D',
  '^': '%5E', '|': '%7C', '~': '%7E',
};

function escapePath(path, windows) {
  return path.replace(windows ? /[%\n\r\t#?[\]^|~]/g : /[%\\\n\r\t#?[\]^|~]/g, (c) => ESCAPES[c]);
}

function uncToURL(path) {
  const { URL, domainToASCII } = web();
  const hostEnd = path.indexOf('\\', 2);
  if (hostEnd === -1) throw new codes.ERR_INVALID_ARG_VALUE('path', path, 'Missing UNC resource path');
  if (hostEnd === 2) throw new codes.ERR_INVALID_ARG_VALUE('path', path, 'Empty UNC servername');
  const rest = escapePath(path.slice(hostEnd), true).replaceAll('\\', '/');
  return new URL(`file://${domainToASCII(path.slice(2, hostEnd))}${rest}`);
}

function pathToFileURL(path, options = undefined) {
  require('internal/validators').validateString(path, 'path');
  const { URL } = web();
  const windows = options?.windows === true;
  if (windows && path.startsWith('\\\\')) {
    const unprefixed = path.startsWith('\\\\?\\UNC\\') ? '\\\\' + path.slice(8) :
      path.startsWith('\\\\?\\') ? path.slice(4) : path;
    if (unprefixed.startsWith('\\\\')) return uncToURL(unprefixed);
    path = unprefixed;
  }
  const flavour = windows ? require('path/win32') : require('path/posix');
  let resolved = flavour.resolve(path);
  // resolve() drops a trailing separator, which a URL's path keeps.
  const last = path.charCodeAt(path.length - 1);
  if ((last === 47 || (windows && last === 92)) && !resolved.endsWith(flavour.sep)) resolved += '/';
  resolved = escapePath(resolved, windows);
  if (windows) resolved = '/' + resolved.replaceAll('\\', '/');
  return new URL(`file://${resolved}`);
}

// ---- http ----

function urlToHttpOptions(url) {
  require('internal/validators').validateObject(url, 'url', { allowArray: true, allowFunction: true });
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

module.exports = {
  fileURLToPath,
  fileURLToPathBuffer,
  pathToFileURL,
  urlToHttpOptions,
  toPathIfFileURL,
  unsafeToPathIfFileURL: toPathIfFileURL,
};
