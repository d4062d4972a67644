// SPDX-License-Identifier: MIT
//
// path.matchesGlob(): a path against a pattern of fs.glob()'s language. Idea: both are lists of names, in which a
// leading '/' is an empty name and a leading './' is '.'; only the latest '**' ever has to take back its choice,
// so matching takes time in proportion to path times pattern. No state.
'use strict';

const { rejectPath } = require('path/segments');

// The names of a path; 'a/..' cancels out.
function namesOf(path) {
  const names = [];
  const parts = path.split('/');
  for (let i = 0; i < parts.length; i++) {
    const name = parts[i];
    if (i > 0 && (name === '.' || (name === '' && i < parts.length - 1))) continue;
    const last = names.at(-1);
    if (name === '..' && last !== undefined && last !== '' && last !== '.' && last !== '..') names.pop();
    else names.push(name);
  }
  if (names.length > 1 && names.at(-1) === '') names.pop();
  return names;
}

function segmentsOf({ segments, absolute, dotSlash }) {
  if (absolute) return ['', ...segments];
  return dotSlash ? ['.', ...segments] : segments;
}

function mayHide(name) {
  return name !== '.' && name !== '..' && !name.startsWith('.');
}

function matchNames(names, segments) {
  const { GLOBSTAR, matchesName } = require('fs/pattern');
  let at = 0;
  let segment = 0;
  let starSegment = -1; // the latest '**', and the first name after those it has taken
  let starAt = 0;
  while (at < names.length) {
    if (segment < segments.length && segments[segment] === GLOBSTAR) {
      starSegment = segment++;
      starAt = at;
      // A '**' at the end stands for at least one name.
      if (segment === segments.length) return names.slice(at).every(mayHide);
    } else if (segment < segments.length && names[at] !== '..' && matchesName(segments[segment], names[at]) ||
               segments[segment] === names[at]) {
      segment++;
      at++;
    } else if (starSegment >= 0 && mayHide(names[starAt])) {
      at = ++starAt;
      segment = starSegment + 1;
    } else {
      return false;
    }
  }
  return segment === segments.length;
}

function matches(path, pattern, windows) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (typeof pattern !== 'string') rejectPath(pattern, 'pattern');
  if (windows) path = path.replaceAll('\\', '/');
  const { compile, withoutParents } = require('fs/pattern');
  const names = namesOf(path);
  // '\' never escapes here, on any platform.
  for (const compiled of compile(pattern.replaceAll('\\', '/'))) {
    if (compiled.directory && !path.endsWith('/')) continue;
    if (matchNames(names, segmentsOf(withoutParents(compiled)))) return true;
  }
  return false;
}

module.exports = { matches };
