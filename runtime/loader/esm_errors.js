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

const COMMONJS_NAMES = ['__dirname', '__filename', 'exports', 'module', 'require'];

// A name that nothing declares, in the words that programs know; those of CommonJS get an explanation.
function explainReference(error, record) {
  const match = /^Can't find variable: (\S+)$/.exec(error.message);
  if (match === null) return;
  const name = match[1];
  let text = `${name} is not defined`;
  if (COMMONJS_NAMES.includes(name)) {
    text += ' in ES module scope' + (name === 'require' ? ', you can use import instead' : '');
    text += typeHint(record.url);
  }
  error.message = text;
}

function typeHint(url) {
  const file = url.startsWith('file:') ? require('runtime/loader/urls').toPath(url) : '';
  if (!file.endsWith('.js')) return '';
  const scope = require('runtime/loader/manifests').scopeOf(file);
  if (scope === null || scope.type !== 'module') return '';
  return `\nThis file is being treated as an ES module because it has a '.js' file extension and '${scope.file}' contains ` +
    '"type": "module". To treat it as a CommonJS script, rename it to use the \'.cjs\' file extension.';
}

module.exports = { syntaxErrorAt, fromParser, explainReference };
