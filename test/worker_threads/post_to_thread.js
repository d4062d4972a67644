// SPDX-License-Identifier: MIT
//
// postMessageToThread reaches a thread's process, and says how it went.
'use strict';

const assert = require('assert');
const { Worker, postMessageToThread, threadId } = require('worker_threads');

const worker = new Worker(`
  const { postMessageToThread, parentPort } = require('worker_threads');
  process.on('workerMessage', (value, source) => {
    if (value === 'throw') throw new Error('mine');
    postMessageToThread(source, { got: value }).then(() => parentPort.close());
  });
  parentPort.on('message', () => {});`, { eval: true });
let answer;
process.on('workerMessage', (value, source) => {
  assert.strictEqual(source, worker.threadId);
  answer = value;
});
(async () => {
  await assert.rejects(postMessageToThread(threadId, 0), { code: 'ERR_WORKER_MESSAGING_SAME_THREAD' });
  await assert.rejects(postMessageToThread(1e6, 0), { code: 'ERR_WORKER_MESSAGING_FAILED' });
  await assert.rejects(postMessageToThread(worker.threadId, 'throw'), { code: 'ERR_WORKER_MESSAGING_ERRORED' });
  await postMessageToThread(worker.threadId, new Map([[1, 2]]));
})();
process.on('exit', () => assert.deepStrictEqual(answer, { got: new Map([[1, 2]]) }));
