// SPDX-License-Identifier: MIT
//
// A program that dies inside the answer to a query, or in the ticks and reactions that follow it, ends with status 1, not in the resolver's memory.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

const programs = [
  "resolver.resolve4('one.example.org', () => { throw new Error('inside'); });",
  "resolver.resolve4('one.example.org', () => process.nextTick(() => { throw new Error('inside'); }));",
  "promises.resolve4('one.example.org').catch(() => { throw new Error('inside'); });",
];

for (const text of programs) {
  const result = program(`
const dgram = require('dgram');
const dns = require('dns');
const server = dgram.createSocket('udp4');
server.on('message', (bytes, from) => {
  bytes[2] |= 0x80; // an answer
  bytes[3] = 3;     // that says: no such name
  server.send(bytes, from.port, from.address);
});
server.bind(0, '127.0.0.1', () => {
  const servers = ['127.0.0.1:' + server.address().port];
  const resolver = new dns.Resolver({ timeout: 200, tries: 1 });
  const promises = new dns.promises.Resolver({ timeout: 200, tries: 1 });
  resolver.setServers(servers);
  promises.setServers(servers);
  ${text}
  resolver.resolve4('two.example.org', () => {});
  promises.resolve4('three.example.org').catch(() => {});
});
`);
  assert.strictEqual(result.signal, null, text);
  assert.strictEqual(result.status, 1, text);
  assert.match(result.stderr, /Error: inside/);
}
