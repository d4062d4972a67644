// SPDX-License-Identifier: MIT
//
// The hello-world server says its address and answers, also on a connection that is kept open.
'use strict';

const assert = require('assert');
const http = require('http');
const { example, serve } = require('../helpers/program');

function get(port, agent) {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, agent }, (res) => {
      let body = '';
      res.setEncoding('utf8');
      res.on('data', (text) => { body += text; });
      res.on('end', () => resolve({ status: res.statusCode, type: res.headers['content-type'], body }));
    }).on('error', reject);
  });
}

async function main() {
  const { match, stop } = await serve(example('hello.js'), /Server running at http:\/\/127\.0\.0\.1:(\d+)\/\n/);
  const agent = new http.Agent({ keepAlive: true });
  for (let i = 0; i < 3; i++) {
    assert.deepStrictEqual(await get(match[1], agent), { status: 200, type: 'text/plain', body: 'Hello, World!\n' });
  }
  agent.destroy();
  assert.deepStrictEqual(await stop(), { code: null, signal: 'SIGTERM' });
}

main();
