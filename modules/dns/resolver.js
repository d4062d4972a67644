// SPDX-License-Identifier: MIT
//
// Resolvers: one c-ares channel each, and the resolveX methods on it. Both faces, callbacks and promises, are made
// of `start`, which takes a function (error, result).

'use strict';

const { codes, dnsException } = require('internal/errors');
const { validateFunction, validateInt32, validateObject, validateString, validateUint32 } = require('internal/validators');
const { isIP } = require('net/address');
const { serverList, toAscii } = require('dns/options');
const records = require('dns/records');
const { bindCallback } = require('runtime/io/context');
const timing = require('runtime/io/timing');
const native = binding('dns');

// c-ares's statuses, by number.
const statuses = ['OK', 'ENODATA', 'EFORMERR', 'ESERVFAIL', 'ENOTFOUND', 'ENOTIMP', 'EREFUSED', 'EBADQUERY', 'EBADNAME', 'EBADFAMILY',
                  'EBADRESP', 'ECONNREFUSED', 'ETIMEOUT', 'EOF', 'EFILE', 'ENOMEM', 'EDESTRUCTION', 'EBADSTR', 'EBADFLAGS', 'ENONAME',
                  'EBADHINTS', 'ENOTINITIALIZED', 'ELOADIPHLPAPI', 'EADDRGETNETWORKPARAMS', 'ECANCELLED'];
const BADRESP = 10;
const NODATA = 1;

class Channel {
  constructor(timeout, tries) {
    this.native = native.createResolver(timeout, tries);
    if (typeof this.native === 'number') throw dnsException(statuses[this.native] ?? 'ENOTINITIALIZED', 'resolver');
  }

  getServers() {
    const flat = native.servers(this.native);
    const list = [];
    for (let i = 0; i < flat.length; i += 2) list.push([flat[i], flat[i + 1]]);
    return list;
  }

  setServers(text) { return native.setServers(this.native, text); }
  setLocalAddress(v4, v6) { native.setLocalAddress(this.native, v4, v6); }
  cancel() { native.cancel(this.native); }

  // Always answers later, also where c-ares answers at once.
  query(name, type, done) {
    let returned = false;
    const answer = (status, bytes) => {
      if (returned) done(status, bytes);
      else process.nextTick(done, status, bytes);
    };
    const status = native.query(this.native, name, type, bindCallback(answer, 'QUERYWRAP'));
    returned = true;
    if (status) process.nextTick(done, status, undefined);
  }

  reverse(address, done) {
    let returned = false;
    const answer = (status, list) => {
      if (returned) done(status, list);
      else process.nextTick(done, status, list);
    };
    const status = native.reverse(this.native, address, bindCallback(answer, 'QUERYWRAP'));
    returned = true;
    if (status) process.nextTick(done, status, undefined);
  }
}

class ResolverBase {
  constructor(options = undefined) {
    let timeout = -1;
    let tries = 4;
    if (options !== undefined) {
      validateObject(options, 'options');
      if (options.timeout !== undefined) {
        validateInt32(options.timeout, 'options.timeout', -1);
        timeout = options.timeout;
      }
      if (options.tries !== undefined) {
        validateInt32(options.tries, 'options.tries', 1);
        tries = options.tries;
      }
      if (options.maxTimeout !== undefined) validateUint32(options.maxTimeout, 'options.maxTimeout', true);
    }
    Object.defineProperty(this, '_handle', { configurable: true, writable: true, enumerable: true, value: new Channel(timeout, tries) });
  }

  cancel() {
    this._handle.cancel();
  }

  getServers() {
    return (this._handle.getServers() || []).map(([host, port]) => {
      if (!port || port === 53) return host;
      return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
    });
  }

