// SPDX-License-Identifier: MIT
//
// From specifiers to loaded graphs: the map of modules, the reading of sources, and the walk that loads what a
// module requests. All of it is synchronous; only asynchronous hooks (runtime/loader/hooks_async) take another road through
// the same pieces. A module is known by its URL and by the type that its import attributes ask for.
'use strict';

const files = binding('loader');
const { resolve } = require('runtime/loader/esm_resolve');
const { REQUEST, UNLINKED, SOURCE, isSource } = require('runtime/loader/esm_record');
const { moduleFrom, isModule } = require('runtime/loader/esm_source');
const urls = require('runtime/loader/urls');

let scripts = new Map(); // URL -> record, of requests without a type
let typed = new Map(); // type + ' ' + URL -> record
const broken = new Map(); // the same keys -> the error of a text that does not parse

let hooks = null; // runtime/loader/hooks, once a program registers some
let asyncHooks = null; // runtime/loader/hooks_async

function errorCodes() {
  return require('internal/errors').codes;
}

// ---- Keys and attributes ----

const NO_ATTRIBUTES = Object.freeze({ __proto__: null });

function keyOf(url, attributes) {
  return attributes === NO_ATTRIBUTES || attributes.type === undefined ? url : `${attributes.type} ${url}`;
}

function find(key, attributes) {
  const known = (attributes.type === undefined ? scripts : typed).get(key);
  if (known !== undefined) return known;
  if (broken.size > 0 && broken.has(key)) throw broken.get(key);
  return undefined;
}

function store(key, attributes, record) {
  (attributes.type === undefined ? scripts : typed).set(key, record);
  return record;
}

// Runs fn with maps of their own.
const others = { scripts: new Map(), typed: new Map() };

function apart(fn) {
  const own = { scripts, typed };
  ({ scripts, typed } = others);
  try {
    return fn();
  } finally {
    ({ scripts, typed } = own);
  }
}

// What a request's attributes may say about a module of this format.
function checkAttributes(url, format, attributes) {
  for (const key of Object.keys(attributes)) {
    if (key === 'type') continue;
    const codes = errorCodes();
    throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(key, attributes[key], url);
  }
  const { type } = attributes;
  if (format === 'json') {
    if (type === 'json') return;
    const codes = errorCodes();
    if (type === undefined) throw new codes.ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', 'json');
    throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
  }
  if (type === undefined) return;
  const codes = errorCodes();
  if (type === 'json') throw new codes.ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, type);
  throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
}

// ---- Sources ----

function readText(url) {
  if (url.startsWith('data:')) return require('runtime/loader/formats').readData(url).toString('utf8');
  const file = urls.toPath(url);
  const text = files.readText(file);
  if (typeof text === 'string') return text;
  const { uvException } = require('internal/errors');
  throw uvException({ errno: text, syscall: text === -21 ? 'read' : 'open', path: text === -21 ? undefined : file });
}

function readBytes(url) {
  if (url.startsWith('data:')) return require('runtime/loader/formats').readData(url);
  return require('fs').readFileSync(urls.toPath(url));
}

// The record of a text of a given format. `text` may be null where the format's maker reads by itself.
function makeRecord(url, format, text) {
  switch (format) {
    case 'module': return moduleFrom(url, text ?? readText(url));
    case 'commonjs': return commonjs(url, text);
    case 'json': return require('runtime/loader/esm_synthetic').jsonRecord(url, text ?? readText(url));
    case 'builtin': return require('runtime/loader/esm_synthetic').builtinRecord(url);
    case 'wasm': return require('runtime/loader/esm_wasm').wasmRecord(url, text ?? readBytes(url));
    case 'module-typescript': return moduleFrom(url, strip(url, text));
    case 'commonjs-typescript': return commonjs(url, text);
    case 'detect': return detect(url, text ?? readText(url));
    case 'detect-typescript': return detect(url, strip(url, text));
    case 'addon': return addon(url);
    default: throw unknownFormat(url, format);
  }
}

