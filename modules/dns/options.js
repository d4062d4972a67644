// SPDX-License-Identifier: MIT
//
// What the functions of dns are asked for: arguments of lookup, the default order, lists of servers.

'use strict';

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateNumber, validateOneOf, validateString } = require('internal/validators');
const { isIP } = require('net/address');
const native = binding('dns');

const orders = ['ipv4first', 'ipv6first', 'verbatim'];
const orderNumbers = { __proto__: null, verbatim: 0, ipv4first: 1, ipv6first: 2 };
const HINTS = native.ADDRCONFIG | native.ALL | native.V4MAPPED;

let defaultOrder;

function getDefaultResultOrder() {
  if (defaultOrder === undefined) {
    const { getOptionValue } = require('internal/options');
    let given;
    try {
      given = getOptionValue('--dns-result-order');
    } catch {
      given = undefined;
    }
    defaultOrder = orders.includes(given) ? given : 'verbatim';
  }
  return defaultOrder;
}

function setDefaultResultOrder(value) {
  validateOneOf(value, 'dnsOrder', orders);
  defaultOrder = value;
}

function familyOf(value, name) {
  if (value === 'IPv4') return 4;
  if (value === 'IPv6') return 6;
  validateOneOf(value, name, [0, 4, 6]);
  return value;
}

// { family, hints, all, order }
function lookupSettings(options) {
  const settings = { family: 0, hints: 0, all: false, order: getDefaultResultOrder() };
  if (typeof options === 'number') {
    settings.family = familyOf(options, 'family');
    return settings;
  }
  if (options === undefined || options === null) return settings;
  if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  if (options.hints !== undefined && options.hints !== null) {
    validateNumber(options.hints, 'options.hints');
    settings.hints = options.hints >>> 0;
    if ((settings.hints & ~HINTS) !== 0) throw new codes.ERR_INVALID_ARG_VALUE('hints', settings.hints);
  }
  if (options.family !== undefined && options.family !== null) settings.family = familyOf(options.family, 'options.family');
  if (options.all !== undefined && options.all !== null) {
    validateBoolean(options.all, 'options.all');
    settings.all = options.all;
  }
  if (options.verbatim !== undefined && options.verbatim !== null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    settings.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options.order !== undefined && options.order !== null) {
    validateOneOf(options.order, 'options.order', orders);
    settings.order = options.order;
  }
  return settings;
}

function recordLookup(started, hostname, { family, hints, order }, addresses) {
  if (started === undefined) return;
  require('runtime/io/timing').finish(started, 'dns', 'lookup', { hostname, family, hints, verbatim: order === 'verbatim', order, addresses });
}

function checkHostname(hostname) {
  if (hostname) {
    validateString(hostname, 'hostname');
    return;
  }
  throw new codes.ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string');
}

function toAscii(hostname) {
  for (let i = 0; i < hostname.length; i++) {
    if (hostname.charCodeAt(i) > 127) return require('web/url').domainToASCII(hostname);
  }
  return hostname;
}

// ['1.1.1.1', '[::1]:53'] -> 'address:port,...' in the form that c-ares reads.
function serverList(servers) {
  validateArray(servers, 'servers');
  const list = [];
  servers.forEach((server, i) => list.push(serverText(server, i))); // holes are skipped
  return list.join(',');
}

function serverText(server, i) {
  validateString(server, `servers[${i}]`);
  if (isIP(server) === 4) return `${server}:53`;
  if (isIP(server) === 6) return `[${server}]:53`;
  const v6 = /^\[([^[\]]*)\](?::(\d+))?$/.exec(server);
  if (v6 && isIP(v6[1]) === 6) return `[${v6[1]}]:${port(v6[2])}`;
  const v4 = /^([^:]+):(\d+)$/.exec(server);
  if (v4 && isIP(v4[1]) === 4) return `${v4[1]}:${port(v4[2])}`;
  throw new codes.ERR_INVALID_IP_ADDRESS(server);
}

function port(text) {
  if (text === undefined) return 53;
  const { validatePort } = require('internal/validators');
  return validatePort(text);
}

module.exports = { checkHostname, recordLookup, getDefaultResultOrder, lookupSettings, orderNumbers, serverList, setDefaultResultOrder, toAscii };
