// SPDX-License-Identifier: MIT
//
// Files that are no CommonJS: ES modules that require() or the command line named, texts that turn out to be one, and
// texts that are neither, with the words of their errors and `lode --check`.
'use strict';

const path = require('path');
const { Module, state } = require('runtime/loader/cjs_module');
const { DETECT, compile, formatOf, readSource } = require('runtime/loader/cjs_compile');
const urls = require('runtime/loader/urls');

// ---- ES modules ----

function loadEsModule(module, filename, text) {
  if (module !== Module._main) {
    state.running.add(module);
    try {
      return require('runtime/loader/esm_require').requireModule(module, filename, text);
    } finally {
      state.running.delete(module);
    }
  }
  // As the main program a module may wait.
  process.mainModule = Module._main = undefined;
  delete Module._cache[filename];
  require('runtime/loader/esm').runMain(urls.fromPath(filename), text);
}

// For a text that would be right as a module.
function warnOfModule(error, filename) {
  if (error.message !== 'Cannot use import statement outside a module' && error.message !== 'Unexpected token \'export\'') return;
  require('process/warnings').emitWarningSync(`Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest package.json file ` +
    'or use the .mjs extension.');
}

function isModuleText(content, filename) {
  if (!require('internal/options').getOptionValue('--experimental-detect-module')) return false;
  return require('runtime/loader/esm_source').isModule(content, urls.fromPath(filename));
}

// For a text that did not compile.
function loadInstead(module, content, filename, detects, error) {
  if (!detects || !isModuleText(content, filename)) {
    warnOfModule(error, filename);
    throw error;
  }
  require('runtime/loader/esm_load').warnTypeless(urls.fromPath(filename));
  return loadEsModule(module, filename, content);
}

// ---- Errors of syntax ----

// The engine's words for an error of syntax, exchanged for the parser's, which say where it is.
function explain(error, content, filename) {
  if (!(error instanceof SyntaxError) || require('internal/stack').placed(error)) return error;
  const { rewrite, COMMONJS } = require('runtime/loader/esm_source');
  const result = rewrite(content, COMMONJS, '', 0);
  return result.error === undefined ? error : require('runtime/loader/esm_errors').fromParser(result, filename);
}

// `lode --check`.
function check(script) {
  const filename = Module._resolveFilename(path.resolve(script), null, true);
  const { rewrite, isModule, MODULE } = require('runtime/loader/esm_source');
  let text = readSource(filename);
  if (filename.endsWith('ts')) ({ text } = require('runtime/loader/typescript').load(text, filename));
  const url = urls.fromPath(filename);
  const format = formatOf(filename);
  if (format !== 'module') {
    try {
      compile(text, filename);
      return;
    } catch (error) {
      if (format !== DETECT || !isModule(text, url)) throw error;
    }
  }
  const result = rewrite(text, MODULE, url, 0);
  if (result.error !== undefined) throw require('runtime/loader/esm_errors').fromParser(result, url);
}

module.exports = { loadEsModule, loadInstead, explain, check };
