// SPDX-License-Identifier: MIT
//
// process in a worker: an environment, arguments and options of its own; what is the whole process's is refused.
'use strict';

const assert = require('assert');
const { Worker, SHARE_ENV, isMainThread, parentPort, workerData } = require('worker_threads');

if (!isMainThread) {
  if (workerData.set) process.env.LODE_TEST_SHARED = 'from the worker';
  assert.throws(() => process.chdir('/'), { code: 'ERR_WORKER_UNSUPPORTED_OPERATION', name: 'TypeError' });
  assert.throws(() => process.abort(), { code: 'ERR_WORKER_UNSUPPORTED_OPERATION' });
  process.title = 'mine';
  parentPort.postMessage({
    argv: process.argv.slice(2), execArgv: process.execArgv, env: process.env.LODE_TEST_SHARED, keys: Object.keys(process.env).length,
    number: (process.env.LODE_NUMBER = 5, process.env.LODE_NUMBER), pid: process.pid, warns: process.noDeprecation === true,
  });
  return;
}

function ask(options) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, options);
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

(async () => {
  const { title } = process;
  process.env.LODE_TEST_SHARED = 'main';
  const own = await ask({ workerData: { set: true }, argv: ['a', 1], execArgv: ['--no-deprecation'] });
  assert.deepStrictEqual(own.argv, ['a', '1']);
  assert.deepStrictEqual(own.execArgv, ['--no-deprecation']);
  assert.strictEqual(own.warns, true);
  assert.strictEqual(own.env, 'from the worker');
  assert.strictEqual(own.number, '5');
  assert.strictEqual(own.pid, process.pid);
  assert.strictEqual(process.env.LODE_TEST_SHARED, 'main');
  const given = await ask({ workerData: {}, env: { LODE_TEST_SHARED: 'given' } });
  assert.deepStrictEqual([given.env, given.keys, given.warns], ['given', 1, false]);
  const shared = await ask({ workerData: { set: true }, env: SHARE_ENV });
  assert.strictEqual(shared.env, 'from the worker');
  assert.strictEqual(process.env.LODE_TEST_SHARED, 'from the worker');
  assert.strictEqual(process.title, title);
  assert.throws(() => new Worker(__filename, { execArgv: ['--no-such-option'] }), { code: 'ERR_WORKER_INVALID_EXEC_ARGV' });
  assert.throws(() => new Worker('relative.js'), { code: 'ERR_WORKER_PATH' });
  assert.throws(() => new Worker(__filename, { resourceLimits: { codeRangeSizeMb: 4 } }), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
  finished = true;
})();
let finished = false;
process.on('exit', () => assert.ok(finished));
