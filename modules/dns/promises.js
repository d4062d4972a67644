// SPDX-License-Identifier: MIT
//
// The module dns/promises.

'use strict';

const { codes, dnsException } = require('internal/errors');
const { validatePort, validateString } = require('internal/validators');
const { isIP } = require('net/address');
const options_ = require('dns/options');
const { ResolverBase, methodFor, methods, promiseMethod, startReverse } = require('dns/resolver');
const timing = require('runtime/io/timing');
const native = binding('dns');

function lookup(hostname, options) {
  if (hostname) validateString(hostname, 'hostname');
  const settings = options_.lookupSettings(options);
  try {
    options_.checkHostname(hostname);
  } catch (error) {
    return Promise.reject(error);
  }
  const known = isIP(hostname);
  const shape = (list) => {
    const found = list.map((address) => ({ address, family: isIP(address) }));
    return settings.all ? found : found[0];
  };
  if (known) return Promise.resolve(shape([hostname]));
  return new Promise((resolve, reject) => {
    const started = timing.begin('dns');
    const done = (code, list) => {
      if (code) {
        reject(dnsException(code, 'getaddrinfo', hostname));
        return;
      }
      options_.recordLookup(started, hostname, settings, list);
      resolve(shape(list));
    };
    const status = native.lookup(options_.toAscii(hostname), settings.family, settings.hints, options_.orderNumbers[settings.order], done);
    if (status) done(status);
  });
}

function lookupService(address, port) {
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  return new Promise((resolve, reject) => {
    const started = timing.begin('dns');
    const done = (code, hostname, service) => {
      if (code) {
        reject(dnsException(code, 'getnameinfo', address));
        return;
      }
      timing.finish(started, 'dns', 'lookupService', { host: address, port: +port, hostname, service });
      resolve({ hostname, service });
    };
    const status = native.lookupService(address, +port, done);
    if (status) done(status);
  });
}

class Resolver extends ResolverBase {
  resolve(hostname, rrtype) {
    if (rrtype === undefined) rrtype = 'A';
    else validateString(rrtype, 'rrtype');
    const method = methodFor(rrtype);
    if (method === undefined) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    return this[method](hostname);
  }

  reverse(address) {
    validateString(address, 'name');
    return new Promise((resolve, reject) => {
      startReverse(this, address, (error, names) => (error ? reject(error) : resolve(names)));
    });
  }
}
for (const name of Object.keys(methods)) {
  Object.defineProperty(Resolver.prototype, name, {
    configurable: true, enumerable: true, writable: true, value: promiseMethod(methods[name]),
  });
}

let defaultResolver;
function getDefaultResolver() {
  if (defaultResolver === undefined) defaultResolver = new Resolver();
  return defaultResolver;
}

function useServers(servers) {
  const resolver = new Resolver();
  resolver.setServers(servers);
  defaultResolver = resolver;
}

function onDefault(name) {
  return { [name](...args) { return getDefaultResolver()[name](...args); } }[name];
}

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder: options_.getDefaultResultOrder,
  setDefaultResultOrder: options_.setDefaultResultOrder,
  setServers(servers) { require('dns').setServers(servers); },
};
const errorCodes = ['NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP',
                    'CONNREFUSED', 'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS',
                    'NOTINITIALIZED', 'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED'];
for (const code of errorCodes) module.exports[code] = code === 'EOF' ? 'EOF' : `E${code}`;
module.exports.getServers = onDefault('getServers');
module.exports.resolve = onDefault('resolve');
for (const name of Object.keys(methods).sort()) module.exports[name] = onDefault(name);
module.exports.reverse = onDefault('reverse');
Object.defineProperty(module.exports, '_useServers', { value: useServers, enumerable: false });
