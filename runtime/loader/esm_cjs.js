// SPDX-License-Identifier: MIT
//
// CommonJS files that are imported. `default` and 'module.exports' are the file's exports; its further names are found in
// its text by the parser, but only once an importer asks for more than the default. They are set when the file has run.
'use strict';

const files = binding('loader');
const { syntheticRecord, EVALUATED } = require('runtime/loader/esm_record');
const { rewrite, COMMONJS, WANT_NAMES } = require('runtime/loader/esm_source');
const urls = require('runtime/loader/urls');

function Source(filename, text, isMain) {
  this.filename = filename;
  this.text = text; // null: not read yet
  this.isMain = isMain;
  this.exports = undefined;
  this.isGiven = false; // the text comes from hooks, not from the file
  this.parsed = null; // { text, result }: what the parser made of it, where that is known
}
Source.prototype = Object.create(null); // nothing is inherited from what a program patches

function commonjsRecord(url, filename, text, isMain) {
  const record = syntheticRecord(url, 'commonjs', findNames, run);
  record.cjs = new Source(filename, text, isMain);
  record.bindings['module.exports'] = undefined;
  return record;
}

// ---- Names ----

function parse(text, filename) {
  if (filename.endsWith('ts')) text = require('runtime/loader/typescript').forNames(text, filename);
  return rewrite(text, COMMONJS, urls.fromPath(filename), WANT_NAMES);
}

function addNames(result, filename, into, seen) {
  if (result.error !== undefined) return;
  for (const name of result.cjsExports) into.add(name);
  for (const request of result.cjsReexports) namesOfRequest(request, filename, into, seen);
}

function namesOfRequest(request, from, into, seen) {
  const { Module, loadBuiltin, moduleAt } = require('runtime/loader/cjs');
  if (Module.isBuiltin(request)) {
    for (const name of Object.keys(loadBuiltin(request))) into.add(name);
    return;
  }
  let file;
  try {
    file = Module._resolveFilename(request, moduleAt(from, null), false);
  } catch {
    return; // running the file will say so
  }
  namesOfFile(file, into, seen);
}

function namesOfFile(file, into, seen) {
  if (seen.has(file)) return;
  seen.add(file);
  const cached = require('runtime/loader/cjs').Module._cache[file];
  if (cached !== undefined && cached.loaded) {
    addKeys(cached.exports, into);
    return;
  }
  const extension = urls.extensionOf(file);
  if (!/^(?:\.[cm]?js|\.c?ts|)$/.test(extension) || extension === '.mjs') return;
  const text = files.readText(file);
  if (typeof text === 'string') addNames(parse(text, file), file, into, seen);
}

function addKeys(exports, into) {
  if ((typeof exports !== 'object' || exports === null) && typeof exports !== 'function') return;
  for (const name of Object.keys(exports)) into.add(name);
}

function findNames(record) {
  const { cjs } = record;
  const names = new Set(['default', 'module.exports']);
  const seen = new Set([cjs.filename]);
  const cached = require('runtime/loader/cjs').Module._cache[cjs.filename];
  if (cached !== undefined && cached.loaded) addKeys(cached.exports, names);
  const text = cjs.text ?? files.readText(cjs.filename);
  if (typeof text === 'string') {
    const result = cjs.parsed?.result ?? parse(text, cjs.filename);
    addNames(result, cjs.filename, names, seen);
    // When the file runs it need not be parsed again.
    if (cjs.text !== null && !cjs.filename.endsWith('ts')) cjs.parsed = { text, result };
  }
  const list = [...names];
  if (record.status === EVALUATED) setValues(record, list);
  return list;
}

// ---- Running ----

function setValues(record, names) {
  const { bindings } = record;
  const { exports } = record.cjs;
  bindings.default = bindings['module.exports'] = exports;
  if ((typeof exports !== 'object' || exports === null) && typeof exports !== 'function') return;
  for (const name of names) {
    if (name === 'default' || name === 'module.exports' || !Object.hasOwn(exports, name)) continue;
    try {
      bindings[name] = exports[name];
    } catch {
      bindings[name] = undefined; // a getter that throws must not stop the import
    }
  }
}

function runGiven(cjs) {
  const { Module, moduleAt } = require('runtime/loader/cjs');
  const module = moduleAt(cjs.filename, undefined);
  Module._cache[cjs.filename] = module;
  try {
    module._compile(cjs.text, cjs.filename, 'commonjs');
    module.loaded = true;
  } finally {
    if (!module.loaded) delete Module._cache[cjs.filename];
  }
  return module.exports;
}

function run(record) {
  const { cjs } = record;
  const { Module, preload, exportsOf } = require('runtime/loader/cjs');
  const module = Module._cache[cjs.filename];
  if (module === undefined && cjs.isGiven) {
    cjs.exports = runGiven(cjs);
  } else if (module === undefined) {
    if (cjs.text !== null) preload(cjs.filename, cjs.text, cjs.parsed);
    cjs.exports = Module._load(cjs.filename, undefined, cjs.isMain);
  } else {
    cjs.exports = exportsOf(module);
  }
  setValues(record, record.names ?? ['default']);
  cjs.text = null;
  cjs.parsed = null;
}

module.exports = { commonjsRecord };
