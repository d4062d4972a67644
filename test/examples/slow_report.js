// SPDX-License-Identifier: MIT
//
// The slow server: --watch-loop says that /report blocks, and where.
'use strict';

const assert = require('assert');
const http = require('http');
const { example, serve } = require('../helpers/program');

(async () => {
  const { child, match, stop } = await serve(example('slow_report.js'), /localhost:(\d+)\n/, { options: ['--watch-loop=100'], env: { TIMES: '40' } });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { errors += text; });
  const body = await new Promise((resolve) => {
    http.get({ port: Number(match[1]), path: '/report' }, (response) => response.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString())));
  });
  assert.strictEqual(body.split('\n').length, 700);
  while (!/ was blocked for \d+ ms by an HTTP request[^]*totals +\S*slow_report\.js:20:/.test(errors)) await new Promise((done) => child.stderr.once('data', done));
  await stop();
})();
