// SPDX-License-Identifier: MIT
//
// Connections that are readable in the same turn are read and answered together: each gets its own answers, whatever the handlers do
// to the others meanwhile.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');

const CONNECTIONS = 40;
const ROUNDS = 6;
const BIG = 'x'.repeat(100000);

// Sends text, and resolves with all that came by the time `count` answers did, or the end.
function ask(socket, text, count) {
  return new Promise((resolve) => {
    let seen = '';
    const onData = (data) => {
      seen += data;
      if (seen.split('HTTP/1.1 ').length - 1 === count && seen.endsWith('.\r\n')) done();
    };
    const done = () => {
      socket.off('data', onData).off('close', done);
      resolve(seen);
    };
    socket.on('data', onData).on('close', done);
    socket.write(text);
  });
}

const bodies = (text) => text.split('\r\n').filter((line) => line.endsWith('.'));
const get = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (path, body) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const connections = new Map(); // by the number in the first request's path
let held = null; // { number, asked }

function handle(req, res) {
  const [, what, number] = req.url.split('/');
  if (what === 'hello') connections.set(number, req.socket);
  if (what === 'destroy-next') connections.get(`${Number(number) + 1}`).destroy();
  if (what === 'pause-next') {
    held = { number: `${Number(number) + 1}`, resumed: false };
    const socket = connections.get(held.number);
    socket.pause();
    setTimeout(() => {
      held.resumed = true;
      socket.resume();
    }, 20);
  }
  if (held?.number === number && what !== 'hello') assert.ok(held.resumed, 'a paused connection was heard');
  if (what === 'later') setImmediate(() => res.end(`${req.url}.\r\n`));
  else if (req.method === 'POST') {
    let length = 0;
    req.on('data', (data) => { length += data.length; });
    req.on('end', () => res.end(`${req.url} ${length}.\r\n`));
  } else if (what === 'big') res.end(`${BIG}${number}.\r\n`);
  else if (what === 'end') res.writeHead(200, { Connection: 'close' }).end(`${req.url}.\r\n`);
  else res.end(`${req.url}.\r\n`);
}

async function main() {
  const server = http.createServer(handle);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => new Promise((resolve) => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => resolve(socket));
    socket.setEncoding('latin1');
    socket.on('error', () => {});
  })));
  const all = (text, count) => Promise.all(clients.map((socket, i) => ask(socket, text(i), count)));
  // Several rounds at first, so that the loop knows that it is busy.
  for (let round = 0; round < ROUNDS; round++) {
    const answers = await all((i) => get(`/hello/${i}`), 1);
    answers.forEach((answer, i) => assert.deepStrictEqual(bodies(answer), [`/hello/${i}.`]));
  }
  let answers = await all((i) => get(`/a/${i}`) + get(`/later/${i}`) + get(`/b/${i}`), 3);
  answers.forEach((answer, i) => assert.deepStrictEqual(bodies(answer), [`/a/${i}.`, `/later/${i}.`, `/b/${i}.`]));

  answers = await all((i) => (i % 2 ? post(`/post/${i}`, BIG) : get(`/big/${i}`)), 1);
  answers.forEach((answer, i) => assert.deepStrictEqual(bodies(answer), [i % 2 ? `/post/${i} 100000.` : `${BIG}${i}.`]));

  await all((i) => get(`/hello/${i}`), 1);
  answers = await all((i) => get(i % 10 === 3 ? `/pause-next/${i}` : `/plain/${i}`), 1);
  answers.forEach((answer, i) => assert.strictEqual(bodies(answer).length, 1, `${i}: ${answer}`));
  assert.ok(held.resumed);

  await all((i) => get(`/hello/${i}`), 1);
  answers = await all((i) => get(i % 10 === 3 ? `/destroy-next/${i}` : `/plain/${i}`), 1);
  answers.forEach((answer, i) => {
    if (i % 10 !== 4) assert.strictEqual(bodies(answer).length, 1, `${i}: ${answer}`);
  });
  clients.splice(0, CONNECTIONS, ...clients.filter((socket, i) => i % 10 !== 4));

  answers = await all((i) => get(`/end/${i}`), 1);
  answers.forEach((answer, i) => assert.deepStrictEqual(bodies(answer), [`/end/${i}.`]));
  clients.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
}

main();
