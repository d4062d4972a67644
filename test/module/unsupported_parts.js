// SPDX-License-Identifier: MIT
//
// Modules that lode does not have yet can be loaded by those who do not use them; what is used fails by name.
'use strict';

const assert = require('assert');

const uses = {
  'tls.connect()': () => require('tls').connect({ port: 1 }),
  'new tls.TLSSocket()': () => new (require('tls').TLSSocket)(),
  'https.get()': () => require('https').get('https://127.0.0.1/'),
  'http2.connect()': () => require('http2').connect('http://127.0.0.1/'),
  'inspector.open()': () => require('inspector').open(),
  'repl.start()': () => require('repl').start(),
  'new wasi.WASI()': () => new (require('wasi').WASI)({ version: 'preview1' }),
  'trace_events.createTracing()': () => require('trace_events').createTracing({ categories: ['node'] }),
};
for (const [name, use] of Object.entries(uses)) {
  assert.throws(use, (error) => error.code === 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' && error.message.includes(` ${name} `), name);
}
assert.strictEqual(require('inspector').url(), undefined);
assert.strictEqual(require('node:sea').isSea(), false);
const agent = new (require('https').Agent)({ keepAlive: true });
assert.deepStrictEqual([agent.defaultPort, agent.protocol, agent.keepAlive], [443, 'https:', true]);

// A session of the inspector can be made, and answers each method by name that it is not there.
const session = new (require('inspector').Session)();
session.connect();
let refused;
session.post('Profiler.enable', (error) => { refused = error; });
process.on('exit', () => {
  assert.strictEqual(refused.code, 'ERR_INSPECTOR_COMMAND');
  assert.match(refused.message, /'Profiler\.enable' wasn't found/);
});
