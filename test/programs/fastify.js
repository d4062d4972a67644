// SPDX-License-Identifier: MIT
//
// A Fastify application of ES modules: its answers are Node's, byte for byte; under 200 concurrent requests, whose handlers wait for
// timers, files, streams, promises, events, processes and more, the AsyncLocalStorage of no request is ever seen by another.
// time limit: 600 seconds
'use strict';

const assert = require('assert');
const http = require('http');
const { spawn } = require('child_process');
const { lode, node, prepare } = require('../helpers/programs');

const json = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
const questions = [
  ['/'], ['/?a=b'], ['/shout/hello%20there'], ['/stream'], ['/buffer'], ['/headers'], ['/redirect'], ['/files/a/b%2Fc'], ['/range/12-x'], ['/range/a-b'],
  ['/throws'], ['/late', { headers: { 'x-id': 'late' } }], ['/never'], ['/missing'], ['/routes'], ['/process', { headers: { 'x-id': 'p' } }], ['/', { method: 'HEAD' }],
  ['/', { method: 'OPTIONS' }], ['/', { method: 'DELETE' }], ['/notes/'], ['/notes'], ['/notes?limit=0'], ['/notes?limit=many'], ['/notes?limit=99'], ['/notes/1'], ['/notes/7'],
  ['/notes/x'], ['/notes', json('{"title":"new","tags":["a"],"due":"2024-02-29"}')], ['/notes', json('{"title":"x"}')], ['/notes', json('{"title":"new","tags":["a","a"],"stars":"4"}')],
  ['/notes', json('{"title":"new","more":1}')], ['/notes', json('{"title":')], ['/notes', json('')], ['/notes', json('{"__proto__":{"a":1},"title":"ab"}')],
  ['/echo', { method: 'PUT', headers: { 'content-type': 'text/csv' }, body: 'a,b\n1,2' }], ['/echo', { method: 'PATCH', headers: { 'content-type': 'text/plain' }, body: 'plain' }],
  ['/echo', { method: 'PUT', headers: { 'content-type': 'application/klingon' }, body: 'x' }], ['/echo', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: `"${'x'.repeat(6000)}"` }],
  ['/waits?from=3', { headers: { 'x-id': 'one' } }],
];

function start(runtime, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime, ['app.mjs'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stderr.on('data', (data) => { errors += data; });
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`${runtime} ended with ${code ?? signal}\n${errors}`)));
    child.stdout.on('data', (data) => {
      output += data;
      const match = /listening (\d+)/.exec(output);
      if (match) resolve({ port: Number(match[1]), errors: () => errors, stop: () => child.kill('SIGKILL') });
    });
  });
}

function ask(server, path, { method = 'GET', headers = {}, body } = {}, agent = undefined) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, path, method, headers: { host: 'example.org', ...headers }, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const raw = response.rawHeaders.map((text, i) => (response.rawHeaders[i & ~1].toLowerCase() === 'date' && i % 2 ? '' : text));
        resolve({ status: response.statusCode, message: response.statusMessage, headers: response.headers, raw, body: Buffer.concat(chunks).toString('latin1') });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function compareAnswers(servers) {
  for (const [path, options] of questions) {
    const [ours, theirs] = await Promise.all(servers.map((server) => ask(server, path, options)));
    for (const part of ['status', 'message', 'raw', 'body']) assert.deepStrictEqual(ours[part], theirs[part], `${part} of ${path} ${JSON.stringify(options)?.slice(0, 200)}`);
  }
}

async function crowd(server) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });
  const ids = Array.from({ length: 400 }, (_, i) => `request-${i}`);
  const answers = await Promise.all(ids.map((id, i) => ask(server, `/waits?from=${i}${i % 3 ? '' : '&deep=1'}`, { headers: { 'x-id': id } }, agent)));
  answers.forEach(({ status, headers, body }, i) => {
    assert.strictEqual(status, 200, body);
    const answer = JSON.parse(body);
    assert.deepStrictEqual([answer.id, answer.crossed, headers['x-id'], headers['x-crossed']], [ids[i], [], ids[i], '']);
    assert.ok(Number(headers['x-waits']) >= 30);
  });
  assert.strictEqual((await ask(server, '/crossings')).body, '{"crossings":0}');
  agent.destroy();
}

async function main() {
  const cwd = prepare('fastify');
  const servers = await Promise.all([lode, node].map((runtime) => start(runtime, cwd)));
  try {
    await compareAnswers(servers);
    await crowd(servers[0]);
  } catch (error) {
    console.log(servers[0].errors());
    throw error;
  } finally {
    for (const server of servers) server.stop();
  }
  process.exit(0);
}
main();
