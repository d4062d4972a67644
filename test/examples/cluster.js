// SPDX-License-Identifier: MIT
//
// The cluster example: both workers answer, one that crashes is replaced, SIGHUP replaces all while requests come in, SIGTERM ends it.
'use strict';

const assert = require('assert');
const http = require('http');
const { spawn } = require('child_process');
const { example } = require('../helpers/program');

const child = spawn(process.execPath, [example('cluster.js')], { env: { ...process.env, PORT: '0', WORKERS: '2' }, stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
child.stdout.setEncoding('utf8').on('data', (text) => { output += text; });

function until(pattern) {
  return new Promise((resolve) => {
    const look = () => {
      const match = pattern.exec(output);
      if (match === null) return;
      child.stdout.off('data', look);
      resolve(match);
    };
    child.stdout.on('data', look);
    look();
  });
}

function get(port, path = '/') {
  return new Promise((resolve, reject) => {
    http.get({ port, path, host: '127.0.0.1', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data) => { text += data; }).on('end', () => resolve(text.trim()));
    }).on('error', reject);
  });
}

async function main() {
  const [, port] = await until(/2 workers, http:\/\/127\.0\.0\.1:(\d+)/);
  const first = new Set();
  while (first.size < 2) first.add(await get(port));
  assert.deepStrictEqual([...first].sort(), ['worker 1', 'worker 2']);

  await assert.rejects(get(port, '/crash'), { code: 'ECONNRESET' });
  await until(/worker [12] died \(1\)/);
  while (!first.has('worker 3')) first.add(await get(port));

  child.kill('SIGHUP');
  const done = until(/all workers are new/);
  let replaced = false;
  done.then(() => { replaced = true; });
  while (!replaced) await get(port); // each one is answered
  const fresh = new Set();
  while (fresh.size < 2) fresh.add(await get(port));
  assert.deepStrictEqual([...fresh].sort(), ['worker 4', 'worker 5']);

  child.kill('SIGTERM');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  assert.strictEqual(code, 0);
}

main();
