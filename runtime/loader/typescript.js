// SPDX-License-Identifier: MIT
//
// TypeScript: types are stripped (replaced by blanks, so that positions stay true) or, with
// --experimental-transform-types, what needs code of its own is transformed too, with a source map.
//
// The work is amaro's: a WebAssembly of the swc compiler, which is compiled when the first TypeScript file is met and not
// before. Both loaders (CommonJS and ES modules) hand the text of a file to `stripModule` before anything else looks at it.
'use strict';

const { getOptionValue } = require('internal/options');

const FILE = /\.[cm]?ts$/;

let transformSync;

function compiler() {
  transformSync ??= require('amaro').transformSync;
  return transformSync;
}

// What the command line allows: 'strip', 'transform' or false. (The transformation implies the stripping.)
function mode() {
  if (getOptionValue('--experimental-transform-types')) return 'transform';
  return getOptionValue('--strip-types') ? 'strip' : false;
}

function isTypeScript(filename) {
  return FILE.test(filename);
}

function isUnderNodeModules(filename) {
  return /[\\/]node_modules[\\/]/.test(filename);
}

// amaro throws plain records that say what and where.
function syntaxError(record, filename) {
  const { codes } = require('internal/errors');
  const Class = record.code === 'UnsupportedSyntax' ? codes.ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX : codes.ERR_INVALID_TYPESCRIPT_SYNTAX;
  const error = new Class(record.message);
  error.stack = `${filename}:${record.startLine}\n${record.snippet}\n${error.stack}`;
  return error;
}

// Whether an error says that a text is no TypeScript that can be stripped.
function isUnfit(error) {
  return error?.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' || error?.code === 'ERR_INVALID_TYPESCRIPT_SYNTAX';
}

function isSyntaxRecord(record) {
  return record?.code === 'UnsupportedSyntax' || record?.code === 'InvalidSyntax';
}

// => { code, map }; the map is undefined unless asked for
function run(source, filename, how, sourceMap) {
  try {
    return compiler()(source, { mode: how === 'transform' ? 'transform' : 'strip-only', sourceMap, filename });
  } catch (error) {
    throw isSyntaxRecord(error) ? syntaxError(error, filename) : error;
  }
}

function inlineMap(map) {
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}

// The JavaScript of a text. In transform mode with `options.sourceMap` its last line is the source map.
function strip(source, filename, how = 'strip', options = undefined) {
  const wantsMap = how === 'transform' && options?.sourceMap === true;
  const { code, map } = run(source, filename, how, wantsMap);
  return wantsMap ? `${code}\n\n${inlineMap(map)}` : code;
}

// The JavaScript of a file that the loaders read.
function stripModule(source, filename) {
  if (isUnderNodeModules(filename)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING(filename);
  }
  if (source === '') return '';
  const how = mode();
  const sourceMap = how === 'transform' && process.sourceMapsEnabled;
  const work = () => strip(source, filename, how, { sourceMap });
  if (how === 'transform') return noted(filename, generated(how, sourceMap, filename, source, work));
  return generated(how, sourceMap, filename, source, work);
}

// Lines moved: columns in stacks are those of the generated text.
function noted(filename, code) {
  require('internal/columns').provide(filename, code);
  return code;
}

function generated(how, sourceMap, filename, source, work) {
  if (!require.cache.has('runtime/loader/compile_cache')) return work();
  return cached(how === 'strip' ? 'StrippedTypeScript' : sourceMap ? 'TransformedTypeScriptWithSourceMaps' : 'TransformedTypeScript', filename, source, work);
}

function cached(kind, filename, source, work) {
  const cache = require('runtime/loader/compile_cache');
  if (!cache.isEnabled()) return work();
  let text = cache.lookUp(kind, filename, source);
  if (text === undefined) {
    text = work();
    cache.store(kind, filename, source, text);
  }
  return text;
}

// What a file would be called if it were JavaScript; its own name if it is not to be stripped.
function nameOf(filename) {
  return isTypeScript(filename) && mode() !== false ? `${filename.slice(0, -2)}js` : filename;
}

// Files whose exported names were looked for before they run: their text is not stripped twice.
const stripped = new Map(); // filename -> { text, code }

// The JavaScript in which the names that a CommonJS file exports are found.
function forNames(text, filename) {
  if (nameOf(filename) === filename) return text;
  const code = stripModule(text, filename);
  stripped.set(filename, { text, code });
  return code;
}

// The JavaScript of a file that is about to run.
function load(text, filename) {
  const known = stripped.get(filename);
  stripped.delete(filename);
  return known !== undefined && known.text === text ? known.code : stripModule(text, filename);
}

let warned = false;

function stripTypeScriptTypes(code, options = {}) {
  if (!warned) {
    warned = true;
    require('internal/util').emitExperimentalWarning('stripTypeScriptTypes');
  }
  const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
  validateString(code, 'code');
  validateObject(options, 'options');
  const { mode: how = 'strip', sourceMap = false, sourceUrl = '' } = options;
  validateOneOf(how, 'options.mode', ['strip', 'transform']);
  validateBoolean(sourceMap, 'options.sourceMap');
  validateString(sourceUrl, 'options.sourceUrl');
  if (how === 'strip') validateOneOf(sourceMap, 'options.sourceMap', [false, undefined]);
  const result = run(code, sourceUrl, how, sourceMap);
  if (sourceMap) return `${result.code}\n\n${inlineMap(result.map)}`;
  return sourceUrl ? `${result.code}\n\n//# sourceURL=${sourceUrl}` : result.code;
}

module.exports = { forNames, isTypeScript, isUnfit, load, mode, nameOf, strip, stripModule, stripTypeScriptTypes };
