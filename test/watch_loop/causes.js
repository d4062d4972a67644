// SPDX-License-Identifier: MIT
//
// A report says what kind of callback blocked.
'use strict';

const assert = require('assert');
const fs = require('fs');
const http = require('http');
const { busy, reportOf } = require('../helpers/loop');

const block = () => busy(80);
const options = { threshold: 60, fits: ({ stacks }) => stacks.some(({ frames }) => frames[0]?.functionName === 'busy') };

function request() {
  const server = http.createServer((req, res) => {
    block();
    res.end();
    server.close();
  }).listen(0, '127.0.0.1', () => http.get({ port: server.address().port, agent: false }, (res) => res.resume()));
}

const kinds = [
  ['a timer', block],
  ['an immediate', () => setImmediate(block)],
  ['a tick', () => process.nextTick(block)],
  ['a promise reaction', () => Promise.resolve().then(block)],
  ['a file operation', () => fs.stat('/', block)],
  ['an HTTP request', request],
];

(async () => {
  for (const [cause, start] of kinds) assert.strictEqual((await reportOf(start, options)).cause, cause);
})();
