// SPDX-License-Identifier: MIT
//
// Syntax errors of the loader: they carry their place, which the report of an uncaught error shows.
'use strict';

function syntaxErrorAt(message, url, line, column, length) {
  const error = new SyntaxError(message);
  return require('internal/stack').setPlace(error, url, line, column, length);
}

// From what the parser answered.
function fromParser(result, url) {
  const { line, column, endColumn } = result;
  return syntaxErrorAt(result.error, url, line, column, endColumn > column ? endColumn - column : 1);
}

module.exports = { syntaxErrorAt, fromParser };
