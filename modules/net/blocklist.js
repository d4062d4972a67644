// SPDX-License-Identifier: MIT
//
// net.BlockList: rules over addresses kept as 128-bit numbers, so that IPv4 and IPv4-mapped IPv6 compare alike.

'use strict';

const { codes } = require('internal/errors');
const { validateInt32, validateString } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { kPack } = require('web/structured_clone/protocol');
const { SocketAddress, toBigInt } = require('net/address');

function toSocketAddress(address, family, name) {
  if (SocketAddress.isSocketAddress(address)) return address;
  validateString(address, name);
  validateString(family, 'family');
  return new SocketAddress({ address, family });
}

function numberOf(socketAddress) {
  return toBigInt(socketAddress.address, socketAddress.family);
}

const titles = { ipv4: 'IPv4', ipv6: 'IPv6' };

class BlockList {
  #rules = []; // newest first: { from, to, text }

  // A clone in the same thread looks at the same rules, one in another has its own.
  [kPack]() {
    const rules = this.#rules;
    const token = require('web/structured_clone/local').tokenOf(rules);
    return { deserializeInfo: 'net/blocklist:openBlockList', data: { token, rules: rules.map((rule) => ({ ...rule })) } };
  }

  static open({ token, rules }) {
    const list = new BlockList();
    list.#rules = require('web/structured_clone/local').find(token) ?? rules;
    return list;
  }

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #rules in value;
  }

  addAddress(address, family = 'ipv4') {
    const parsed = toSocketAddress(address, family, 'address');
    const value = numberOf(parsed);
    this.#rules.unshift({ from: value, to: value, text: `Address: ${titles[parsed.family]} ${parsed.address}` });
  }

  addRange(start, end, family = 'ipv4') {
    const first = toSocketAddress(start, family, 'start');
    const last = toSocketAddress(end, family, 'end');
    const from = numberOf(first);
    const to = numberOf(last);
    if (from > to) throw new codes.ERR_INVALID_ARG_VALUE('start', start, 'must come before end');
    this.#rules.unshift({ from, to, text: `Range: ${titles[first.family]} ${first.address}-${last.address}` });
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const parsed = toSocketAddress(network, family, 'network');
    const bits = parsed.family === 'ipv4' ? 32 : 128;
    validateInt32(prefix, 'prefix', 0, bits);
    const host = (1n << BigInt(bits - prefix)) - 1n;
    const from = numberOf(parsed) & ~host;
    this.#rules.unshift({ from, to: from | host, text: `Subnet: ${titles[parsed.family]} ${parsed.address}/${prefix}` });
  }

  check(address, family = 'ipv4') {
    let parsed = address;
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        parsed = new SocketAddress({ address, family });
      } catch {
        return false; // not an address: no rule can name it
      }
    }
    const value = numberOf(parsed);
    for (const rule of this.#rules) {
      if (value >= rule.from && value <= rule.to) return true;
    }
    return false;
  }

  get rules() {
    return this.#rules.map((rule) => rule.text);
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(data) {
    const list = typeof data === 'string' ? JSON.parse(data) : data;
    if (!Array.isArray(list) || !list.every((rule) => typeof rule === 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], data);
    }
    for (const rule of list) this.#addText(rule);
  }

  #addText(rule) {
    const match = /^(Address|Range|Subnet): (IPv4|IPv6) ([^-/]+)(?:[-/](.+))?$/.exec(rule);
    if (!match) return;
    const family = match[2].toLowerCase();
    if (match[1] === 'Address') this.addAddress(match[3], family);
    else if (match[1] === 'Range') this.addRange(match[3], match[4], family);
    else this.addSubnet(match[3], Number(match[4]), family);
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return '[BlockList]';
    const { inspect } = require('util/inspect');
    return `BlockList ${inspect({ rules: this.rules }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

const openBlockList = BlockList.open;
delete BlockList.open;

module.exports = { BlockList, openBlockList };
