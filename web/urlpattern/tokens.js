// SPDX-License-Identifier: MIT
//
// URLPattern's tokenizer. Idea: one pass over the code points; in lenient mode what is no token becomes an
// 'invalid-char', so that a constructor string can be split before its parts are judged. No state.
'use strict';

const NAME_START = /^[\p{ID_Start}$_]$/u;
const NAME_PART = /^[\p{ID_Continue}$\u200c\u200d]$/u;

function isNameStart(char) {
  return NAME_START.test(char);
}

function isNamePart(char) {
  return NAME_PART.test(char);
}

class Tokenizer {
  constructor(input, lenient) {
    this.input = input;
    this.lenient = lenient;
    this.tokens = [];
    this.index = 0; // where the current token starts
  }

  charAt(position) {
    return String.fromCodePoint(this.input.codePointAt(position));
  }

  add(type, end, valueStart, valueEnd = end) {
    this.tokens.push({ type, index: this.index, value: this.input.slice(valueStart, valueEnd) });
    this.index = end;
  }

  fail(end, valueStart) {
    if (!this.lenient) throw new TypeError('Invalid pattern');
    this.add('invalid-char', end, valueStart);
  }

  run() {
    const { input } = this;
    while (this.index < input.length) {
      const char = this.charAt(this.index);
      const next = this.index + char.length;
      switch (char) {
        case '*': this.add('asterisk', next, this.index); break;
        case '+': case '?': this.add('other-modifier', next, this.index); break;
        case '{': this.add('open', next, this.index); break;
        case '}': this.add('close', next, this.index); break;
        case '\\': this.escaped(next); break;
        case ':': this.name(next); break;
        case '(': this.regexp(next); break;
        default: this.add('char', next, this.index);
      }
    }
    this.add('end', this.index, this.index);
    return this.tokens;
  }

  escaped(next) {
    if (next >= this.input.length) this.fail(next, this.index);
    else this.add('escaped-char', next + this.charAt(next).length, next);
  }

  name(start) {
    let end = start;
    while (end < this.input.length) {
      const char = this.charAt(end);
      if (!(end === start ? isNameStart(char) : isNamePart(char))) break;
      end += char.length;
    }
    if (end === start) this.fail(start, this.index);
    else this.add('name', end, start);
  }

  regexp(start) {
    const end = this.regexpEnd(start);
    if (end < 0 || end - start <= 1) this.fail(start, this.index);
    else this.add('regexp', end, start, end - 1);
  }

  // The index after the ')' that closes the group, or -1: only ASCII, only non-capturing groups inside.
  regexpEnd(start) {
    const { input } = this;
    let depth = 1;
    for (let at = start; at < input.length; at++) {
      const char = input[at];
      if (char > '\x7f' || (at === start && char === '?')) return -1;
      if (char === '\\') {
        if (at === input.length - 1 || input[++at] > '\x7f') return -1;
      } else if (char === ')') {
        if (--depth === 0) return at + 1;
      } else if (char === '(') {
        depth++;
        if (at === input.length - 1 || input[at + 1] !== '?') return -1;
      }
    }
    return -1;
  }
}

function tokenize(input, lenient) {
  return new Tokenizer(input, lenient).run();
}

module.exports = { tokenize, isNamePart };
