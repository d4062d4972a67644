// SPDX-License-Identifier: MIT
//
// IP addresses as text: isIP and its kin, parsing to numbers, net.SocketAddress.

'use strict';

const { codes } = require('internal/errors');
const { validateObject, validatePort, validateString, validateUint32 } = require('internal/validators');
const { kPack } = require('web/structured_clone/protocol');
const { customInspectSymbol } = require('internal/util');

// The four bytes as one number, or -1. Leading zeros are refused: they were octal once.
function parseV4(text) {
  let value = 0;
  let part = -1;
  let dots = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 46) {
      if (part < 0 || dots === 3) return -1;
      value = value * 256 + part;
      part = -1;
      digits = 0;
      dots++;
      continue;
    }
    if (c < 48 || c > 57 || part === 0 || ++digits > 3) return -1;
    part = (part < 0 ? 0 : part * 10) + c - 48;
    if (part > 255) return -1;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : -1;
}

// The groups of one side of '::' appended to out; false where they are malformed.
function parseGroups(text, out, mayEndInV4) {
  if (text === '') return true;
  const groups = text.split(':');
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i];
    if (mayEndInV4 && i === groups.length - 1 && group.includes('.')) {
      const v4 = parseV4(group);
      if (v4 < 0) return false;
      out.push(Math.floor(v4 / 65536), v4 % 65536);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return false;
      out.push(parseInt(group, 16));
    }
  }
  return true;
}

// Eight 16-bit groups, or null. A zone (%eth0) is allowed and ignored.
function parseV6(text) {
  const percent = text.indexOf('%');
  if (percent >= 0) {
    if (!/^[0-9a-zA-Z\-.:]+$/.test(text.slice(percent + 1))) return null;
    text = text.slice(0, percent);
  }
  const gap = text.indexOf('::');
  const head = [];
  if (gap < 0) return parseGroups(text, head, true) && head.length === 8 ? head : null;
  const tail = [];
  const after = text.slice(gap + 2);
  if (!parseGroups(text.slice(0, gap), head, false) || !parseGroups(after, tail, true)) return null;
  if (head.length + tail.length > 7) return null;
  while (head.length + tail.length < 8) head.push(0);
  return head.concat(tail);
}

function isIPv4(input) {
  return parseV4(`${input}`) >= 0;
}

function isIPv6(input) {
  const text = `${input}`;
  return text.includes(':') && parseV6(text) !== null;
}

function isIP(input) {
  if (isIPv4(input)) return 4;
  return isIPv6(input) ? 6 : 0;
}

// One BigInt of 128 bits for both families: IPv4 sits at ::ffff:0:0/96.
const V4_PREFIX = 0xffffn << 32n;
function toBigInt(text, family) {
  if (family === 'ipv4') return V4_PREFIX | BigInt(parseV4(text));
  let value = 0n;
  for (const group of parseV6(text)) value = (value << 16n) | BigInt(group);
  return value;
}

// The shortest form of RFC 5952, as the system prints it.
function formatV6(groups) {
  if (groups.slice(0, 5).every((g) => g === 0) && (groups[5] === 0xffff || (groups[5] === 0 && groups[6] !== 0))) {
    const v4 = `${groups[6] >> 8}.${groups[6] & 255}.${groups[7] >> 8}.${groups[7] & 255}`;
    return groups[5] === 0xffff ? `::ffff:${v4}` : `::${v4}`;
  }
  let best = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > bestLength) {
      best = i;
      bestLength = end - i;
    }
  }
  const hex = (list) => list.map((g) => g.toString(16)).join(':');
  if (best < 0) return hex(groups);
  return `${hex(groups.slice(0, best))}::${hex(groups.slice(best + bestLength))}`;
}

class SocketAddress {
  #address;
  #port;
  #family;
  #flowlabel;

  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    const { address = family === 'ipv6' ? '::' : '127.0.0.1', port = 0, flowlabel = 0 } = options;
    if (typeof family?.toLowerCase === 'function') family = family.toLowerCase();
    if (family !== 'ipv4' && family !== 'ipv6') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.family', options.family);
    }
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    const valid = family === 'ipv4' ? isIPv4(address) : isIPv6(address);
    if (!valid) throw new codes.ERR_INVALID_ADDRESS();
    this.#address = family === 'ipv6' ? formatV6(parseV6(address)) : address;
    this.#port = port | 0;
    this.#family = family;
    this.#flowlabel = family === 'ipv6' ? flowlabel : 0;
  }

  [kPack]() {
    return { deserializeInfo: 'net/address:openSocketAddress', data: this.toJSON() };
  }

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  // 'host:port', '[v6]:port', or without the port; undefined where it is neither.
  static parse(input) {
    validateString(input, 'input');
    try {
      const { URL } = require('web/url');
      const url = new URL(`http://${input}`);
      const host = url.hostname;
      const port = url.port === '' ? 0 : +url.port;
      if (host.startsWith('[') && host.endsWith(']')) {
        return new SocketAddress({ address: host.slice(1, -1), port, family: 'ipv6' });
      }
      return new SocketAddress({ address: host, port });
    } catch {
      return undefined;
    }
  }

  get address() { return this.#address; }
  get port() { return this.#port; }
  get family() { return this.#family; }
  get flowlabel() { return this.#flowlabel; }

  toJSON() {
    return { address: this.#address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return '[SocketAddress]';
    const { inspect } = require('util/inspect');
    return `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
for (const name of ['address', 'port', 'family', 'flowlabel', 'toJSON']) {
  Object.defineProperty(SocketAddress.prototype, name, { enumerable: true });
}

function openSocketAddress(data) {
  return new SocketAddress(data);
}

module.exports = { isIP, isIPv4, isIPv6, openSocketAddress, SocketAddress, toBigInt };
