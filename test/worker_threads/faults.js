// SPDX-License-Identifier: MIT
//
// Ways for a worker to end: each gives its exit code, its error and nothing else, and the parent lives on.
'use strict';

const assert = require('assert');
const { Worker } = require('worker_threads');

// Resolves with { code, errors, messages }. `stopAt` is what ends the worker from outside, once it has sent a message.
function run(program, options = {}, stopAt = null) {
  return new Promise((resolve) => {
    const seen = { code: undefined, errors: [], messages: [] };
    const worker = new Worker(program, { eval: true, ...options });
    worker.on('error', (error) => seen.errors.push(error));
    worker.on('message', (message) => {
      seen.messages.push(message);
      if (message === stopAt) worker.terminate().then((code) => assert.strictEqual(code, 1));
    });
    worker.on('exit', (code) => resolve({ ...seen, code }));
  });
}

const say = 'const say = (m) => require("worker_threads").parentPort.postMessage(m);';

async function throws() {
  const { code, errors } = await run('class Own extends TypeError {} ; const e = new Own("no"); e.code = "E_OWN"; e.cause = new RangeError("why"); throw e');
  assert.strictEqual(code, 1);
  assert.strictEqual(errors.length, 1);
  const [error] = errors;
  assert.ok(error instanceof TypeError && error.cause instanceof RangeError);
  assert.strictEqual(error.message, 'no');
  assert.strictEqual(error.code, 'E_OWN');
  assert.match(error.stack, /^TypeError: no\n {4}at \[worker eval\]:1:/);
}

async function rejects() {
  const { code, errors } = await run('Promise.reject(new Error("late"))');
  assert.strictEqual(code, 1);
  assert.strictEqual(errors[0].message, 'late');
}

async function exits() {
  const listening = `${say} process.on("exit", (code) => say(["exit", code]));`;
  assert.deepStrictEqual(await run(`${listening} process.exit(5); say("after")`), { code: 5, errors: [], messages: [['exit', 5]] });
  assert.deepStrictEqual(await run(`${listening} process.exitCode = 6`), { code: 6, errors: [], messages: [['exit', 6]] });
  // Nothing runs after the call: no finally, no microtask, no caller.
  const { messages } = await run(`${say} Promise.resolve().then(() => say("microtask"));
    try { [1].map(() => process.exit(7)); } catch { say("catch") } finally { say("finally") } say("after")`);
  assert.deepStrictEqual(messages, []);
}

async function terminated() {
  const loops = ['for (;;);', 'try { for (;;); } catch { say("catch") } finally { say("finally") }',
    'const again = () => Promise.resolve().then(again); again();', 'for (;;) JSON.parse("[1]");',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); say("woken")', 'setInterval(() => {}, 1e6)',
    'require("vm").runInThisContext("for (;;);", { timeout: 1e6 })'];
  const ends = await Promise.all(loops.map((loop) => run(`${say} say("here"); setImmediate(() => { ${loop} })`, {}, 'here')));
  for (const end of ends) assert.deepStrictEqual(end, { code: 1, errors: [], messages: ['here'] });
}

async function outgrows() {
  const grow = 'const all = []; for (;;) all.push(new Array(100).fill(all.length))';
  const { code, errors } = await run(grow, { resourceLimits: { maxOldGenerationSizeMb: 24 } });
  assert.strictEqual(code, 1);
  assert.strictEqual(errors[0].code, 'ERR_WORKER_OUT_OF_MEMORY');
}

async function overflows() {
  for (const stackSizeMb of [1, 8]) {
    const { code, errors } = await run('(function f() { f(); })()', { resourceLimits: { stackSizeMb } });
    assert.strictEqual(code, 1);
    assert.ok(errors[0] instanceof RangeError);
    assert.strictEqual(errors[0].message, 'Maximum call stack size exceeded');
  }
}

async function uncloneable() {
  const { code, errors } = await run(`${say} say(() => {})`);
  assert.strictEqual(code, 1);
  assert.strictEqual(errors[0].name, 'DataCloneError');
  const worker = new Worker('require("worker_threads").parentPort.once("message", () => {})', { eval: true });
  assert.throws(() => worker.postMessage(Symbol('no')), { name: 'DataCloneError', code: 25 });
  assert.throws(() => new Worker('', { eval: true, workerData: { f() {} } }), { name: 'DataCloneError' });
  worker.postMessage('still there');
  await new Promise((resolve) => worker.once('exit', resolve));
}

(async () => {
  for (const test of [throws, rejects, exits, terminated, outgrows, overflows, uncloneable]) await test();
  done = true;
})();
let done = false;
process.on('exit', () => assert.ok(done));
