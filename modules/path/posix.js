// SPDX-License-Identifier: MIT
//
// path.posix: paths separated by '/'. Idea: most paths are clean already, so normalize() looks before it
// rebuilds. Pure functions, except resolve() and relative(), which ask for the working directory.
'use strict';

const { rejectPath, collapse, formatWith, extensionStart, withoutSuffix } = require('path/segments');

const SLASH = 47;
const DOT = 46;

// True when the text holds no empty, '.' or '..' name before its last character (a trailing slash is fine).
function isClean(text) {
  let dots = 0; // leading dots of the name so far; -1 once it has another character
  let previous = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SLASH) {
      if (previous === SLASH || dots === 1 || dots === 2) return false;
      dots = 0;
    } else if (code === DOT) {
      if (dots >= 0) dots++;
    } else {
      dots = -1;
    }
    previous = code;
  }
  return dots !== 1 && dots !== 2;
}

function normalize(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (path.length === 0) return '.';
  if (isClean(path)) return path;
  const absolute = path.charCodeAt(0) === SLASH;
  const trailing = path.charCodeAt(path.length - 1) === SLASH;
  let text = collapse(path.split('/'), !absolute, '/');
  if (text === '') {
    if (absolute) return '/';
    return trailing ? './' : '.';
  }
  if (trailing) text += '/';
  return absolute ? '/' + text : text;
}

function join(...parts) {
  let joined = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part !== 'string') rejectPath(part, 'path');
    if (part.length === 0) continue;
    joined = joined === '' ? part : joined + '/' + part;
  }
  return joined === '' ? '.' : normalize(joined);
}

function resolve(...parts) {
  let path = '';
  let absolute = false;
  for (let i = parts.length - 1; i >= 0 && !absolute; i--) {
    const part = parts[i];
    if (typeof part !== 'string') rejectPath(part, `paths[${i}]`);
    if (part.length === 0) continue;
    path = path === '' ? part : part + '/' + path;
    absolute = part.charCodeAt(0) === SLASH;
  }
  if (!absolute) {
    const cwd = process.cwd();
    path = path === '' ? cwd : cwd + '/' + path;
    absolute = path.charCodeAt(0) === SLASH;
  }
  if (path === '') return '.'; // there was no working directory
  if (isClean(path)) {
    return path.length > 1 && path.charCodeAt(path.length - 1) === SLASH ? path.slice(0, -1) : path;
  }
  const text = collapse(path.split('/'), !absolute, '/');
  if (absolute) return '/' + text;
  return text === '' ? '.' : text;
}

function isAbsolute(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  return path.length > 0 && path.charCodeAt(0) === SLASH;
}

function relative(from, to) {
  if (typeof from !== 'string') rejectPath(from, 'from');
  if (typeof to !== 'string') rejectPath(to, 'to');
  if (from === to) return '';
  from = resolve(from);
  to = resolve(to);
  if (from === to) return '';
  const source = from === '/' ? [] : from.slice(1).split('/');
  const target = to === '/' ? [] : to.slice(1).split('/');
  const limit = Math.min(source.length, target.length);
  let shared = 0;
  while (shared < limit && source[shared] === target[shared]) shared++;
  const steps = target.slice(shared);
  for (let up = source.length - shared; up > 0; up--) steps.unshift('..');
  return steps.join('/');
}

function toNamespacedPath(path) {
  return path;
}

// The index of the last character that is no trailing slash (0 for a path of slashes only).
function lastMeaningful(path) {
  let last = path.length - 1;
  while (last > 0 && path.charCodeAt(last) === SLASH) last--;
  return last;
}

function dirname(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (path.length === 0) return '.';
  const cut = path.lastIndexOf('/', lastMeaningful(path));
  const rooted = path.charCodeAt(0) === SLASH;
  if (cut <= 0) return rooted ? '/' : '.';
  if (cut === 1 && rooted) return '//';
  return path.slice(0, cut);
}

function lastName(path) {
  const last = lastMeaningful(path);
  return path.slice(path.lastIndexOf('/', last) + 1, last + 1);
}

function basename(path, suffix) {
  if (suffix !== undefined && typeof suffix !== 'string') rejectPath(suffix, 'suffix');
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (suffix === undefined) return lastName(path);
  if (path === suffix) return '';
  const base = lastName(path);
  if (base === '' && suffix !== '' && suffix.length <= path.length) return path; // nothing but slashes
  return withoutSuffix(base, suffix);
}

function extname(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  const base = lastName(path);
  const dot = extensionStart(base);
  return dot < 0 ? '' : base.slice(dot);
}

function format(parts) {
  return formatWith('/', parts);
}

function parse(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  const root = path.length > 0 && path.charCodeAt(0) === SLASH ? '/' : '';
  const last = lastMeaningful(path);
  const cut = path.lastIndexOf('/', last);
  const base = path.slice(cut + 1, last + 1);
  const dot = cut === 0 && base === '..' ? 1 : extensionStart(base); // Node reads '/..' as '.' with the extension '.'
  return {
    root,
    dir: cut > 0 ? path.slice(0, cut) : root,
    base,
    ext: dot < 0 ? '' : base.slice(dot),
    name: dot < 0 ? base : base.slice(0, dot),
  };
}

function matchesGlob(path, pattern) {
  return require('path/glob').matches(path, pattern, false);
}

module.exports = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format,
  parse,
  matchesGlob,
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
  _makeLong: toNamespacedPath,
};
module.exports.posix = module.exports;
Object.defineProperty(module.exports, 'win32', {
  configurable: true,
  enumerable: true,
  get() {
    const value = require('path/win32');
    Object.defineProperty(module.exports, 'win32', {
      value, configurable: true, enumerable: true, writable: true });
    return value;
  },
  set(value) {
    Object.defineProperty(module.exports, 'win32', {
      value, configurable: true, enumerable: true, writable: true });
  },
});
