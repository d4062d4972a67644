// SPDX-License-Identifier: MIT
//
// The parts of a URL in the form in which the URL class has them. Idea: let a URL do it: assign the part to a
// dummy and read it back. Each throws a TypeError for what no URL could hold. No state.
'use strict';

const DUMMY = 'https://dummy.invalid/';
const SPECIAL_PORTS = { 'http': '80', 'https': '443', 'ws': '80', 'wss': '443', 'ftp': '21', 'file': '' };

function dummy(text = DUMMY) {
  const { URL } = require('web/url');
  return new URL(text);
}

function reject() {
  throw new TypeError('Invalid URL component');
}

function isSpecial(scheme) {
  return Object.hasOwn(SPECIAL_PORTS, scheme);
}

function protocol(value) {
  return value === '' ? '' : dummy(`${value}://dummy.invalid/`).protocol.slice(0, -1);
}

function username(value) {
  const url = dummy();
  url.username = value;
  return url.username;
}

function password(value) {
  const url = dummy();
  url.password = value;
  return url.password;
}

function hostnameOn(url, value) {
  if (value === '') return '';
  const before = url.hostname;
  url.hostname = value;
  if (url.hostname === before && value !== before) reject();
  return url.hostname;
}

function hostname(value) {
  return hostnameOn(dummy(), value);
}

function opaqueHostname(value) {
  return hostnameOn(dummy('x://dummy.invalid/'), value);
}

function ipv6Hostname(value) {
  return /^[\da-f:[\]]*$/i.test(value) ? value.toLowerCase() : reject();
}

function port(value, scheme = '') {
  if (value === '') return '';
  const digits = /^\d+/.exec(value.replace(/[\t\n\r]/g, ''))?.[0];
  if (digits === undefined || +digits > 65535) reject();
  return SPECIAL_PORTS[scheme] === `${+digits}` ? '' : `${+digits}`;
}

function pathname(value) {
  if (value === '') return '';
  const url = dummy();
  // A path that does not start at the root is kept from being put there.
  const rooted = value[0] === '/';
  url.pathname = rooted ? value : `/-${value}`;
  return rooted ? url.pathname : url.pathname.slice(2);
}

function opaquePathname(value) {
  return value === '' ? '' : dummy(`data:${value}`).pathname;
}

function search(value) {
  const url = dummy();
  url.search = value === '' ? '' : `?${value}`;
  return url.search.slice(1);
}

function hash(value) {
  const url = dummy();
  url.hash = value === '' ? '' : `#${value}`;
  return url.hash.slice(1);
}

module.exports = {
  SPECIAL_PORTS, isSpecial, protocol, username, password, hostname, opaqueHostname, ipv6Hostname, port, pathname,
  opaquePathname, search, hash,
};
