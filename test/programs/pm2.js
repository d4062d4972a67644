// SPDX-License-Identifier: MIT
//
// pm2 runs a server in two workers of a cluster, and reloads it while requests come in: every request is answered, by the old workers and then by
// new ones.
// time limit: 600 seconds
'use strict';

const assert = require('assert');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');
const { lode, prepare, run } = require('../helpers/programs');

const folder = prepare('pm2');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-pm2-'));
fs.writeFileSync(path.join(home, 'touch'), ''); // not the first start: no greeting, and no look for a newer version
const program = path.join(folder, '..', 'node_modules', 'pm2', 'bin', 'pm2');
const env = { PM2_HOME: home, PORT_FILE: path.join(home, 'port') };

async function pm2(...args) {
  const result = await run(lode, [program, ...args, '--no-color'], { cwd: folder, env, timeout: 60000 });
  assert.strictEqual(result.code, 0, `pm2 ${args.join(' ')}\n${result.stdout}\n${result.stderr}`);
  return result.stdout;
}

function ask(port) {
  return new Promise((resolve, reject) => {
    http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data) => { text += data; }).on('end', () => resolve(text)).on('error', reject);
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
    }).on('error', reject);
  });
}

async function main() {
  await pm2('start', 'app.js', '-i', '2', '--wait-ready', '--kill-timeout', '10000');
  const [port, other] = fs.readFileSync(env.PORT_FILE, 'utf8').trim().split('\n');
  assert.strictEqual(other, port); // shared
  let loading = true;
  const pids = { before: new Set(), after: new Set() };
  const client = async () => {
    while (loading) pids.before.add(await ask(port));
  };
  const clients = [client(), client(), client(), client()];
  const failure = Promise.all(clients); // a failed request fails the test
  while (pids.before.size < 2) await Promise.race([failure, new Promise(setImmediate)]);
  const old = new Set(pids.before);
  await Promise.race([failure, pm2('reload', 'app')]);
  loading = false;
  await failure;
  for (let i = 0; i < 20; i++) pids.after.add(await ask(port));
  assert.strictEqual(pids.after.size, 2);
  for (const pid of pids.after) assert.ok(!old.has(pid), 'a worker was not replaced');
}

main().finally(() => pm2('kill')).finally(() => fs.rmSync(home, { recursive: true, force: true }));
