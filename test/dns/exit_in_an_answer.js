// SPDX-License-Identifier: MIT
//
// A program that dies inside the answer to a query ends with status 1, not in the resolver's memory.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

const result = program(`
const dgram = require('dgram');
const { Resolver } = require('dns');
const server = dgram.createSocket('udp4');
server.on('message', (bytes, from) => {
  bytes[2] |= 0x80; // an answer
  bytes[3] = 3;     // that says: no such name
  server.send(bytes, from.port, from.address);
});
server.bind(0, '127.0.0.1', () => {
  const resolver = new Resolver({ timeout: 200, tries: 1 });
  resolver.setServers(['127.0.0.1:' + server.address().port]);
  resolver.resolve4('one.example.org', () => { throw new Error('inside'); });
  resolver.resolve4('two.example.org', () => {});
});
`);
assert.strictEqual(result.signal, null);
assert.strictEqual(result.status, 1);
assert.match(result.stderr, /Error: inside/);