function unknownFormat(url, format) {
  const codes = errorCodes();
  return new codes.ERR_UNKNOWN_MODULE_FORMAT(format, url);
}

function strip(url, text) {
  return require('runtime/loader/typescript').stripModule(text ?? readText(url), urls.toPath(url));
}

function commonjs(url, text) {
  const filename = url.startsWith('file:') ? urls.toPath(url) : url;
  const isMain = url === require('runtime/loader/esm').mainURL();
  return require('runtime/loader/esm_cjs').commonjsRecord(url, filename, text, isMain);
}

// A CommonJS text that hooks gave; there may be no such file.
function givenCommonjs(url, text) {
  const record = commonjs(url, text);
  record.cjs.isGiven = true;
  return record;
}

function addon(url) {
  const module = { exports: {} };
  process.dlopen(module, urls.toPath(url));
  return require('runtime/loader/esm_synthetic').valueRecord(url, 'addon', module.exports);
}

// JavaScript of which neither name nor package says what it is.
function detect(url, text) {
  if (!/\b(?:import|export|await)\b/.test(text)) return commonjs(url, text);
  const { rewrite, COMMONJS, WANT_NAMES } = require('runtime/loader/esm_source');
  const result = rewrite(text, COMMONJS, url, WANT_NAMES);
  if (result.error !== undefined && isModule(text, url)) {
    warnTypeless(url);
    return moduleFrom(url, text);
  }
  const record = commonjs(url, text);
  record.cjs.parsed = { text, result };
  return record;
}

const typeless = new Set(); // manifests that were complained of

function warnTypeless(url) {
  if (!url.startsWith('file:')) return;
  const file = urls.toPath(url);
  const scope = require('runtime/loader/manifests').scopeOf(file);
  if (scope === null || typeless.has(scope.file) || /[\\/]node_modules[\\/]/.test(file)) return;
  typeless.add(scope.file);
  process.emitWarning(`Module type of ${url} is not specified and it doesn't parse as CommonJS.\n` +
    'Reparsing as ES module because module syntax was detected. This incurs a performance overhead.\n' +
    `To eliminate this warning, add "type": "module" to ${scope.file}.`, { code: 'MODULE_TYPELESS_PACKAGE_JSON' });
}

// ---- One module ----

function unsupportedScheme(url) {
  const codes = errorCodes();
  const { protocol } = new (require('web/url').URL)(url);
  const schemes = protocol === 'http:' || protocol === 'https:' ? ['file', 'data'] : ['file', 'data', 'node'];
  return new codes.ERR_UNSUPPORTED_ESM_URL_SCHEME({ protocol }, schemes);
}

function loadDefault(url, attributes) {
  const format = require('runtime/loader/formats').formatOf(url);
  if (format === undefined) {
    if (Object.keys(attributes).some((key) => key !== 'type')) checkAttributes(url, format, attributes);
    throw url.startsWith('data:') ? unknownData(url) : unsupportedScheme(url);
  }
  checkAttributes(url, format, attributes);
  return makeRecord(url, format, null);
}

function unknownData(url) {
  const match = /^data:([^,;]*)[^,]*,/.exec(url);
  if (match !== null) return unknownFormat(url, match[1]);
  const codes = errorCodes();
  return new codes.ERR_INVALID_URL(url);
}

// Most modules of a graph: JavaScript, by the same folder's type.
function loadRecord(url, attributes, context) {
  if (hooks !== null) return hooks.loadRecord(url, attributes, context);
  return loadDefault(url, attributes);
}

function remember(url, attributes, make) {
  const key = keyOf(url, attributes);
  const known = find(key, attributes);
  if (known !== undefined) return known;
  let record;
  try {
    record = make();
  } catch (error) {
    if (error instanceof SyntaxError) broken.set(key, error);
    throw error;
  }
  return store(key, attributes, record);
}

