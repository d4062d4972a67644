// SPDX-License-Identifier: MIT
//
// The module dns: the system's lookup, and queries through a default resolver that is made at first use.

'use strict';

const { codes, dnsException } = require('internal/errors');
const { customPromisifyArgs } = require('internal/util');
const { validateFunction, validatePort, validateString } = require('internal/validators');
const { isIP } = require('net/address');
const options_ = require('dns/options');
const { bindCallback } = require('runtime/io/context');
const timing = require('runtime/io/timing');
const native = binding('dns');

// ---- lookup ----

function lookup(hostname, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  if (hostname) validateString(hostname, 'hostname');
  if (typeof callback !== 'function') validateFunction(callback, 'callback');
  const settings = options_.lookupSettings(options);
  options_.checkHostname(hostname);
  const known = isIP(hostname);
  if (known) {
    if (settings.all) process.nextTick(callback, null, [{ address: hostname, family: known }]);
    else process.nextTick(callback, null, hostname, known);
    return {};
  }
  const started = timing.begin('dns');
  const status = native.lookup(options_.toAscii(hostname), settings.family, settings.hints, options_.orderNumbers[settings.order],
                               bindCallback((code, addresses) => finishLookup(started, hostname, settings, callback, code, addresses), 'GETADDRINFOREQWRAP'));
  if (status) process.nextTick(callback, dnsException(status, 'getaddrinfo', hostname));
  return {};
}

function finishLookup(started, hostname, settings, callback, code, addresses) {
  if (code) {
    callback(dnsException(code, 'getaddrinfo', hostname));
    return;
  }
  options_.recordLookup(started, hostname, settings, addresses);
  if (settings.all) {
    callback(null, addresses.map((address) => ({ address, family: isIP(address) })));
    return;
  }
  callback(null, addresses[0], isIP(addresses[0]));
}
Object.defineProperty(lookup, customPromisifyArgs, { value: ['address', 'family'], enumerable: false });

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  const started = timing.begin('dns');
  const status = native.lookupService(address, +port, bindCallback((code, hostname, service) => {
    if (code) {
      callback(dnsException(code, 'getnameinfo', address));
      return;
    }
    timing.finish(started, 'dns', 'lookupService', { host: address, port: +port, hostname, service });
    callback(null, hostname, service);
  }));
  if (status) throw dnsException(status, 'getnameinfo', address);
  return {};
}
Object.defineProperty(lookupService, customPromisifyArgs, { value: ['hostname', 'service'], enumerable: false });

// ---- Resolver ----

const { ResolverBase, callbackMethod, methodFor, methods, startReverse } = require('dns/resolver');

class Resolver extends ResolverBase {
  resolve(hostname, rrtype, callback) {
    if (typeof rrtype === 'function') {
      callback = rrtype;
      rrtype = 'A';
    } else if (typeof rrtype !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
    }
    const method = methodFor(rrtype);
    if (method === undefined) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    return this[method](hostname, callback);
  }

  reverse(address, callback) {
    validateString(address, 'name');
    validateFunction(callback, 'callback');
    startReverse(this, address, callback);
    return {};
  }
}
for (const name of Object.keys(methods)) {
  Object.defineProperty(Resolver.prototype, name, {
    configurable: true, enumerable: true, writable: true, value: callbackMethod(methods[name]),
  });
}

let defaultResolver;
function getDefaultResolver() {
  if (defaultResolver === undefined) defaultResolver = new Resolver();
  return defaultResolver;
}

function setServers(servers) {
  // Open queries keep the channel they were sent on.
  const resolver = new Resolver();
  resolver.setServers(servers);
  defaultResolver = resolver;
  const promises = require('dns/promises');
  promises._useServers(servers);
}

function onDefault(name) {
  return { [name](...args) { return getDefaultResolver()[name](...args); } }[name];
}

const errorCodes = ['NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP',
                    'CONNREFUSED', 'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS',
                    'NOTINITIALIZED', 'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED'];

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder: options_.getDefaultResultOrder,
  setDefaultResultOrder: options_.setDefaultResultOrder,
  setServers,
  ADDRCONFIG: native.ADDRCONFIG,
  ALL: native.ALL,
  V4MAPPED: native.V4MAPPED,
};
for (const code of errorCodes) module.exports[code] = code === 'EOF' ? 'EOF' : `E${code}`;
module.exports.getServers = onDefault('getServers');
module.exports.resolve = onDefault('resolve');
for (const name of Object.keys(methods).sort()) module.exports[name] = onDefault(name);
module.exports.reverse = onDefault('reverse');
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get() { return require('dns/promises'); },
});
