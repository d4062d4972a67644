// SPDX-License-Identifier: MIT
//
// What a domain's timers, ticks, files, reactions and emitters throw or emit goes to its 'error' event, marked.
'use strict';

const assert = require('assert');
const domain = require('domain');
const EventEmitter = require('events');
const fs = require('fs');

const d = domain.create();
const seen = [];
d.on('error', (error) => {
  assert.strictEqual(error.domain, d);
  assert.ok(!Object.keys(error).includes('domain'));
  assert.ok(!process.domain);
  seen.push(`${error.message} ${error.domainThrown}`);
});
const fail = (name) => () => { throw new Error(name); };

d.run(() => {
  assert.strictEqual(process.domain, d);
  setTimeout(fail('timer'), 1);
  setImmediate(fail('immediate'));
  process.nextTick(fail('tick'));
  fs.stat('/', fail('fs'));
  Promise.resolve().then(() => setTimeout(fail('timer of a reaction'), 1));
  (async () => {
    await null;
    setTimeout(fail('timer after an await'), 1);
  })();
  (async () => {
    await null;
    throw new Error('async');
  })();
  const emitter = new EventEmitter();
  assert.strictEqual(emitter.domain, d);
  emitter.emit('error', new Error('emitted'));
  assert.strictEqual(process.domain, d);
  Promise.reject(new Error('rejected'));
});
setTimeout(d.bind(fail('bound')), 1);
d.intercept(assert.fail)(new Error('intercepted'));
assert.strictEqual(process.domain, undefined);

process.on('exit', () => {
  assert.deepStrictEqual(seen.sort(), [
    'async true', 'bound true', 'emitted false', 'fs true', 'immediate true', 'intercepted false', 'rejected true', 'tick true', 'timer after an await true',
    'timer of a reaction true', 'timer true',
  ]);
});
