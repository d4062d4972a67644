// SPDX-License-Identifier: MIT
//
// Glob patterns: `*` `?` `[set]` `{a,b}` `{1..3}` `@(a|b)` `?(..)` `*(..)` `+(..)` `!(..)` and `**`.
//
// Idea: braces expand to several patterns; a pattern is a list of path segments, each of them plain text, a
// regular expression, or GLOBSTAR. Nothing here touches the disk.
'use strict';

const GLOBSTAR = Symbol('**');

// ---- Braces ----

// The index of the brace that closes the one at `open`, and of the commas between them; null where it is plain text.
function findBrace(text, open) {
  const commas = [];
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '{') depth++;
    else if (c === ',' && depth === 1) commas.push(i);
    else if (c === '}' && --depth === 0) return { close: i, commas };
  }
  return null;
}

const RANGE = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/;
const MAX_RANGE = 10000;

function expandRange(body) {
  const match = RANGE.exec(body);
  if (match === null) return null;
  const letters = match[1] === undefined;
  const from = letters ? match[3].charCodeAt(0) : +match[1];
  const to = letters ? match[4].charCodeAt(0) : +match[2];
  const step = Math.abs(+(match[5] ?? 1)) || 1;
  const width = !letters && /^-?0\d|^-?0$/.test(match[1]) && match[1].length > 1 ? match[1].length : 0;
  const out = [];
  for (let n = from; (from <= to ? n <= to : n >= to) && out.length < MAX_RANGE; n += from <= to ? step : -step) {
    out.push(letters ? String.fromCharCode(n) : String(n).padStart(width, '0'));
  }
  return out;
}

function choices(text, open, { close, commas }) {
  if (commas.length === 0) return expandRange(text.slice(open + 1, close));
  const out = [];
  let from = open + 1;
  for (const at of [...commas, close]) {
    out.push(text.slice(from, at));
    from = at + 1;
  }
  return out;
}

function expandBraces(text) {
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    if (open > 0 && text[open - 1] === '\\') continue;
    const brace = findBrace(text, open);
    const list = brace && choices(text, open, brace);
    if (!list) continue;
    const head = text.slice(0, open);
    const tail = text.slice(brace.close + 1);
    return list.flatMap((one) => expandBraces(head + one + tail));
  }
  return [text];
}

// ---- One segment ----

const CLASSES = {
  __proto__: null,
  alnum: '\\p{L}\\p{Nl}\\p{Nd}', alpha: '\\p{L}\\p{Nl}', ascii: '\\x00-\\x7f', blank: '\\p{Zs}\\t',
  cntrl: '\\p{Cc}', digit: '\\p{Nd}', graph: '\\p{L}\\p{N}\\p{P}\\p{S}', lower: '\\p{Ll}',
  print: '\\p{L}\\p{N}\\p{P}\\p{S}\\p{Zs}', punct: '\\p{P}', space: '\\s', upper: '\\p{Lu}',
  word: '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}', xdigit: 'A-Fa-f0-9',
};
const MAGIC = /[*?[\]\\()]/;

function quote(c) {
  return /[\\^$.*+?()[\]{}|/-]/.test(c) ? `\\${c}` : c;
}

// [set] at text[at]: { source, end }; null where it is not closed.
function readSet(text, at) {
  let i = at + 1;
  let negated = false;
  if (text[i] === '!' || text[i] === '^') {
    negated = true;
    i++;
  }
  let source = '';
  for (let first = true; i < text.length; first = false) {
    const c = text[i];
    if (c === ']' && !first) return { source: negated ? `[^${source}/]` : `[${source}]`, end: i + 1 };
    const named = c === '[' && /^\[:(\w+):\]/.exec(text.slice(i));
    if (named && CLASSES[named[1]]) {
      source += CLASSES[named[1]];
      i += named[0].length;
    } else if (c === '-' && !first && text[i + 1] !== ']') {
      source += '-';
      i++;
    } else {
      if (c === '\\' && i + 1 < text.length) i++;
      source += quote(text[i]);
      i++;
    }
  }
  return null;
}

// The index after the parenthesis that closes the one at `open`, and the alternatives; null where there is none.
function readGroup(text, open) {
  const parts = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') {
      i++;
    } else if (c === '(') {
      depth++;
    } else if (c === '|' && depth === 1) {
      parts.push(text.slice(from, i));
      from = i + 1;
    } else if (c === ')' && --depth === 0) {
      parts.push(text.slice(from, i));
      return { parts, end: i + 1 };
    }
  }
  return null;
}

