// SPDX-License-Identifier: MIT
//
// The TCP chat: three people, one of them with half a line, one who renames himself and one who leaves.
'use strict';

const assert = require('assert');
const net = require('net');
const { example, serve } = require('../helpers/program');

// A client whose lines can be awaited one after another.
function join(port) {
  const socket = net.connect(port, '127.0.0.1');
  const lines = [];
  const waiting = [];
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    lines.push(...parts);
    while (waiting.length && lines.length) waiting.shift()(lines.shift());
  });
  return {
    socket,
    say: (text) => socket.write(text),
    hears: () => new Promise((resolve) => (lines.length ? resolve(lines.shift()) : waiting.push(resolve))),
  };
}

async function main() {
  const { match, stop } = await serve(example('chat.js'), /chat on port (\d+)\n/);
  const port = Number(match[1]);
  const ann = join(port);
  assert.strictEqual(await ann.hears(), 'welcome, guest1');
  const bob = join(port);
  assert.strictEqual(await bob.hears(), 'welcome, guest2');
  assert.strictEqual(await ann.hears(), '* guest2 joined');

  ann.say('hal');
  ann.say('lo\r\nsecond line\n');
  assert.strictEqual(await bob.hears(), 'guest1: hallo');
  assert.strictEqual(await bob.hears(), 'guest1: second line');

  bob.say('/name Bob\nhi \u00e4\u{1f600}\n');
  assert.strictEqual(await ann.hears(), '* guest2 is now Bob');
  assert.strictEqual(await ann.hears(), 'Bob: hi \u00e4\u{1f600}');

  bob.say('/quit\n');
  assert.strictEqual(await bob.hears(), 'bye');
  assert.strictEqual(await ann.hears(), '* Bob left');
  ann.socket.destroy();
  await stop();
}

main();
