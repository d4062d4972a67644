// SPDX-License-Identifier: MIT
//
// A connection that another one's handler pauses, after both were found readable, gets what had been read by then before what came
// later.
'use strict';

const assert = require('assert');
const http = require('http');
const net = require('net');

const CONNECTIONS = 20;
const VICTIM = 12;

const request = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
let victim; // the server's end of that connection
let onPaused;

const server = http.createServer((req, res) => {
  const [, what, number] = req.url.split('/');
  if (what === 'hello' && Number(number) === VICTIM) victim = req.socket;
  if (what === 'pause') {
    victim.pause();
    onPaused();
  }
  res.end(`${req.url}.`);
});

// Resolves with the paths of so many answers.
function answers(socket, count) {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', function onData(data) {
      text += data;
      const found = text.match(/\/\w+\/\d+\./g) ?? [];
      if (found.length < count) return;
      socket.off('data', onData);
      resolve(found);
    });
  });
}

async function main() {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => new Promise((resolve) => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => resolve(socket));
    socket.setEncoding('latin1');
  })));
  const all = (pathOf) => Promise.all(clients.map((socket, i) => {
    socket.write(request(pathOf(i)));
    return answers(socket, 1);
  }));
  for (let round = 0; round < 6; round++) await all((i) => `/hello/${i}`);

  const paused = new Promise((resolve) => { onPaused = resolve; });
  const rounds = all((i) => (i === 2 ? '/pause/2' : `/first/${i}`));
  const both = answers(clients[VICTIM], 2);
  await paused;
  clients[VICTIM].write(request(`/second/${VICTIM}`));
  await new Promise((resolve) => setTimeout(resolve, 5)); // so that it is there; without, the test only proves less
  victim.resume();
  assert.deepStrictEqual(await both, [`/first/${VICTIM}.`, `/second/${VICTIM}.`]);
  await rounds;
  clients.forEach((socket) => socket.destroy());
  server.close();
}

main();
