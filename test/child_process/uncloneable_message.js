// SPDX-License-Identifier: MIT
//
// A message that cannot be cloned throws where it is sent, in both serializations, and the channel goes on as if nothing had been sent.
'use strict';

const assert = require('assert');
const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  process.on('message', (message, handle) => {
    if (handle) handle.close();
    process.send(message);
  });
} else {
  for (const serialization of ['json', 'advanced']) {
    const child = fork(__filename, ['child'], { serialization });
    const circular = {};
    circular.self = circular;
    const bad = serialization === 'json' ? [{ big: 1n }, circular] : [{ f() {} }, { w: new WeakMap() }, { s: Symbol('s') }];
    const server = net.createServer().listen(0, () => {
      for (const message of bad) {
        assert.throws(() => child.send(message), Error);
        assert.throws(() => child.send(message, server), Error);
      }
      for (const message of [undefined]) assert.throws(() => child.send(message), { code: 'ERR_MISSING_ARGS' });
      for (const message of [1n, () => {}, Symbol('s')]) assert.throws(() => child.send(message), { code: 'ERR_INVALID_ARG_TYPE' });
      child.send({ first: true });
      child.send({ second: 'with a handle' }, server);
      // Waits for the first handle to be acknowledged: nobody is there any more to catch what encoding it throws.
      child.send(bad[0], server, (error) => assert.ok(error instanceof Error));
      child.send({ third: true });
      server.close();
    });
    const got = [];
    child.on('message', (message) => {
      got.push(Object.keys(message)[0]);
      if (got.length === 3) child.disconnect();
    });
    child.on('exit', (code) => {
      assert.strictEqual(code, 0);
      assert.deepStrictEqual(got, ['first', 'second', 'third']);
    });
  }
}
