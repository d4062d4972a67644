// SPDX-License-Identifier: MIT
//
// A chat over TCP: every line that someone types goes to everyone else. Try it with two terminals:
//     lode examples/chat.js          nc 127.0.0.1 4000          nc 127.0.0.1 4000
'use strict';

const net = require('node:net');

const port = process.env.PORT === undefined ? 4000 : Number(process.env.PORT);
const people = new Map(); // socket -> name
let arrivals = 0;

function tellOthers(speaker, text) {
  for (const socket of people.keys()) {
    if (socket !== speaker) socket.write(`${text}\n`);
  }
}

function hear(socket, line) {
  const name = people.get(socket);
  if (line.startsWith('/name ')) {
    people.set(socket, line.slice(6));
    tellOthers(socket, `* ${name} is now ${line.slice(6)}`);
  } else if (line === '/quit') {
    socket.end('bye\n');
  } else if (line !== '') {
    tellOthers(socket, `${name}: ${line}`);
  }
}

const server = net.createServer((socket) => {
  people.set(socket, `guest${++arrivals}`);
  socket.setEncoding('utf8');
  socket.write(`welcome, ${people.get(socket)}\n`);
  tellOthers(socket, `* ${people.get(socket)} joined`);

  let rest = '';
  socket.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) hear(socket, line.trimEnd());
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', () => {
    tellOthers(socket, `* ${people.get(socket)} left`);
    people.delete(socket);
  });
});

server.listen(port, '127.0.0.1', () => console.log(`chat on port ${server.address().port}`));
