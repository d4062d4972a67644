// SPDX-License-Identifier: MIT
//
// Answers of a name server are read, compressed names and hostile bytes included.
'use strict';
const assert = require('assert');
const dgram = require('dgram');
const { Resolver } = require('dns');

const answers = {
  // MX 10 mail.<question's name>, by a pointer into the question
  'good.example': Buffer.concat([Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 9, 0, 9, 0, 10, 4]), Buffer.from('mail'), Buffer.from([0xc0, 12])]),
  // a name that points at itself
  'loop.example': Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 9, 0, 4, 0, 10, 0xc0, 44]),
};
const server = dgram.createSocket('udp4', (query, from) => {
  const name = query.includes('good') ? 'good.example' : 'loop.example';
  const question = query.subarray(12, 12 + name.length + 2 + 4);
  const header = Buffer.from([query[0], query[1], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
  server.send(Buffer.concat([header, question, answers[name]]), from.port, from.address);
});
server.bind(0, '127.0.0.1', () => {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  resolver.resolveMx('good.example', (error, records) => {
    assert.ifError(error);
    assert.deepStrictEqual(records, [{ exchange: 'mail.good.example', priority: 10 }]);
    resolver.resolve('loop.example', 'MX', (bad) => {
      assert.strictEqual(bad.code, 'EBADRESP');
      server.close();
    });
  });
});
