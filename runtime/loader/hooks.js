// SPDX-License-Identifier: MIT
//
// module.registerHooks(): resolve and load hooks that run at once, for import and require alike. The hook that was registered
// last runs first; each may call the next, and the loader's own way stands at the end. What hooks return is checked
// here, for the asynchronous ones (runtime/loader/hooks_async) as well.
'use strict';

const load = require('runtime/loader/esm_load');
const { validateFunction } = require('internal/validators');

function errorCodes() {
  return require('internal/errors').codes;
}

// ---- What hooks may say ----

function describeHook(hook, name) {
  return hook.url === undefined ? name : `${hook.url} '${name}'`;
}

function checkObject(result, hook, name) {
  if (typeof result === 'object' && result !== null) return;
  const codes = errorCodes();
  throw new codes.ERR_INVALID_RETURN_VALUE('an object', `${describeHook(hook, name)} hook's ${name === 'load' ? 'nextLoad' : 'nextResolve'}()`, result);
}

function badProperty(input, hook, name, property, value) {
  const codes = errorCodes();
  return new codes.ERR_INVALID_RETURN_PROPERTY_VALUE(input, describeHook(hook, name), property, value);
}

function checkChain(result, called, hook, name) {
  if (called || result.shortCircuit === true) return;
  if (hook.url === undefined) throw badProperty('true', hook, name, 'shortCircuit', result.shortCircuit);
  const codes = errorCodes();
  throw new codes.ERR_LOADER_CHAIN_INCOMPLETE(describeHook(hook, name));
}

// What a resolve hook returned, as { url, format, importAttributes }.
function checkResolved(result, called, hook) {
  checkObject(result, hook, 'resolve');
  checkChain(result, called, hook, 'resolve');
  const { url, format, importAttributes } = result;
  if (typeof url !== 'string' || !require('web/url').URL.canParse(url)) {
    throw badProperty('a URL string', hook, 'resolve', 'url', url);
  }
  if (format !== undefined && format !== null && typeof format !== 'string') throw badProperty('a string', hook, 'resolve', 'format', format);
  if (importAttributes !== undefined && importAttributes !== null && typeof importAttributes !== 'object') {
    throw badProperty('an object', hook, 'resolve', 'importAttributes', importAttributes);
  }
  return result;
}

function isSource(value) {
  return typeof value === 'string' || ArrayBuffer.isView(value) || value instanceof ArrayBuffer || isShared(value);
}

function isShared(value) {
  return require('util/types').isAnyArrayBuffer(value);
}

function checkLoaded(result, called, hook) {
  checkObject(result, hook, 'load');
  checkChain(result, called, hook, 'load');
  const { format, source } = result;
  if (format !== undefined && format !== null && typeof format !== 'string') throw badProperty('a string', hook, 'load', 'format', format);
  if (source !== undefined && source !== null && !isSource(source)) {
    throw badProperty('a string, an ArrayBuffer, or a TypedArray', hook, 'load', 'source', source);
  }
  return result;
}

function checkNext(text, name, what) {
  const codes = errorCodes();
  if (typeof text !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(what, 'string', text);
  if (name === 'load' && !require('web/url').URL.canParse(text)) throw new codes.ERR_INVALID_ARG_VALUE(what, text, 'should be a URL string');
}

function checkContext(context) {
  if (context !== undefined) require('internal/validators').validateObject(context, 'context');
}

// ---- The chain ----

const chain = []; // { resolve, load, url: undefined }

function active(list, at, name) {
  while (at >= 0 && list[at][name] === undefined) at--;
  return at;
}

let warnedOfAssertions = false;

function warnOfAssertions() {
  if (!warnedOfAssertions) process.emitWarning('Use `importAttributes` instead of `importAssertions`', 'ExperimentalWarning');
  warnedOfAssertions = true;
}

// A context for hooks, which answers to the old name of the attributes, too.
function makeContext(context) {
  return Object.defineProperty(context, 'importAssertions', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      warnOfAssertions();
      return this.importAttributes;
    },
    set(value) {
      warnOfAssertions();
      this.importAttributes = value;
    },
  });
}

function mergeContext(context, given) {
  if (given !== undefined && Object.keys(given).includes('importAssertions')) {
    warnOfAssertions();
    const { importAssertions, ...others } = given;
    return makeContext({ ...context, importAttributes: importAssertions, ...others });
  }
  return makeContext({ ...context, ...given });
}

// What old hooks call the attributes.
function withAssertions(result) {
  if (!Object.keys(result).includes('importAssertions')) return result;
  warnOfAssertions();
  return { ...result, importAttributes: result.importAttributes ?? result.importAssertions };
}

function run(at, name, subject, context, fallback, check) {
  at = active(chain, at, name);
  if (at < 0) return fallback(subject, context);
  const hook = chain[at];
  let called = false;
  const next = (nextSubject = subject, nextContext = undefined) => {
    called = true;
    checkNext(nextSubject, name, name === 'resolve' ? 'specifier' : 'url');
    checkContext(nextContext);
    return run(at - 1, name, nextSubject, mergeContext(context, nextContext), fallback, check);
  };
  const { [name]: call } = hook; // `this` is undefined in hooks
  return check(call(subject, context, next), called, hook);
}

// ---- The ends of the chain ----

let usual = null; // the array of conditions that hooks get

function usualConditions(kind) {
  usual ??= { import: null, require: null };
  return (usual[kind] ??= Object.freeze([...require('runtime/loader/packages').modeFor(kind).conditions]));
}

