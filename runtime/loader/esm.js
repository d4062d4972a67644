// SPDX-License-Identifier: MIT
//
// The entry points of the ES module loader: the main module, import(), require() of modules, evaluated texts.
// Whatever imports, the same three steps follow: load the graph, link it, evaluate it. They run in one go, in a microtask of
// their own; promises are made only for who asked, and for top-level await.
'use strict';

const load = require('runtime/loader/esm_load');
const { link } = require('runtime/loader/esm_link');
const { evaluate } = require('runtime/loader/esm_evaluate');
const { namespaceOf } = require('runtime/loader/esm_namespace');
const urls = require('runtime/loader/urls');

const NativePromise = Promise;
const { then } = NativePromise.prototype;

let main; // the URL of the main module

function mainURL() {
  return main;
}

// ---- import() ----

function Import(specifier, parent, attributes, resolve, reject) {
  this.specifier = specifier;
  this.parent = parent;
  this.attributes = attributes;
  this.resolve = resolve;
  this.reject = reject;
}

function settle(job, record, waiting) {
  if (waiting === undefined) job.resolve(namespaceOf(record));
  else Reflect.apply(then, waiting, [() => job.resolve(namespaceOf(record)), job.reject]);
}

function runImport(job) {
  try {
    require('runtime/loader/manifests').forgetMissing();
    const record = load.requestDynamic(job.specifier, job.parent, job.attributes);
    load.loadGraph(record);
    link(record);
    settle(job, record, evaluate(record));
  } catch (error) {
    job.reject(error);
  }
}

// Evaluates a record whose graph is loaded; => a promise of its namespace.
async function runRecord(record) {
  link(record);
  await evaluate(record);
  return namespaceOf(record);
}

// The same at once; undefined where it waits.
function runRecordSync(record) {
  link(record);
  return evaluate(record) === undefined ? namespaceOf(record) : undefined;
}

// A record that exists already, as a program.
function importRecord(record) {
  return new NativePromise((resolve, reject) => {
    const job = new Import('', '', load.NO_ATTRIBUTES, resolve, reject);
    const hooks = load.asyncHooks();
    const loaded = hooks === null ? NativePromise.resolve() : hooks.loadGraph(record);
    Reflect.apply(then, loaded, [() => {
      try {
        if (hooks === null) load.loadGraph(record);
        link(record);
        settle(job, record, evaluate(record));
      } catch (error) {
        reject(error);
      }
    }, reject]);
  });
}

function runAsyncImport(job) {
  const loaded = load.asyncHooks().load(job.specifier, job.parent, job.attributes);
  Reflect.apply(then, loaded, [(record) => {
    try {
      link(record);
      settle(job, record, evaluate(record));
    } catch (error) {
      job.reject(error);
    }
  }, job.reject]);
}

// => a promise of the namespace. Nothing happens before the running code has ended.
function importModule(specifier, parent, attributes) {
  return new NativePromise((resolve, reject) => {
    const job = new Import(specifier, parent, attributes, resolve, reject);
    Reflect.apply(then, NativePromise.resolve(), [() => (load.asyncHooks() === null ? runImport(job) : runAsyncImport(job))]);
  });
}

// The attributes in the options of an import() expression.
function readAttributes(options) {
  if (options === undefined) return load.NO_ATTRIBUTES;
  if ((typeof options !== 'object' || options === null) && typeof options !== 'function') {
    throw new TypeError('The second argument to import() must be an object');
  }
  const given = options.with;
  if (given === undefined) return load.NO_ATTRIBUTES;
  if ((typeof given !== 'object' || given === null) && typeof given !== 'function') throw new TypeError('The \'with\' option must be an object');
  const attributes = { __proto__: null };
  for (const key of Object.keys(given)) {
    const value = given[key];
    if (typeof value !== 'string') throw new TypeError('Import attribute value must be a string');
    attributes[key] = value;
  }
  return attributes;
}

