// SPDX-License-Identifier: MIT
//
// question(): answers by callback, by promisify and by promise; one at a time; called off by a signal, Ctrl+C and close().
'use strict';

const assert = require('assert');
const readline = require('readline');
const promises = require('readline/promises');
const { promisify } = require('util');
const { PassThrough } = require('stream');

process.env.TERM = 'xterm';
const make = (module, terminal) => {
  const input = new PassThrough();
  const output = new PassThrough();
  return { input, output, rl: module.createInterface({ input, output, terminal }) };
};

async function main() {
  for (const terminal of [true, false]) {
    const { input, output, rl } = make(readline, terminal);
    const answers = [];
    rl.question('name? ', (answer) => answers.push(answer));
    rl.question('ignored? ', () => assert.fail('two questions at once'));
    assert.ok(output.read().toString().includes('name? '));
    input.write('Ada\n');
    answers.push(await new Promise((resolve) => {
      promisify(rl.question).call(rl, 'more? ').then(resolve);
      input.write('yes\n');
    }));
    assert.deepStrictEqual(answers, ['Ada', 'yes']);
    assert.strictEqual(rl.getPrompt(), '> ');
    const controller = new AbortController();
    rl.question('late? ', { signal: controller.signal }, () => assert.fail('called off'));
    controller.abort();
    rl.once('line', (line) => assert.strictEqual(line, 'a line'));
    input.write('a line\n');
    rl.close();
    assert.throws(() => rl.question('again? ', () => {}), { code: 'ERR_USE_AFTER_CLOSE' });
  }
  const { input, rl } = make(promises, true);
  const first = rl.question('first? ');
  input.write('1\n');
  assert.strictEqual(await first, '1');
  await assert.rejects(rl.question('?', { signal: AbortSignal.abort('why') }), { name: 'AbortError', cause: 'why' });
  const controller = new AbortController();
  const aborted = rl.question('?', { signal: controller.signal });
  controller.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  const left = rl.question('?');
  input.write('\x03');
  await assert.rejects(left, { name: 'AbortError', message: 'Aborted with Ctrl+C' });
  await assert.rejects(rl.question('?'), { code: 'ERR_USE_AFTER_CLOSE' });
  rl[Symbol.dispose]();
}
main();
