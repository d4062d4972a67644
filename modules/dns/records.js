// SPDX-License-Identifier: MIT
//
// Reads the records of a DNS answer (RFC 1035 and later types). The bytes come from the network: every read is
// checked, and anything malformed throws, which the resolver reports as EBADRESP.

'use strict';

const { Buffer } = require('buffer');

const types = { __proto__: null, A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, TLSA: 52, ANY: 255,
                CAA: 257 };
const names = new Map(Object.entries(types).map(([name, number]) => [number, name]));
const MAX_JUMPS = 64;

class Reader {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
    this.end = bytes.byteLength;
  }

  need(count) {
    if (this.at + count > this.end) throw new RangeError('truncated');
  }
  u8() { this.need(1); return this.bytes[this.at++]; }
  u16() { this.need(2); const v = this.bytes.readUInt16BE(this.at); this.at += 2; return v; }
  u32() { this.need(4); const v = this.bytes.readUInt32BE(this.at); this.at += 4; return v; }
  skip(count) { this.need(count); this.at += count; }
  rest() { return this.take(this.end - this.at); }

  take(count) {
    this.need(count);
    const part = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return part;
  }

  text() { return this.take(this.u8()).latin1Slice(); }

  // A domain name; compressed parts point backwards in the whole message.
  name() {
    const labels = [];
    let at = this.at;
    let after = -1;
    for (let jumps = 0; ;) {
      if (at >= this.bytes.length) throw new RangeError('truncated');
      const length = this.bytes[at];
      if (length === 0) {
        at++;
        break;
      }
      if ((length & 0xc0) === 0xc0) {
        if (++jumps > MAX_JUMPS || at + 1 >= this.bytes.length) throw new RangeError('bad pointer');
        if (after < 0) after = at + 2;
        at = ((length & 0x3f) << 8) | this.bytes[at + 1];
        continue;
      }
      if (length > 63 || at + 1 + length > this.bytes.length) throw new RangeError('bad label');
      labels.push(this.bytes.latin1Slice(at + 1, at + 1 + length));
      at += 1 + length;
    }
    this.at = after < 0 ? at : after;
    return labels.join('.');
  }
}

const readers = {
  __proto__: null,
  A: (r) => r.take(4).join('.'),
  AAAA: (r) => formatV6(r.take(16)),
  NS: (r) => r.name(),
  CNAME: (r) => r.name(),
  PTR: (r) => r.name(),
  MX: (r) => ({ priority: r.u16(), exchange: r.name() }),
  SRV: (r) => {
    const priority = r.u16();
    const weight = r.u16();
    const port = r.u16();
    return { name: r.name(), port, priority, weight };
  },
  TXT: (r, end) => {
    const entries = [];
    while (r.at < end) entries.push(r.text());
    return entries;
  },
  SOA: (r) => ({ nsname: r.name(), hostmaster: r.name(), serial: r.u32(), refresh: r.u32(), retry: r.u32(), expire: r.u32(),
                 minttl: r.u32() }),
  NAPTR: (r) => {
    const order = r.u16();
    const preference = r.u16();
    const flags = r.text();
    const service = r.text();
    const regexp = r.text();
    return { flags, service, regexp, replacement: r.name(), order, preference };
  },
  CAA: (r, end) => {
    const critical = r.u8();
    const tag = r.text();
    return { critical, [tag]: r.take(end - r.at).latin1Slice() };
  },
  TLSA: (r, end) => {
    const certUsage = r.u8();
    const selector = r.u8();
    const match = r.u8();
    const data = r.take(end - r.at);
    return { certUsage, selector, match, data: new Uint8Array(data).buffer };
  },
};

function formatV6(bytes) {
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push(((bytes[i] << 8) | bytes[i + 1]).toString(16));
  const { SocketAddress } = require('net/address');
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}

// [{ type: 'A', ttl, value }...] of the answer section, in its order.
function parse(bytes) {
  const r = new Reader(bytes);
  r.skip(4);
  const questions = r.u16();
  const answers = r.u16();
  r.skip(4);
  for (let i = 0; i < questions; i++) {
    r.name();
    r.skip(4);
  }
  const list = [];
  for (let i = 0; i < answers; i++) {
    r.name();
    const type = names.get(r.u16());
    r.u16(); // class
    const ttl = r.u32();
    const length = r.u16();
    r.need(length);
    const end = r.at + length;
    const read = type !== undefined ? readers[type] : undefined;
    if (read !== undefined) {
      const value = read(r, end);
      if (r.at > end) throw new RangeError('record overruns');
      list.push({ type, ttl, value });
    }
    r.at = end;
  }
  return list;
}

// What resolveAny shows of a record.
function describe({ type, ttl, value }) {
  switch (type) {
    case 'A':
    case 'AAAA': return { address: value, ttl, type };
    case 'NS':
    case 'CNAME':
    case 'PTR': return { value, type };
    case 'TXT': return { entries: value, type };
    default: return { ...value, type };
  }
}

module.exports = { describe, parse, types };
