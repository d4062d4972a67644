// SPDX-License-Identifier: MIT
//
// One component of a URLPattern: its pattern string becomes a list of parts, and the parts a regular expression
// and a normalised pattern string. A part is { type, value, modifier, name, prefix, suffix }, its type one of
// 'fixed', 'regexp', 'segment' (up to the delimiter) and 'full' (anything). No state.
'use strict';

const { tokenize, isNamePart } = require('web/urlpattern/tokens');

function escapeRegExp(text) {
  return text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
}

function escapePattern(text) {
  return text.replace(/[+*?:{}()\\]/g, '\\$&');
}

function segmentSource(options) {
  return options.delimiter === '' ? '.+?' : `[^${escapeRegExp(options.delimiter)}]+?`;
}

// ---- Pattern string to parts ----

class Parser {
  constructor(input, options, encode) {
    this.tokens = tokenize(input, false);
    this.options = options;
    this.encode = encode;
    this.segment = segmentSource(options);
    this.parts = [];
    this.index = 0;
    this.pending = '';
    this.nextName = 0;
  }

  take(type) {
    const token = this.tokens[this.index];
    if (token.type !== type) return null;
    this.index++;
    return token;
  }

  require(type) {
    if (this.take(type) === null) throw new TypeError('Invalid pattern');
  }

  takeMatcher(name) {
    return this.take('regexp') ?? (name === null ? this.take('asterisk') : null);
  }

  takeModifier() {
    return (this.take('other-modifier') ?? this.take('asterisk'))?.value ?? '';
  }

  takeText() {
    let text = '';
    for (let token; (token = this.take('char') ?? this.take('escaped-char')) !== null;) text += token.value;
    return text;
  }

  flush() {
    if (this.pending === '') return;
    const value = this.encode(this.pending);
    this.pending = '';
    this.parts.push({ type: 'fixed', value, modifier: '', name: '', prefix: '', suffix: '' });
  }

  add(prefix, name, matcher, suffix, modifier) {
    if (name === null && matcher === null && modifier === '') {
      this.pending += prefix;
      return;
    }
    this.flush();
    if (name === null && matcher === null) {
      if (prefix === '') return;
      this.parts.push({ type: 'fixed', value: this.encode(prefix), modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    let value = matcher === null ? this.segment : matcher.type === 'asterisk' ? '.*' : matcher.value;
    let type = 'regexp';
    if (value === this.segment) [type, value] = ['segment', ''];
    else if (value === '.*') [type, value] = ['full', ''];
    const key = name !== null ? name.value : `${this.nextName++}`;
    if (this.parts.some((part) => part.name === key)) throw new TypeError('Duplicate name in a pattern');
    this.parts.push({ type, value, modifier, name: key, prefix: this.encode(prefix), suffix: this.encode(suffix) });
  }

  run() {
    while (this.index < this.tokens.length) {
      if (!this.item()) {
        this.flush();
        this.require('end');
      }
    }
    return this.parts;
  }

  // A matcher with its prefix, a character, or a group; false at anything else.
  item() {
    const char = this.take('char');
    const name = this.take('name');
    const matcher = this.takeMatcher(name);
    if (name !== null || matcher !== null) {
      let prefix = char?.value ?? '';
      if (prefix !== '' && prefix !== this.options.prefix) {
        this.pending += prefix;
        prefix = '';
      }
      this.flush();
      this.add(prefix, name, matcher, '', this.takeModifier());
      return true;
    }
    const fixed = char ?? this.take('escaped-char');
    if (fixed !== null) {
      this.pending += fixed.value;
      return true;
    }
    return this.take('open') !== null && this.group();
  }

  group() {
    const prefix = this.takeText();
    const name = this.take('name');
    const matcher = this.takeMatcher(name);
    const suffix = this.takeText();
    this.require('close');
    this.add(prefix, name, matcher, suffix, this.takeModifier());
    return true;
  }
}

// ---- Parts to a regular expression ----

function partSource(part, segment) {
  const { type, modifier } = part;
  if (type === 'fixed') return modifier === '' ? escapeRegExp(part.value) : `(?:${escapeRegExp(part.value)})${modifier}`;
  const matcher = type === 'segment' ? segment : type === 'full' ? '.*' : part.value;
  const once = modifier === '' || modifier === '?';
  if (part.prefix === '' && part.suffix === '') {
    return once ? `(${matcher})${modifier}` : `((?:${matcher})${modifier})`;
  }
  const prefix = escapeRegExp(part.prefix);
  const suffix = escapeRegExp(part.suffix);
  if (once) return `(?:${prefix}(${matcher})${suffix})${modifier}`;
  const repeated = `(?:${prefix}((?:${matcher})(?:${suffix}${prefix}(?:${matcher}))*)${suffix})`;
  return modifier === '*' ? `${repeated}?` : repeated;
}

// ---- Parts to a pattern string ----

function isDigit(char) {
  return char >= '0' && char <= '9';
}

// Whether what follows would be read as part of this part's name.
function runsInto(part, next) {
  if (next === undefined || next.prefix !== '' || next.suffix !== '') return false;
  if (next.type !== 'fixed') return isDigit(next.name[0]);
  return next.value !== '' && isNamePart(String.fromCodePoint(next.value.codePointAt(0)));
}

function needsBraces(part, previous, next, options, custom) {
  if (part.suffix !== '' || (part.prefix !== '' && part.prefix !== options.prefix)) return true;
  if (custom && part.type === 'segment' && part.modifier === '' && runsInto(part, next)) return true;
  return part.prefix === '' && previous?.type === 'fixed' && options.prefix !== '' &&
    previous.value.endsWith(options.prefix);
}

function partPattern(part, previous, next, options) {
  if (part.type === 'fixed') {
    const text = escapePattern(part.value);
    return part.modifier === '' ? text : `{${text}}${part.modifier}`;
  }
  const custom = !isDigit(part.name[0]);
  const braces = needsBraces(part, previous, next, options, custom);
  let text = escapePattern(part.prefix);
  if (custom) text += `:${part.name}`;
  if (part.type === 'regexp') {
    text += `(${part.value})`;
  } else if (part.type === 'segment') {
    if (!custom) text += `(${segmentSource(options)})`;
  } else if (!custom && (previous === undefined || previous.type === 'fixed' || previous.modifier !== '' || braces ||
             part.prefix !== '')) {
    text += '*';
  } else {
    text += '(.*)';
  }
  if (part.type === 'segment' && custom && part.suffix !== '' &&
      isNamePart(String.fromCodePoint(part.suffix.codePointAt(0)))) {
    text += '\\';
  }
  text += escapePattern(part.suffix);
  return (braces ? `{${text}}` : text) + part.modifier;
}

// ---- A compiled component ----

class Component {
  constructor(input, encode, options) {
    const parts = new Parser(input, options, encode).run();
    const segment = segmentSource(options);
    const source = `^${parts.map((part) => partSource(part, segment)).join('')}$`;
    this.regexp = new RegExp(source, options.ignoreCase ? 'vi' : 'v');
    this.names = parts.filter((part) => part.type !== 'fixed').map((part) => part.name);
    this.pattern = parts.map((part, i) => partPattern(part, parts[i - 1], parts[i + 1], options)).join('');
    this.hasRegExp = parts.some((part) => part.type === 'regexp');
  }

  // { input, groups }, or null.
  match(input) {
    const found = this.regexp.exec(input);
    if (found === null) return null;
    const groups = {};
    this.names.forEach((name, i) => { groups[name] = found[i + 1]; });
    return { input, groups };
  }
}

module.exports = { Component, escapePattern };
