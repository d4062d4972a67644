// SPDX-License-Identifier: MIT
//
// require() while hooks are registered (runtime/loader/hooks): what they make of a request, and modules of which they give
// the text.
'use strict';

const path = require('path');
const publicIds = require('runtime/loader/public');
const { Module, loadBuiltin } = require('runtime/loader/cjs_module');
const { DETECT, formatOf, parseJson } = require('runtime/loader/cjs_compile');
const hooks = require('runtime/loader/hooks');

// { filename, url, format }. The filename of a built-in module is its URL.
function resolve(request, parent, isMain) {
  const urls = require('runtime/loader/urls');
  const parentURL = parent?.filename ? urls.fromPath(parent.filename) : undefined;
  const result = hooks.resolveForRequire(request, parentURL, (specifier, context) => {
    const found = Module._resolveFilename(specifier, parent, isMain);
    const url = publicIds.has(found) ? (found.startsWith('node:') ? found : `node:${found}`) : urls.fromPath(found);
    return { __proto__: null, url, format: undefined };
  });
  const { url } = result;
  const filename = url.startsWith('file:') ? urls.toPath(url) + urls.suffixOf(url) : url;
  return { filename, url, format: result.format ?? undefined };
}

// What a module is by its name, for load hooks. require() takes files of unknown extensions for JavaScript.
function hintOf(url, filename) {
  if (url.startsWith('node:')) return 'builtin';
  if (filename.endsWith('.json')) return 'json';
  if (filename.endsWith('.node')) return 'addon';
  if (filename.endsWith('.wasm')) return 'wasm';
  if (filename.endsWith('ts')) return undefined;
  const format = formatOf(filename);
  if (format !== DETECT) return format;
  const extension = require('runtime/loader/urls').extensionOf(filename);
  return extension !== '.js' && extension !== '' ? 'commonjs' : undefined;
}

// Like Module.prototype.load.
function load(module, { filename, url, format }) {
  const loaded = hooks.loadForRequire(url, format ?? hintOf(url, filename));
  module.filename = filename;
  module.paths = Module._nodeModulePaths(path.dirname(filename));
  const text = hooks.textOf(loaded.source);
  const { loadEsModule } = require('runtime/loader/cjs_esm');
  switch (loaded.format) {
    case 'module': loadEsModule(module, filename, text); break;
    case 'module-typescript': loadEsModule(module, filename, require('runtime/loader/typescript').stripModule(text, filename)); break;
    case 'json': module.exports = parseJson(text, filename); break;
    case 'commonjs-typescript': module._compile(require('runtime/loader/typescript').stripModule(text, filename), filename, 'commonjs'); break;
    case 'builtin': module.exports = loadBuiltin(url); break;
    case 'addon': Module._extensions['.node'](module, filename); break;
    case 'wasm': module.exports = require('runtime/loader/esm_require').requireRecord(url, 'wasm', loaded.source, filename); break;
    default: module._compile(text, filename, loaded.format === 'commonjs' ? 'commonjs' : DETECT);
  }
}

module.exports = { resolve, load };
