// SPDX-License-Identifier: MIT
//
// A child that writes anything but messages on its channel loses the channel, and nothing else happens to its parent.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');
const v8 = require('v8');

process.on('warning', () => {}); // each lost channel is told of
const framed = (bytes) => Buffer.concat([Buffer.from(new Uint32Array([bytes.length]).buffer).swap32(), bytes]);
const noise = (count) => Buffer.from(Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 0xff));

// What is sent, and whether the parent breaks the channel off (else the child's end does).
const garbage = {
  json: [
    [noise(5000), true],
    [Buffer.from('{"half":'), false],
    [Buffer.from('{"half":\n'), true],
    [Buffer.from(`${'['.repeat(300000)}\n`), true],
    [Buffer.from('\n\n'), true],
    [Buffer.from('{"cmd":"NODE_HANDLE","type":"net.Socket","msg":1}\n'), false],
    [Buffer.from('{"cmd":"NODE_HANDLE_ACK"}\n{"cmd":"NODE_HANDLE_NACK"}\n'), false],
    [Buffer.from('{"cmd":"NODE_SOCKET_CLOSED","key":{}}\n'), false],
  ],
  advanced: [
    [Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3]), true], // a length of 4 GiB
    [Buffer.from([0x40, 0, 0, 0]), true],
    [Buffer.from([0, 0, 0, 200, 0xff, 0x0f]), false], // cut off
    [Buffer.from([0, 0]), false],
    [Buffer.from([0, 0, 0, 0]), true],
    [framed(noise(3000)), true],
    [framed(Buffer.from([0xff, 0x0f, 0x41, 0xff, 0xff, 0xff, 0xff, 0x0f])), true], // an array of 2 ** 32 - 1
    [framed(Buffer.concat([Buffer.from([0xff, 0x0f]), Buffer.alloc(300000, 'A\x01')])), true], // arrays in arrays
    [framed(Buffer.from([0xff, 0x0f, 0x22, 0xff, 0xff, 0xff, 0x7f, 0x61])), true], // a string longer than what is there
    [framed(Buffer.concat([v8.serialize({ a: Buffer.from('x') }), noise(10)])), true], // views are told apart otherwise here
  ],
};

function feed(serialization, bytes, breaks, listened) {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', 'exec cat >&3'], { stdio: ['pipe', 'ignore', 'inherit', 'ipc'], serialization });
    let error = null;
    if (listened) child.on('error', (value) => { error = value; });
    child.stdin.on('error', () => {});
    if (breaks) child.stdin.write(bytes);
    else child.stdin.end(bytes);
    child.on('disconnect', () => {
      assert.strictEqual(child.connected, false);
      assert.strictEqual(error !== null, breaks && listened, `${serialization} ${bytes.toString('latin1', 0, 20)}: ${error}`);
      child.kill('SIGKILL');
    });
    child.on('close', resolve);
  });
}

async function main() {
  for (const serialization of ['json', 'advanced']) {
    await Promise.all(garbage[serialization].map(([bytes, breaks], i) => feed(serialization, bytes, breaks, i % 2 === 0)));
  }
  await feed('json', noise(5000), true, true);
  console.log('ok');
}

main().then(() => assert.ok(process.memoryUsage().rss < 400e6, `${process.memoryUsage().rss}`));
