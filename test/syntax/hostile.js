// SPDX-License-Identifier: MIT
//
// Texts made to hurt a parser: nesting ends in an error, flat chains of any length are parsed, whatever is cut off or no UTF-8 is refused.
'use strict';

const assert = require('assert');
const { parseTexts } = require('../helpers/syntax');

const DEEP = 100000;
const LONG = 200000;
const nested = (open, inner, close, n = DEEP) => open.repeat(n) + inner + close.repeat(n);

const deep = {
  brackets: nested('[', '', ']'),
  parentheses: nested('(', 'a', ')'),
  blocks: nested('{', '', '}'),
  objects: `(${nested('{a:', '1', '}')})`,
  templates: nested('`${', 'a', '}`'),
  functions: nested('function f(){', '', '}'),
  arrows: nested('()=>{', '', '}'),
  'arrow bodies': nested('a=>', 'a', ''),
  'arrow parameters': nested('(a=', '1', ')=>1'),
  operators: nested('!', 'a', ''),
  new: nested('new ', 'a', ''),
  calls: nested('f(', '', ')'),
  classes: nested('class A{m(){', '', '}}'),
  heritage: `(${nested('class extends ', 'a', '{}')})`,
  'computed names': nested('({[', 'a', ']:1})'),
  patterns: `var ${nested('[', 'a', ']')}=1`,
  assignments: nested('a=', '1', ''),
  powers: nested('a**', 'a', ''),
  conditionals: nested('a?', 'b', ':c'),
  if: nested('if(a)', ';', ''),
  loops: nested('for(;;)', ';', ''),
  try: nested('try{', '', '}catch{}'),
  labels: Array.from({ length: DEEP }, (_, i) => `l${i}:`).join('') + ';',
  evals: nested('eval(', '', ')'),
  imports: nested('import(', '1', ')'),
};

const flat = {
  sum: 'a+'.repeat(LONG) + 'a',
  strings: "'a'+".repeat(LONG) + "'b'",
  comma: 'a,'.repeat(LONG) + 'a',
  members: 'a' + '.b'.repeat(LONG),
  'chained calls': 'a' + '()'.repeat(LONG),
  'optional chain': 'a' + '?.b'.repeat(LONG),
  conditionals: 'a?b:'.repeat(LONG) + 'c',
  'else if': 'if(a){}' + 'else if(a){}'.repeat(DEEP),
  mixed: 'a||b&&'.repeat(LONG) + 'a',
  array: `[${'1,'.repeat(LONG)}]`,
  names: 'var ' + Array.from({ length: LONG }, (_, i) => `a${i}`).join(),
  'names in blocks': nested('{', 'var ' + Array.from({ length: LONG }, (_, i) => `a${i}`).join(), '}', 500),
  evals: 'eval(a);'.repeat(LONG),
};

const broken = {
  string: "'abc", escape: "'abc\\", template: '`abc${', 'in a template': '`abc${a', 'regular expression': '/abc', class: '/[', comment: '/*',
  'escaped name': '\\u', 'escape in a string': '"\\u{', number: '0x', exponent: '1e', private: '#', body: 'class A {', NUL: 'a\0b',
  'no UTF-8': Buffer.from([0x61, 0xff, 0xfe]), 'cut off': Buffer.from('a\xe2\x80', 'latin1'), surrogates: Buffer.from([0x61, 0xed, 0xa0, 0x80]),
};

function check(texts, goals, right) {
  for (const goal of goals) {
    const answers = parseTexts(Object.values(texts).map((text) => [goal, text]), ['--cjs', '--code']);
    Object.keys(texts).forEach((name, i) => assert.ok(right(answers[i].error), `${name}, ${goal}: ${answers[i].error}`));
  }
}

check(deep, ['commonjs'], (error) => error === 'The program is nested too deeply');
check(flat, ['commonjs', 'module'], (error) => error === undefined);
check(broken, ['script', 'module'], (error) => error !== undefined);
