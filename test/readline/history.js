// SPDX-License-Identifier: MIT
//
// The history: walked with the arrow keys, only through lines that begin like what is typed; limited; without duplicates on request.
'use strict';

const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

process.env.TERM = 'xterm';

function make(options) {
  const input = new PassThrough();
  const rl = readline.createInterface({ input, output: new PassThrough().resume(), terminal: true, ...options });
  const press = (name) => {
    rl.write(null, { name });
    return rl.line;
  };
  return { input, rl, press };
}

const { input, rl, press } = make({ historySize: 4, history: ['oldest'] });
let told;
rl.on('history', (history) => { told = [...history]; });
input.write('git add\ngit log\n  \nls\nls\ngit push\n');
assert.deepStrictEqual(rl.history, ['git push', 'ls', 'git log', 'git add']);
assert.deepStrictEqual(told, rl.history);
assert.deepStrictEqual([press('up'), press('up'), press('down'), press('down')], ['git push', 'ls', 'git push', '']);
input.write('git ');
assert.deepStrictEqual([press('up'), press('up'), press('up'), press('up')], ['git push', 'git log', 'git add', 'git ']);
rl.close();

const unique = make({ removeHistoryDuplicates: true });
unique.input.write('a\nb\na\n');
assert.deepStrictEqual(unique.rl.history, ['a', 'b']);
unique.rl.close();
const none = make({ historySize: 0 });
none.input.write('a\n');
assert.deepStrictEqual(none.rl.history, []);
none.rl.close();
assert.throws(() => make({ historySize: -1 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => make({ history: 'a' }), { code: 'ERR_INVALID_ARG_TYPE' });
