// SPDX-License-Identifier: MIT
//
// Colours for regular expressions in util.inspect. Idea: one pass over the source; each token gets a colour from a
// small palette by its role, shifted by one for every group around it, so that nesting shows.

'use strict';

const DEFAULT_PALETTE = ['green', 'red', 'yellow', 'cyan', 'magenta'];

// Roles, as distances from the colour of the level.
const EDGE = 0; // slashes, \k< >
const BRACKET = 1; // groups, classes, braces, their kin; flags
const ATOM = 2;
const INNER = 3; // what stands inside a bracket that is inside a pattern: ranges, counts; the dot
const OPERATOR = 4;

class Painter {
  constructor(source, palette, colors) {
    this.source = source;
    this.palette = palette;
    this.colors = colors;
    this.at = 0;
    this.level = 0;
    this.out = '';
  }

  emit(text, role) {
    const name = this.palette[Math.max(0, this.level + role) % this.palette.length];
    const pair = this.colors[name];
    this.out += pair === undefined ? text : `\u001b[${pair[0]}m${text}\u001b[${pair[1]}m`;
    this.at += text.length;
  }

  // The text from here on, where it matches.
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    return found === null ? undefined : found;
  }

  // `shift`: one more inside a class.
  escape(shift) {
    const named = this.match(/\\[pPu]\{([^}]*)\}/y);
    if (named !== undefined) {
      this.emit(named[0].slice(0, 3), BRACKET + shift);
      if (named[1] !== '') this.emit(named[1], ATOM + shift);
      this.emit('}', BRACKET + shift);
      return;
    }
    const back = shift === 0 ? this.match(/\\k<([^>]*)>/y) : undefined;
    if (back !== undefined) {
      this.emit('\\k<', EDGE);
      this.emit(back[1], BRACKET);
      this.emit('>', EDGE);
      return;
    }
    const plain = this.match(/\\(?:x[0-9a-fA-F]{2}|[1-9]\d*|[pPu]\{|[^])/y);
    this.emit(plain === undefined ? '\\' : plain[0], ATOM);
  }

  group() {
    this.emit('(', BRACKET);
    const named = this.match(/\?<([^=!>][^>]*)>/y);
    if (named !== undefined) {
      this.emit('?<', BRACKET);
      this.emit(named[1], ATOM);
      this.emit('>', BRACKET);
    } else {
      const kind = this.match(/\?(?:<?[=!]|[a-z-]*:)/y);
      if (kind !== undefined) this.emit(kind[0], BRACKET);
    }
    this.level++;
  }

  classAtom() {
    if (this.source[this.at] === '\\') this.escape(1);
    else this.emit(this.source[this.at], ATOM);
  }

  class() {
    this.emit('[', BRACKET);
    if (this.source[this.at] === '^') this.emit('^', ATOM);
    while (this.at < this.source.length && this.source[this.at] !== ']') {
      this.classAtom();
      const next = this.source[this.at + 1];
      if (this.source[this.at] === '-' && next !== ']' && next !== undefined) {
        this.emit('-', INNER);
        this.classAtom();
      }
    }
    if (this.at < this.source.length) this.emit(']', BRACKET);
  }

  counts(found) {
    this.emit('{', BRACKET);
    for (const part of found[1].split(/(,)/)) {
      if (part !== '') this.emit(part, part === ',' ? ATOM : INNER);
    }
    this.emit('}', BRACKET);
  }

  pattern() {
    while (this.at < this.source.length) {
      const char = this.source[this.at];
      switch (char) {
        case '\\': this.escape(0); break;
        case '(': this.group(); break;
        case ')':
          this.level--;
          this.emit(')', BRACKET);
          break;
        case '[': this.class(); break;
        case '{': {
          const found = this.match(/\{(\d+(?:,\d*)?)\}/y);
          if (found === undefined) this.emit('{', ATOM);
          else this.counts(found);
          break;
        }
        case '.': this.emit('.', INNER); break;
        case '*': case '+': case '?': case '|': case '^': case '$': case ',':
          this.emit(char, OPERATOR);
          break;
        default: this.emit(char, ATOM);
      }
    }
  }
}

function highlight(text, palette, colors) {
  if (palette === undefined || palette === null || palette.length === 0) palette = DEFAULT_PALETTE;
  const end = text.lastIndexOf('/');
  const painter = new Painter(text.slice(1, end), palette, colors);
  painter.emit('/', EDGE);
  painter.at = 0;
  painter.pattern();
  painter.level = 0;
  painter.emit('/', EDGE);
  const flags = text.slice(end + 1);
  if (flags !== '') painter.emit(flags, BRACKET);
  return painter.out;
}

module.exports = { highlight };
