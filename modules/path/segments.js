// SPDX-License-Identifier: MIT
//
// What path.posix and path.win32 have in common: argument checks, removal of dot segments, format().
// Idea: a path is a root that each flavour recognises itself plus a list of names, which is the same work for
// both. Pure functions over strings, no state.
'use strict';

function rejectPath(value, name) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE(name, 'string', value);
}

// Drops empty and '.' names and lets '..' eat the name before it. Where nothing is left to eat, '..' stays
// when the path is relative (`keepAbove`) and vanishes at a root.
function collapse(names, keepAbove, separator) {
  const kept = [];
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === '' || name === '.') continue;
    if (name !== '..') {
      kept.push(name);
    } else if (kept.length > 0 && kept[kept.length - 1] !== '..') {
      kept.pop();
    } else if (keepAbove) {
      kept.push(name);
    }
  }
  return kept.join(separator);
}

function formatWith(separator, parts) {
  require('internal/validators').validateObject(parts, 'pathObject');
  const root = parts.root;
  const dir = parts.dir || root;
  let base = parts.base;
  if (!base) {
    const ext = parts.ext;
    base = parts.name || '';
    if (ext) base += ext[0] === '.' ? ext : '.' + ext;
  }
  if (!dir) return base;
  return dir === root ? dir + base : dir + separator + base;
}

// Where the extension of a file name starts, or -1: a dot that neither opens the name nor belongs to '..'.
function extensionStart(base) {
  const dot = base.lastIndexOf('.');
  if (dot <= 0 || base === '..') return -1;
  return dot;
}

// The name without `suffix`, unless the suffix is the whole name.
function withoutSuffix(base, suffix) {
  if (suffix.length > 0 && base !== suffix && base.endsWith(suffix)) {
    return base.slice(0, base.length - suffix.length);
  }
  return base;
}

module.exports = { rejectPath, collapse, formatWith, extensionStart, withoutSuffix };
