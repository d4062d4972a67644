// SPDX-License-Identifier: MIT
//
// Programs that are no file: -e, -p, and standard input.
'use strict';

const path = require('path');

function evaluate(source, name, print) {
  const options = require('internal/options');
  require('runtime/loader/cjs').Module._preloadModules(options.getOptionValue('--require'));
  const type = options.getOptionValue('--input-type');
  if (type !== '' && type !== undefined) return evaluateAs(type, source, name, print);
  const text = asScript(source, name);
  if (text !== undefined) return start(() => evaluateScript(text, source, name, print));
  evaluateModule(source, print);
}

function evaluateAs(type, source, name, print) {
  if (type.endsWith('-typescript')) source = require('runtime/loader/typescript').stripModule(source, name);
  if (type.startsWith('module')) return evaluateModule(source, print);
  const text = rewritten(source, name);
  start(() => evaluateScript(text, source, name, print));
}

function evaluateModule(source, print) {
  if (print) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_EVAL_ESM_CANNOT_PRINT();
  }
  require('runtime/loader/esm').evaluateText(source, 'eval');
}

function start(run) {
  if (require('internal/options').getOptionValue('--import').length === 0) return run();
  require('runtime/loader/esm').runAfterImports(run);
}

// ---- What a text is ----

function parse(source, name) {
  const { rewrite, SCRIPT } = require('runtime/loader/esm_source');
  return rewrite(source, SCRIPT, `${require('runtime/loader/urls').workingFolderURL()}${name}`, 0);
}

function rewritten(source, name) {
  const result = parse(source, name);
  if (result.error === undefined) return textOf(result, source, name);
  require('internal/fatal').sources.set(name, source);
  throw require('runtime/loader/esm_errors').fromParser(result, name);
}

function textOf(result, source, name) {
  if (result.code === undefined) return source;
  require('runtime/loader/esm_source').remember(name, result);
  return result.code;
}

// The text to run as a script; undefined for a module. What is neither may still be TypeScript.
function asScript(source, name) {
  const result = parse(source, name);
  if (result.error === undefined) return textOf(result, source, name);
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--experimental-detect-module') && require('runtime/loader/esm_source').isModule(source, name)) return undefined;
  require('internal/fatal').sources.set(name, source);
  const error = require('runtime/loader/esm_errors').fromParser(result, name);
  if (!getOptionValue('--strip-types')) throw error;
  return asTypeScript(source, name, error);
}

// The error of a text that is neither JavaScript nor TypeScript: JavaScript's, and a line that says what TypeScript has against it.
function withNote(error, note) {
  error.stack = `${require('internal/fatal').excerpt(error)}${note}\n\n${error.stack}`;
  return error;
}

function asTypeScript(source, name, error) {
  let stripped;
  try {
    stripped = require('runtime/loader/typescript').stripModule(source, name);
  } catch (second) {
    const { isUnfit } = require('runtime/loader/typescript');
    throw isUnfit(second) ? withNote(error, second.message) : second;
  }
  const result = parse(stripped, name);
  if (result.error === undefined) return textOf(result, stripped, name);
  if (!require('runtime/loader/esm_source').isModule(stripped, name)) throw error;
  require('runtime/loader/esm').evaluateText(stripped, 'eval');
  return '';
}

// ---- Running ----

function evaluateScript(text, source, name, print) {
  const { Module, makeRequire } = require('runtime/loader/cjs');
  const { sources } = require('internal/fatal');
  const module = new Module(name, null);
  const folder = require('runtime/loader/urls').workingFolder() || '/';
  module.filename = path.join(folder, name);
  module.paths = Module._nodeModulePaths(folder);
  // As in a script run by Node this way, the module's names are globals.
  Object.assign(globalThis, { module, exports: module.exports, __filename: name, __dirname: '.', require: makeRequire(module) });
  defineBuiltins();
  sources.set(name, source);
  const result = binding('env').evaluate(text, name, 1);
  if (print) console.log(result);
}

// Built-in modules are globals of their names here.
function defineBuiltins() {
  const { list } = require('runtime/loader/public');
  const names = list.filter((id) => !id.startsWith('_') && !id.includes('/') && !(id in globalThis));
  require('runtime/env/globals').lazyProperties(globalThis, names, false, require('runtime/loader/cjs').loadBuiltin);
}

function readStandardInput() {
  const text = binding('loader').readText(0);
  if (typeof text === 'string') return text;
  // A socket or a closed descriptor cannot be opened by name, but can be read.
  return require('fs').readFileSync(0, 'utf8');
}

// The program of a worker that is given as text.
exports.runWorker = function(source) {
  evaluate(source, '[worker eval]', false);
};

exports.run = function(cli) {
  if (cli.action === 'eval') return evaluate(cli.source, '[eval]', cli.print);
  if (require('tty').isatty(0) && require.exists('repl')) return require('repl').start();
  evaluate(readStandardInput(), '[stdin]', false);
};