const SUFFIX = { '__proto__': null, '@': '', '?': '?', '*': '*', '+': '+' };

// The regular expression's source for a (part of a) segment. `rest` follows it, which !(...) has to know.
function toSource(text) {
  let source = '';
  for (let i = 0; i < text.length;) {
    const c = text[i];
    if (text[i + 1] === '(' && '@?*+!'.includes(c)) {
      const group = readGroup(text, i + 1);
      if (group !== null) {
        const inner = group.parts.map(toSource).join('|');
        if (c === '!') {
          const rest = toSource(text.slice(group.end));
          return `${source}(?!(?:${inner})${rest}$)[^/]*?${rest}`;
        }
        source += `(?:${inner})${SUFFIX[c]}`;
        i = group.end;
        continue;
      }
    }
    if (c === '*') {
      while (text[i + 1] === '*') i++;
      source += '[^/]*?';
    } else if (c === '?') {
      source += '[^/]';
    } else if (c === '[') {
      const set = readSet(text, i);
      if (set !== null) {
        source += set.source;
        i = set.end;
        continue;
      }
      source += '\\[';
    } else {
      if (c === '\\' && i + 1 < text.length) i++;
      source += quote(text[i]);
    }
    i++;
  }
  return source;
}

// Wildcards do not match a leading dot unless the pattern writes it (or `dot` is set).
function toSegment(text, dot, nocase) {
  if (text === '**') return GLOBSTAR;
  if (!MAGIC.test(text) && !nocase) return text;
  const guard = dot ? '(?!\\.{1,2}$)' : text[0] === '.' ? '' : '(?!\\.)';
  const lone = text[0] === '.' ? '' : '(?=.)';
  return new RegExp(`^${lone}${guard}(?:${toSource(text)})$`, nocase ? 'iu' : 'u');
}

// ---- Whole patterns ----

// { segments, absolute, dotSlash, directory }: one per brace expansion.
function compile(pattern, { dot = false, nocase = false } = {}) {
  return expandBraces(pattern).map((text) => {
    const parts = text.split('/');
    const segments = [];
    for (const part of parts) {
      if (part === '' || part === '.') continue;
      const segment = toSegment(part, dot, nocase);
      if (segment === GLOBSTAR && segments.at(-1) === GLOBSTAR) continue;
      segments.push(segment);
    }
    return {
      segments,
      absolute: text.startsWith('/'),
      dotSlash: parts[0] === '.' && parts.length > 1,
      directory: text.endsWith('/') && segments.length > 0,
      dot,
    };
  });
}

function matchesName(segment, name) {
  return typeof segment === 'string' ? segment === name : segment.test(name);
}

function matchFrom(names, i, compiled, j) {
  const { segments, dot } = compiled;
  for (; j < segments.length; i++, j++) {
    if (segments[j] === GLOBSTAR) {
      for (let k = i; k <= names.length; k++) {
        if (matchFrom(names, k, compiled, j + 1)) return true;
        const name = names[k];
        if (name === undefined || name === '..' || name === '.' || (!dot && name.startsWith('.'))) return false;
      }
      return false;
    }
    if (i >= names.length || !matchesName(segments[j], names[i])) return false;
  }
  return i === names.length;
}

// Resolves `x/..` in a pattern, as far as that does not depend on the disk.
function withoutParents(compiled) {
  const segments = [];
  for (const segment of compiled.segments) {
    const last = segments.at(-1);
    if (segment === '..' && last !== undefined && last !== '..' && last !== GLOBSTAR) segments.pop();
    else segments.push(segment);
  }
  return { ...compiled, segments };
}

// Whether path (with '/' between its parts) matches a compiled pattern.
function matches(path, compiled) {
  if (path.startsWith('/') !== compiled.absolute) return false;
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (compiled.directory && !path.endsWith('/')) return false;
  return matchFrom(names, 0, compiled, 0);
}

function matchGlob(path, pattern, options) {
  return compile(pattern, options).some((compiled) => matches(path, withoutParents(compiled)));
}

module.exports = { GLOBSTAR, compile, matchGlob, matches, matchesName, withoutParents };
