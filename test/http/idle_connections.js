// SPDX-License-Identifier: MIT
//
// 10,000 idle keep-alive connections on one process, each answered before and after; reports the memory of one.
'use strict';

const assert = require('assert');
const { spawn, execFileSync } = require('child_process');
const fs = require('fs');
const net = require('net');

const COUNT = 10000;
if (process.argv[2] !== 'client') {
  // The clients live in this process, the server in another; both need the descriptors.
  const limit = +execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' });
  if (limit < COUNT + 200) {
    console.log(`skip: the hard limit of descriptors is ${limit}`);
    process.exit(0);
  }
  const script = `ulimit -n ${COUNT + 200}; exec "${process.execPath}" "${__filename}" client`;
  spawn('sh', ['-c', script], { stdio: 'inherit' }).on('close', (code) => { process.exitCode = code ?? 1; });
} else {
  client();
}

function rssOf(pid) {
  return +/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
}

function client() {
  const server = spawn(process.execPath, ['-e', `
    const server = require('http').createServer({ keepAliveTimeout: 0 }, (req, res) => res.end('hello'));
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(server.address().port));
  `], { stdio: ['ignore', 'pipe', 'inherit'] });
  server.stdout.once('data', (text) => connect(+text, server));
}

const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const sockets = [];
let before;

function connect(port, server) {
  before = rssOf(server.pid);
  let opened = 0;
  let answered = 0;
  const more = () => {
    if (opened === COUNT) return;
    opened++;
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('error', (error) => { throw error; });
    socket.once('data', (chunk) => {
      assert.ok(chunk.toString('latin1').startsWith('HTTP/1.1 200 OK'));
      if (++answered === COUNT) again(server);
      more();
    });
    sockets.push(socket);
  };
  for (let i = 0; i < 64; i++) more();
}

function again(server) {
  const perConnection = (rssOf(server.pid) - before) / COUNT;
  console.log(`${perConnection.toFixed(2)} KB per idle connection`);
  let answered = 0;
  for (const socket of sockets) {
    socket.once('data', (chunk) => {
      assert.ok(chunk.toString('latin1').startsWith('HTTP/1.1 200 OK'));
      socket.destroy();
      if (++answered === COUNT) server.kill();
    });
    socket.write(request);
  }
  server.on('exit', (code, signal) => assert.strictEqual(signal, 'SIGTERM'));
}
