// SPDX-License-Identifier: MIT
//
// 'keypress': characters, control and meta keys, and the escape sequences of several terminals, also in pieces.
'use strict';

const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

const stream = new PassThrough();
readline.emitKeypressEvents(stream);
const keys = [];
stream.on('keypress', (text, key) => {
  const modifiers = [key.ctrl && 'C', key.meta && 'M', key.shift && 'S'].filter(Boolean).join('');
  keys.push(`${modifiers}${modifiers && '-'}${key.name ?? text}`);
});

function check(text, ...expected) {
  keys.length = 0;
  stream.write(text);
  assert.deepStrictEqual(keys, expected, JSON.stringify(text));
}

check('aB1.\u00fc\u{1f415}', 'a', 'S-b', '1', '.', '\u00fc', '\u{1f415}');
check('\r\n\t \x7f\b\x01\x1a', 'return', 'enter', 'tab', 'space', 'backspace', 'backspace', 'C-a', 'C-z');
check('\x1bx\x1bX\x1b\r\x1b\x1b ', 'M-x', 'MS-x', 'M-return', 'M-space');
check('\x1b[A\x1bOB\x1b[1;5C\x1b[2D\x1b[Z', 'up', 'down', 'C-right', 'S-left', 'S-tab');
check('\x1b[3~\x1b[3;5~\x1b[3^\x1b[3$\x1b[24~\x1b[[B\x1bOP', 'delete', 'C-delete', 'C-delete', 'S-delete', 'f12', 'f2', 'f1');
check('\x1b[200~p\x1b[201~\x1b[31mz', 'paste-start', 'p', 'paste-end', 'undefined', 'z');
stream.write('\x1b');
stream.write('[');
check('H', 'home');
// Alone, the escape character is a key of its own after a while.
stream.write('\x1b');
assert.deepStrictEqual(keys, ['home']);
stream.once('keypress', (text, key) => {
  assert.deepStrictEqual(key, { sequence: '\x1b', name: 'escape', ctrl: false, meta: true, shift: false });
});