  setServers(servers) {
    const text = serverList(servers);
    const status = this._handle.setServers(text);
    if (status === -1) throw new codes.ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', servers);
    if (status) throw new codes.ERR_DNS_SET_SERVERS_FAILED(statuses[status] ?? status, servers);
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const kind = isIP(ipv4);
    if (kind === 0 || (ipv6 !== undefined && (isIP(ipv6) === 0 || isIP(ipv6) === kind))) {
      throw new codes.ERR_INVALID_ARG_VALUE(kind === 0 ? 'ipv4' : 'ipv6', kind === 0 ? ipv4 : ipv6);
    }
    const v4 = kind === 4 ? ipv4 : ipv6 ?? '';
    const v6 = kind === 6 ? ipv4 : ipv6 ?? '';
    this._handle.setLocalAddress(v4, v6);
  }
}

const syscalls = { __proto__: null, ANY: 'queryAny', A: 'queryA', AAAA: 'queryAaaa', CAA: 'queryCaa', CNAME: 'queryCname', MX: 'queryMx',
                   NS: 'queryNs', TXT: 'queryTxt', TLSA: 'queryTlsa', SRV: 'querySrv', PTR: 'queryPtr', NAPTR: 'queryNaptr', SOA: 'querySoa' };
const methods = { __proto__: null, resolveAny: 'ANY', resolve4: 'A', resolve6: 'AAAA', resolveCaa: 'CAA', resolveCname: 'CNAME',
                  resolveMx: 'MX', resolveNs: 'NS', resolveTxt: 'TXT', resolveTlsa: 'TLSA', resolveSrv: 'SRV', resolvePtr: 'PTR',
                  resolveNaptr: 'NAPTR', resolveSoa: 'SOA' };

function select(type, bytes, ttl) {
  const list = records.parse(bytes);
  if (type === 'ANY') return list.map(records.describe);
  const wanted = list.filter((record) => record.type === type);
  if (type === 'SOA') return wanted.length > 0 ? wanted[0].value : undefined;
  if (type === 'CAA') return wanted.map((record) => ({ ...record.value, type: 'CAA' }));
  if (ttl) return wanted.map((record) => ({ address: record.value, ttl: record.ttl }));
  return wanted.map((record) => record.value);
}

// Arguments are checked by now; done(error, result).
function start(resolver, type, name, ttl, done) {
  const fail = (status) => done(dnsException(statuses[status] ?? 'EBADRESP', syscalls[type], name));
  const started = timing.begin('dns');
  resolver._handle.query(toAscii(name), records.types[type], (status, bytes) => {
    if (status) return fail(status);
    let result;
    try {
      result = select(type, bytes, ttl);
    } catch {
      return fail(BADRESP);
    }
    if (result === undefined || (result.length === 0 && type !== 'ANY')) return fail(NODATA);
    timing.finish(started, 'dns', syscalls[type], { host: name, ttl, result });
    done(null, result);
  });
}

function startReverse(resolver, address, done) {
  if (isIP(address) === 0) throw invalidReverse(address);
  resolver._handle.reverse(address, (status, names) => {
    if (status) done(dnsException(statuses[status] ?? 'EBADRESP', 'getHostByAddr', address));
    else done(null, names);
  });
}

function invalidReverse(address) {
  const { errnoException } = require('internal/errors');
  const error = errnoException(-22, 'getHostByAddr', address);
  error.hostname = address;
  return error;
}

// (name, options?, callback): installed on Resolver.prototype of dns.
function callbackMethod(type) {
  return {
    [syscalls[type]](name, options, callback) {
      if (arguments.length > 2) {
        callback = arguments[2];
      } else {
        callback = options;
        options = undefined;
      }
      validateString(name, 'name');
      validateFunction(callback, 'callback');
      start(this, type, name, Boolean(options?.ttl), callback);
      return {};
    },
  }[syscalls[type]];
}

function promiseMethod(type) {
  return {
    [syscalls[type]](name, options) {
      validateString(name, 'name');
      return new Promise((resolve, reject) => {
        start(this, type, name, Boolean(options?.ttl), (error, result) => (error ? reject(error) : resolve(result)));
      });
    },
  }[syscalls[type]];
}

function methodFor(rrtype) {
  for (const name of Object.keys(methods)) if (methods[name] === rrtype) return name;
  return undefined;
}

module.exports = { ResolverBase, callbackMethod, methodFor, methods, promiseMethod, startReverse };
