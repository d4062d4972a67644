// SPDX-License-Identifier: MIT
//
// url.format(): text of the older API's objects, and of URL objects with parts left out. No state.
'use strict';

const { codes } = require('internal/errors');

// Credentials: everything escaped but the ':' between name and password.
function encodeAuth(auth) {
  try {
    return encodeURIComponent(auth).replaceAll('%3A', ':');
  } catch {
    throw new codes.ERR_INVALID_URI();
  }
}

function hostOf(parts) {
  const auth = parts.auth ? encodeAuth(parts.auth) + '@' : '';
  if (parts.host) return auth + parts.host;
  const { hostname } = parts;
  if (!hostname) return '';
  const bracket = hostname.includes(':') && !(hostname.startsWith('[') && hostname.endsWith(']'));
  return auth + (bracket ? `[${hostname}]` : hostname) + (parts.port ? ':' + parts.port : '');
}

function searchOf(parts) {
  let search = parts.search || '';
  if (search === '' && parts.query !== null && typeof parts.query === 'object') {
    search = require('querystring').stringify(parts.query);
  }
  if (search !== '' && search[0] !== '?') search = '?' + search;
  return search.replaceAll('#', '%23');
}

function formatParts(parts) {
  const { SLASHED } = require('url/legacy');
  let protocol = parts.protocol ? `${parts.protocol}` : '';
  if (protocol !== '' && !protocol.endsWith(':')) protocol += ':';
  let pathname = (parts.pathname || '').replaceAll('#', '%23').replaceAll('?', '%3F');
  let host = hostOf(parts);
  if (parts.slashes || SLASHED.has(protocol)) {
    if (parts.slashes || host !== '') {
      if (pathname !== '' && pathname[0] !== '/') pathname = '/' + pathname;
      host = '//' + host;
    } else if (protocol === 'file:') {
      host = '//';
    }
  }
  let hash = parts.hash || '';
  if (hash !== '' && hash[0] !== '#') hash = '#' + hash;
  return protocol + host + pathname + searchOf(parts) + hash;
}

function formatURL(url, options) {
  const choose = { fragment: true, unicode: false, search: true, auth: true };
  if (options) {
    require('internal/validators').validateObject(options, 'options');
    for (const name of Object.keys(choose)) {
      if (options[name] !== undefined && options[name] !== null) choose[name] = Boolean(options[name]);
    }
  }
  let text = url.protocol;
  if (url.host !== '' || url.href.startsWith('//', text.length)) {
    text += '//';
    if (choose.auth && (url.username !== '' || url.password !== '')) {
      text += url.username + (url.password !== '' ? ':' + url.password : '') + '@';
    }
    text += choose.unicode ? require('web/url').domainToUnicode(url.hostname) : url.hostname;
    if (url.port !== '') text += ':' + url.port;
  }
  text += url.pathname;
  if (choose.search) text += url.search;
  if (choose.fragment) text += url.hash;
  return text;
}

function format(urlObject, options) {
  const legacy = require('url/legacy');
  if (typeof urlObject === 'string') {
    urlObject = legacy.parse(urlObject);
  } else if (typeof urlObject !== 'object' || urlObject === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  } else if (!(urlObject instanceof legacy.Url) && urlObject instanceof require('web/url').URL) {
    return formatURL(urlObject, options);
  }
  return formatParts(urlObject);
}

module.exports = { format, formatParts };
