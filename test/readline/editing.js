// SPDX-License-Identifier: MIT
//
// The keys that edit a line: moves, deletions by character, word and line, yank, undo and redo, with wide characters.
'use strict';

const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

process.env.TERM = 'xterm';

function edit(text, ...keys) {
  const rl = readline.createInterface({ input: new PassThrough(), output: new PassThrough().resume(), terminal: true, prompt: '' });
  rl.write(text);
  for (const key of keys) {
    const [, modifiers, name] = /^(?:([CMS]+)-)?(.+)$/.exec(key);
    const has = (letter) => (modifiers ?? '').includes(letter);
    rl.write(null, { name, ctrl: has('C'), meta: has('M'), shift: has('S'), sequence: { undo: '\x1f', redo: '\x1e' }[name] });
  }
  const result = `${rl.line.slice(0, rl.cursor)}|${rl.line.slice(rl.cursor)}`;
  rl.close();
  return result;
}

const text = 'the quick.brown fox';
assert.strictEqual(edit(text, 'C-a', 'C-f', 'right', 'left'), 't|he quick.brown fox');
assert.strictEqual(edit(text, 'home', 'end', 'C-b'), 'the quick.brown fo|x');
assert.strictEqual(edit(text, 'M-b', 'C-left', 'C-left'), 'the quick|.brown fox');
assert.strictEqual(edit(text, 'home', 'M-f', 'C-right'), 'the quick|.brown fox');
assert.strictEqual(edit(text, 'backspace', 'C-h'), 'the quick.brown f|');
assert.strictEqual(edit(text, 'home', 'delete', 'C-d'), '|e quick.brown fox');
assert.strictEqual(edit(text, 'C-w', 'M-backspace'), 'the quick.|');
assert.strictEqual(edit(text, 'home', 'M-d', 'C-delete'), '|.brown fox');
assert.strictEqual(edit(text, 'M-b', 'C-k'), 'the quick.brown |');
assert.strictEqual(edit(text, 'M-b', 'C-u'), '|fox');
assert.strictEqual(edit(text, 'M-b', 'C-k', 'C-a', 'C-y'), 'fox|the quick.brown ');
assert.strictEqual(edit(text, 'M-b', 'C-k', 'C-u', 'C-y', 'M-y'), 'fox|');
assert.strictEqual(edit(text, 'C-w', 'C-w', 'undo'), 'the quick.brown |');
assert.strictEqual(edit(text, 'C-w', 'undo', 'redo'), 'the quick.brown |');
assert.strictEqual(edit('a\u{1f415}b', 'left', 'left'), 'a|\u{1f415}b');
assert.strictEqual(edit('a\u{1f415}', 'backspace'), 'a|');

// Where the cursor is on the screen: rows wrap, wide characters take two columns.
const output = Object.assign(new PassThrough().resume(), { columns: 10 });
const rl = readline.createInterface({ input: new PassThrough(), output, terminal: true, prompt: '> ' });
rl.write('twelve chars');
assert.deepStrictEqual(rl.getCursorPos(), { rows: 1, cols: 4 });
rl.write(null, { ctrl: true, name: 'u' });
rl.write('\u3042\u3044');
assert.deepStrictEqual(rl.getCursorPos(), { rows: 0, cols: 6 });
rl.close();