// The record for a request from `parent` (a URL). Nothing below it is loaded yet.
function request(specifier, parent, attributes) {
  if (hooks !== null) {
    const resolved = hooks.resolve(specifier, parent, attributes);
    return remember(resolved.url, resolved.attributes, () => hooks.loadRecord(resolved.url, resolved.attributes, resolved));
  }
  const url = resolve(specifier, parent);
  const key = keyOf(url, attributes);
  const known = find(key, attributes);
  if (known !== undefined) return known;
  return remember(url, attributes, () => loadDefault(url, attributes));
}

// The same, for import(): what it resolved to is remembered, whatever happens to the file.
const resolved = new Map(); // parent + '\0' + specifier -> URL

// What an import declaration of the same module resolved to.
function requestedBy(parent, specifier) {
  const record = scripts.get(parent);
  if (record === undefined || record.kind !== SOURCE || record.children === null) return undefined;
  const at = record.requests.indexOf(specifier);
  return at < 0 || at % REQUEST !== 0 ? undefined : record.children[at / REQUEST];
}

function requestDynamic(specifier, parent, attributes) {
  if (hooks !== null) return request(specifier, parent, attributes);
  const id = `${parent}\0${specifier}`;
  let url = resolved.get(id);
  if (url === undefined) {
    try {
      url = resolve(specifier, parent);
    } catch (error) {
      const known = requestedBy(parent, specifier);
      if (known === undefined) throw error;
      url = known.url;
    }
    resolved.set(id, url);
  }
  return remember(url, attributes, () => loadDefault(url, attributes));
}

// ---- Graphs ----

let visits = 0;

// The attributes of a request, from the parser's list.
function attributesOf(list) {
  if (list === null) return NO_ATTRIBUTES;
  const attributes = { __proto__: null };
  for (let i = 0; i < list.length; i += 2) attributes[list[i]] = list[i + 1];
  return attributes;
}

function loadChildren(record) {
  const { requests } = record;
  const count = requests.length / REQUEST;
  const children = new Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * REQUEST;
    children[i] = request(requests[at], record.url, attributesOf(requests[at + 1]));
  }
  record.children = children;
}

// Everything below `record` that is not linked yet, breadth first, as the order of requests says.
function loadGraph(record) {
  if (record.status !== UNLINKED || record.kind !== SOURCE) return;
  const visit = ++visits;
  const queue = [record];
  record.visit = visit;
  for (let i = 0; i < queue.length; i++) {
    const at = queue[i];
    if (at.children === null) loadChildren(at);
    const { children } = at;
    for (let j = 0; j < children.length; j++) {
      const child = children[j];
      if (isSource(at, j)) continue;
      if (child.visit === visit || child.status !== UNLINKED || child.kind !== SOURCE) continue;
      child.visit = visit;
      queue.push(child);
    }
  }
}

// ---- import.meta.resolve ----

function resolveForMeta(specifier, parent) {
  specifier = `${specifier}`;
  try {
    if (asyncHooks !== null) return asyncHooks.resolveSync(specifier, parent);
    return hooks === null ? resolve(specifier, parent) : hooks.resolve(specifier, parent, NO_ATTRIBUTES).url;
  } catch (error) {
    // A file that is not there has its URL all the same.
    if (error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
      if (Object.hasOwn(error, 'url')) return error.url;
    }
    throw error;
  }
}

module.exports = {
  NO_ATTRIBUTES, attributesOf, apart, givenCommonjs, request, requestDynamic, remember, find, keyOf, loadGraph, loadDefault, makeRecord, checkAttributes, unknownFormat, unsupportedScheme,
  warnTypeless, readText, readBytes, resolveForMeta, loadRecord,
  setHooks(value) { hooks = value; },
  setAsyncHooks(value) { asyncHooks = value; },
  asyncHooks() { return asyncHooks; },
  isHooked() { return hooks !== null || asyncHooks !== null; },
};