function hintOf(url) {
  try {
    const format = require('runtime/loader/formats').formatOf(url);
    return format === undefined || format.startsWith('detect') ? undefined : format;
  } catch {
    return undefined;
  }
}

function resolveDefault(specifier, context) {
  const { conditions } = context;
  const changed = conditions === usualConditions('import') ? undefined : conditions;
  const url = require('runtime/loader/esm_resolve').resolve(specifier, context.parentURL ?? require('runtime/loader/urls').workingFolderURL(), changed);
  return { __proto__: null, url, format: hintOf(url) };
}

// { format, source }: built-in modules have no source.
function loadDefault(url, context) {
  let format = context.format ?? undefined;
  const { formatOf } = require('runtime/loader/formats');
  if (format === undefined) {
    format = formatOf(url);
    if (format === undefined) throw url.startsWith('data:') ? load.unknownFormat(url, 'undefined') : load.unsupportedScheme(url);
  }
  load.checkAttributes(url, format, context.importAttributes ?? load.NO_ATTRIBUTES);
  if (format === 'builtin' || url.startsWith('node:')) return { __proto__: null, format: 'builtin', source: null };
  if (!url.startsWith('file:') && !url.startsWith('data:')) throw load.unsupportedScheme(url);
  const source = load.readBytes(url);
  if (format.startsWith('detect')) format = detected(format, url, source);
  return { __proto__: null, format, source };
}

function detected(format, url, source) {
  let text = textOf(source);
  const typed = format === 'detect-typescript';
  if (typed) text = require('runtime/loader/typescript').stripModule(text, require('runtime/loader/urls').toPath(url));
  const { rewrite, COMMONJS, isModule } = require('runtime/loader/esm_source');
  const result = rewrite(text, COMMONJS, url, 0).error !== undefined && isModule(text, url) ? 'module' : 'commonjs';
  return typed ? `${result}-typescript` : result;
}

function textOf(source) {
  if (typeof source === 'string' || source === null || source === undefined) return source;
  const { TextDecoder } = require('web/encoding');
  return new TextDecoder().decode(source);
}

// ---- For import ----

// { url, attributes, format } of a request.
function resolve(specifier, parentURL, attributes, last = resolveDefault) {
  const context = makeContext({ conditions: usualConditions('import'), importAttributes: { ...attributes }, parentURL });
  const result = run(chain.length - 1, 'resolve', specifier, context, last, checkResolved);
  return resolved(result, attributes);
}

function resolved(result, attributes) {
  const given = withAssertions(result).importAttributes;
  return { url: result.url, attributes: given ? { __proto__: null, ...given } : attributes, format: result.format ?? undefined };
}

function loadThrough(url, context) {
  return run(chain.length - 1, 'load', url, context, loadDefault, checkLoaded);
}

function contextOf(attributes, format, kind) {
  return makeContext({ conditions: usualConditions(kind), format, importAttributes: { ...attributes } });
}

function loadRecord(url, attributes, found) {
  const result = loadThrough(url, contextOf(attributes, found.format, 'import'));
  return recordOf(url, result, attributes);
}

// The record of what load hooks gave.
function recordOf(url, result, attributes) {
  const { format, source } = result;
  if (format === undefined || format === null) {
    const codes = errorCodes();
    throw new codes.ERR_UNKNOWN_MODULE_FORMAT(`${format}`, url);
  }
  if ((source === null || source === undefined) && format !== 'builtin' && format !== 'commonjs' && format !== 'addon') {
    throw badProperty('a string, an ArrayBuffer, or a TypedArray', { url: undefined }, 'load', 'source', source);
  }
  if (format === 'commonjs' && typeof source !== 'undefined' && source !== null) return load.givenCommonjs(url, textOf(source));
  if (format === 'wasm') return load.makeRecord(url, format, source);
  return load.makeRecord(url, format, textOf(source) ?? null);
}

// ---- For require ----

// { filename, url, format } for a request; `last` is the loader's own way.
function resolveForRequire(specifier, parentURL, last) {
  const context = { conditions: usualConditions('require'), importAttributes: {}, parentURL };
  const result = run(chain.length - 1, 'resolve', specifier, context, last, checkResolved);
  return result;
}

function loadForRequire(url, format) {
  const result = loadThrough(url, contextOf(load.NO_ATTRIBUTES, format, 'require'));
  return { format: result.format ?? undefined, source: result.source };
}

function has(name) {
  return active(chain, chain.length - 1, name) >= 0;
}

// ---- Registration ----

function registerHooks(hooks) {
  const { resolve: onResolve, load: onLoad } = hooks;
  if (onResolve !== undefined) validateFunction(onResolve, 'hooks.resolve');
  if (onLoad !== undefined) validateFunction(onLoad, 'hooks.load');
  const entry = { resolve: onResolve, load: onLoad, url: undefined };
  chain.push(entry);
  update();
  return new Hooks(entry);
}

class Hooks {
  #entry;
  constructor(entry) { this.#entry = entry; }
  get resolve() { return this.#entry.resolve; }
  get load() { return this.#entry.load; }
  deregister() {
    const at = chain.indexOf(this.#entry);
    if (at >= 0) chain.splice(at, 1);
    update();
  }
}

function update() {
  const value = chain.length > 0 ? module.exports : null;
  load.setHooks(value);
  require('runtime/loader/cjs').setHooks(value);
}

module.exports = {
  registerHooks, resolve, resolved, loadRecord, loadThrough, recordOf, contextOf, resolveDefault, loadDefault, usualConditions,
  resolveForRequire, loadForRequire, has, mergeContext, makeContext, checkResolved, checkLoaded, checkNext, checkContext, active, textOf,
};
