// SPDX-License-Identifier: MIT
//
// Programs that are no file: -e, -p, and standard input.
'use strict';

const path = require('path');

function evaluate(source, name, print) {
  const { Module, makeRequire } = require('runtime/loader/cjs');
  const { sources } = require('internal/fatal');
  Module._preloadModules(require('internal/options').getOptionValue('--require'));
  const module = new Module(name, null);
  const folder = workingDirectory();
  module.filename = path.join(folder, name);
  module.paths = Module._nodeModulePaths(folder);
  // As in a script run by Node this way, the module's names are globals.
  Object.assign(globalThis, { module, exports: module.exports, __filename: name, __dirname: '.', require: makeRequire(module) });
  defineBuiltins();
  sources.set(name, source);
  const result = binding('env').evaluate(source, name, 1);
  if (print) console.log(result);
}

// A removed working directory is no reason not to run.
function workingDirectory() {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
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

exports.run = function(cli) {
  if (cli.action === 'eval') return evaluate(cli.source, '[eval]', cli.print);
  if (require('tty').isatty(0) && require.exists('repl')) return require('repl').start();
  evaluate(readStandardInput(), '[stdin]', false);
};
