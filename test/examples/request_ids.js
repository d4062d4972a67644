// SPDX-License-Identifier: MIT
//
// The example in TypeScript answers each request under an id of its own.
'use strict';

const assert = require('assert');
const http = require('http');
const { example, serve } = require('../helpers/program');

const get = (port) => new Promise((resolve, reject) => {
  http.get({ port }, (response) => {
    response.resume();
    response.on('end', () => resolve(response.headers['x-request-id']));
  }).on('error', reject);
});

(async function main() {
  const { match, stop } = await serve(example('request_ids.mts'), /localhost:(\d+)/);
  const ids = await Promise.all(Array.from({ length: 20 }, () => get(+match[1])));
  assert.deepStrictEqual(ids.map(Number).sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i + 1));
  await stop();
})();
