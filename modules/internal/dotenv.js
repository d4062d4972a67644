// SPDX-License-Identifier: MIT
//
// The .env format: NAME=value lines, quotes of three kinds, comments, `export` prefixes.
'use strict';

// One assignment at a time; a quoted value may span lines.
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([^\s=#]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|'([^']*)'|`([^`]*)`|([^\r\n#]*))/gm;

exports.parse = function(text) {
  const result = {};
  for (const match of text.replaceAll('\r\n', '\n').matchAll(ASSIGNMENT)) {
    const [, name, double, single, backtick, bare] = match;
    if (double !== undefined) result[name] = double.replaceAll('\\n', '\n');
    else result[name] = single ?? backtick ?? bare.trim();
  }
  return result;
};
