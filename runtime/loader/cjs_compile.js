// SPDX-License-Identifier: MIT
//
// From a file to what its module exports: reading it, the parser where the text needs it, the wrapper, and the handlers of
// extensions. What is no CommonJS, by its name or by its text, goes on to cjs_esm.
'use strict';

const files = binding('loader');
const { evaluate } = binding('env');
const path = require('path');
const manifests = require('runtime/loader/manifests');
const { wrappedFiles, sources } = require('internal/stack');
const { Module, state, defineOwn } = require('runtime/loader/cjs_module');

// The wrapper under a name that internal/frames knows, on the first line of the text.
const HEAD = '(function lodeModuleWrapper(exports, require, module, __filename, __dirname) {';
const DETECT = 'detect'; // the format of a text that may turn out to be a module

// ---- What modules call ----

function makeRequire(module) {
  function require(id) { return module.require(id); }
  require.resolve = function resolve(request, options) {
    checkRequest(request);
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = function paths(request) {
    checkRequest(request);
    return Module._resolveLookupPaths(request, module);
  };
  defineOwn(require, 'main', Module._main);
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function checkRequest(request) {
  if (typeof request === 'string') return;
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('request', 'string', request);
}

// ---- Texts ----

// What the ES module loader has read already, and what the parser made of the text that it is about to have compiled.
const preloaded = new Map();
let parsedBefore = null; // { filename, text, result }

function preload(filename, text, parsed) {
  preloaded.set(filename, text);
  parsedBefore = parsed === null ? null : { filename, text: parsed.text, result: parsed.result };
}

function takeParsed(filename, text) {
  if (parsedBefore === null || parsedBefore.filename !== filename || parsedBefore.text !== text) return undefined;
  const { result } = parsedBefore;
  parsedBefore = null;
  return result;
}

function readSource(filename) {
  const given = preloaded.get(filename);
  if (given !== undefined) {
    preloaded.delete(filename);
    return given;
  }
  const text = files.readText(filename);
  if (typeof text === 'string') return text;
  const { uvException } = require('internal/errors');
  throw uvException({ errno: text, syscall: text === -21 ? 'read' : 'open', path: text === -21 ? undefined : filename });
}

// What only the parser can make run here: import(), await (async context), eval of texts that hold these.
function wantsParser(text) {
  return (text.includes('async') && /\basync\b/.test(text)) || (text.includes('await') && /\bawait\b/.test(text)) || (text.includes('import') && /\bimport\s*[(./]/.test(text)) ||
    (text.includes('eval') && /\beval\s*\(/.test(text));
}

// The text as the engine may have it. Throws the parser's SyntaxError.
function prepare(content, filename) {
  if (!wantsParser(content)) return content;
  const { rewrite, remember, COMMONJS } = require('runtime/loader/esm_source');
  const result = takeParsed(filename, content) ?? rewrite(content, COMMONJS, require('runtime/loader/urls').fromPath(path.resolve(filename)), 0);
  if (result.error !== undefined) throw require('runtime/loader/esm_errors').fromParser(result, filename);
  if (result.code === undefined) return content;
  remember(filename, result);
  return result.code;
}

function compile(content, filename) {
  if (content.charCodeAt(0) === 35 && content.charCodeAt(1) === 33) content = '//' + content.slice(2);
  try {
    const text = prepare(content, filename);
    if (state.patchedWrapper) return evaluate(Module.wrap(text), filename, 1);
    wrappedFiles.set(filename, HEAD.length);
    return evaluate(`${HEAD}${text}\n})`, filename, 1);
  } catch (error) {
    throw error instanceof SyntaxError ? require('runtime/loader/cjs_esm').explain(error, content, filename) : error;
  }
}

// `format` is DETECT for a text that is to run as a module should it turn out to be one.
Module.prototype._compile = function _compile(content, filename, format) {
  if (sources.loaded !== null) sources.loaded(filename, content, this);
  let fn;
  try {
    fn = compile(content, filename);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return require('runtime/loader/cjs_esm').loadInstead(this, content, filename, format === DETECT, error);
  }
  const require_ = makeRequire(this);
  const { exports } = this;
  return fn.call(exports, exports, require_, this, filename, path.dirname(filename));
};

// ---- Extensions ----

// How require() takes a JavaScript file: 'module', 'commonjs', or DETECT.
function formatOf(filename) {
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.cjs')) return 'commonjs';
  const type = manifests.scopeOf(filename)?.type ?? 'none';
  if (type === 'none') return DETECT;
  return filename.endsWith('.js') || type === 'commonjs' ? type : DETECT;
}

Module._extensions['.js'] = function js(module, filename) {
  const name = filename.endsWith('ts') ? require('runtime/loader/typescript').nameOf(filename) : filename;
  const format = formatOf(name);
  if (format === 'module') return require('runtime/loader/cjs_esm').loadEsModule(module, filename, null);
  const text = readSource(filename);
  module._compile(name === filename ? text : require('runtime/loader/typescript').load(text, filename), filename, format);
};

function parseJson(text, filename) {
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  try {
    return JSON.parse(text);
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
}

Module._extensions['.json'] = function json(module, filename) {
  module.exports = parseJson(readSource(filename), filename);
};

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, path.toNamespacedPath(filename));
};

module.exports = { DETECT, makeRequire, preload, readSource, compile, formatOf, parseJson };