// Referrers that are no URLs: what vm compiled with a callback of its own.
const referrers = new Map(); // id -> (specifier, attributes, phase) => namespace or promise

// import(specifier, options) in code of `referrer`: behind `$lode.i`.
function importDynamic(specifier, referrer, options) {
  try {
    if (typeof specifier === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    specifier = `${specifier}`;
    const attributes = readAttributes(options);
    const custom = referrers.get(referrer);
    if (custom !== undefined) return NativePromise.resolve(custom(specifier, attributes));
    return importModule(specifier, referrer === '' ? urls.workingFolderURL() : referrer, attributes);
  } catch (error) {
    return NativePromise.reject(error);
  }
}

// import.source(specifier): behind `$lode.s`.
function importSource(specifier, referrer) {
  return new NativePromise((resolve) => {
    if (typeof specifier === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    specifier = `${specifier}`;
    const custom = referrers.get(referrer);
    if (custom !== undefined) {
      resolve(custom(specifier, load.NO_ATTRIBUTES, 'source'));
      return;
    }
    const parent = referrer === '' ? urls.workingFolderURL() : referrer;
    resolve(NativePromise.resolve().then(() => require('runtime/loader/esm_wasm').sourceOf(load.request(specifier, parent, load.NO_ATTRIBUTES))));
  });
}

// ---- The main module ----

// Ends the program as an uncaught error does.
function reportMain(error) {
  require('internal/fatal').onUncaught(error, true);
}

let running = false; // while the main module has not ended

function watchMain(promise) {
  running = true;
  Reflect.apply(then, promise, [() => { running = false; }, (error) => {
    running = false;
    reportMain(error);
  }]);
}

// The modules of --import, one after the other, then whatever the program is.
async function afterImports(start) {
  const loaders = require('internal/options').getOptionValue('--experimental-loader');
  if (loaders.length > 0) await require('runtime/loader/hooks_async').registerFromOptions(loaders);
  const parent = urls.workingFolderURL();
  for (const specifier of require('internal/options').getOptionValue('--import')) {
    await importModule(specifier, parent, load.NO_ATTRIBUTES);
  }
  return start();
}

// `text` is the source where it was read already, else null. The file was found already, too: only hooks resolve it again.
function runMain(url, text) {
  main = url;
  watchMain(afterImports(() => {
    if (load.isHooked()) return importModule(url, urls.workingFolderURL(), load.NO_ATTRIBUTES);
    return importRecord(load.remember(url, load.NO_ATTRIBUTES,
                                      () => (text === null ? load.loadDefault(url, load.NO_ATTRIBUTES) : load.makeRecord(url, 'module', text))));
  }));
}

// For programs that are no ES modules, where --import comes first.
function runAfterImports(start) {
  watchMain(afterImports(start));
}

// Whether the program ends although its main module still waits.
function isUnsettled() {
  return running;
}

function warnUnsettled() {
  const { find, NO_ATTRIBUTES } = load;
  const record = find(main, NO_ATTRIBUTES);
  const text = record === undefined ? '' : require('runtime/loader/esm_await').describeUnsettled(record);
  if (text !== '') binding('env').writeRaw(2, `Warning: Detected unsettled top-level await at ${text}\n\n\n`);
}

let evaluated = 0;

// A text of -e or standard input, as a module.
function evaluateText(source, name) {
  const url = `${urls.workingFolderURL()}[${name}${++evaluated}]`;
  require('internal/fatal').sources.set(url, source);
  main = url;
  watchMain(afterImports(() => {
    return importRecord(load.remember(url, load.NO_ATTRIBUTES, () => load.makeRecord(url, 'module', source)));
  }));
}

module.exports = {
  mainURL, runRecord, runRecordSync, importDynamic, importSource, importModule, runMain, runAfterImports, isUnsettled, warnUnsettled, evaluateText, referrers,
  requireModule(...args) { return require('runtime/loader/esm_require').requireModule(...args); },
  syncBuiltins() { require('runtime/loader/esm_synthetic').syncBuiltins(); },
};
