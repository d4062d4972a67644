// SPDX-License-Identifier: MIT
//
// process.watchLoop checks its options, and stops by stop(), by a signal and by `using`.
'use strict';

const assert = require('assert');
const { busy } = require('../helpers/loop');

assert.throws(() => process.watchLoop(null), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.watchLoop({ threshold: '50' }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.watchLoop({ threshold: 0 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => process.watchLoop({ threshold: NaN }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => process.watchLoop({ print: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.watchLoop({ signal: {} }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(process.watchLoop({ threshold: 60, print: false, signal: AbortSignal.abort() }).stop(), undefined);

const reports = [];
process.on('loopBlocked', (report) => reports.push(report));
const pause = () => new Promise((done) => setTimeout(done, 5));

async function reported(ms) {
  reports.length = 0;
  await pause();
  busy(ms);
  await pause();
  return reports.length;
}

(async () => {
  await pause();
  const options = { threshold: 60, print: false };
  const abort = new AbortController();
  const first = process.watchLoop(options);
  process.watchLoop({ ...options, signal: abort.signal });
  assert.strictEqual(await reported(80), 1); // two watch, one report
  first.stop();
  first.stop();
  assert.strictEqual(await reported(80), 1);
  abort.abort();
  assert.strictEqual(await reported(80), 0);
  const third = process.watchLoop({ ...options, threshold: 10000 });
  assert.strictEqual(await reported(80), 0);
  third[Symbol.dispose]();
})();
