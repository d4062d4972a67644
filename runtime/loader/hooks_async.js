// SPDX-License-Identifier: MIT
//
// module.register() and --experimental-loader: hooks that may answer later. They run on the thread of the program; once
// there are some, import() and import load through promises (this file), while require() and what must answer at once
// asks only the hooks that can. A chain's end is that of the synchronous hooks.
'use strict';

const load = require('runtime/loader/esm_load');
const { REQUEST, SOURCE, UNLINKED } = require('runtime/loader/esm_record');
const hooks = require('runtime/loader/hooks');
const urls = require('runtime/loader/urls');

const chain = []; // { resolve, load, url }
let ready = Promise.resolve(); // of the hooks registered so far

// ---- The chain ----

// The next hook may be called synchronously; it always gets a promise, so that errors arrive by one road.
async function run(at, name, subject, context, fallback, check) {
  at = hooks.active(chain, at, name);
  if (at < 0) return fallback(subject, context);
  const hook = chain[at];
  let called = false;
  const nextName = name === 'load' ? 'nextLoad' : 'nextResolve'; // as hooks see it
  const { [nextName]: next } = { [nextName]: async (nextSubject = subject, nextContext = undefined) => {
    called = true;
    hooks.checkNext(nextSubject, name, `${hook.url} '${name}' hook's next${name === 'load' ? 'Load' : 'Resolve'}() ${name === 'load' ? 'url' : 'specifier'}`);
    hooks.checkContext(nextContext);
    return run(at - 1, name, nextSubject, hooks.mergeContext(context, nextContext), fallback, check);
  } };
  const { [name]: call } = hook; // `this` is undefined in hooks
  return check(await call(subject, context, next), called, hook);
}

function endOfResolve(specifier, context) {
  const found = hooks.resolve(specifier, context.parentURL, context.importAttributes, (text, inner) => hooks.resolveDefault(text, { ...inner, conditions: context.conditions }));
  // What a hook did to the context's attributes is not looked at: only what it returns counts.
  const result = { __proto__: null, url: found.url, format: found.format };
  if (found.attributes !== context.importAttributes) result.importAttributes = found.attributes;
  return result;
}

async function resolve(specifier, parentURL, attributes) {
  const context = hooks.makeContext({ conditions: hooks.usualConditions('import'), importAttributes: { ...attributes }, parentURL });
  return hooks.resolved(await run(chain.length - 1, 'resolve', specifier, context, endOfResolve, hooks.checkResolved), attributes);
}

async function loadRecord(url, attributes, format) {
  const context = hooks.contextOf(attributes, format, 'import');
  const end = (subject, inner) => {
    const result = hooks.loadThrough(subject, inner);
    // CommonJS files are read by require(), unless a hook gives their text.
    return result.format === 'commonjs' ? { __proto__: null, format: 'commonjs', source: null } : result;
  };
  return hooks.recordOf(url, await run(chain.length - 1, 'load', url, context, end, hooks.checkLoaded), attributes);
}

// ---- Graphs ----

const underWay = new Map(); // key -> promise of a record

async function request(specifier, parentURL, attributes) {
  const found = await resolve(specifier, parentURL, attributes);
  const key = load.keyOf(found.url, found.attributes);
  const known = load.find(key, found.attributes);
  if (known !== undefined) return known;
  let promise = underWay.get(key);
  if (promise === undefined) {
    promise = loadRecord(found.url, found.attributes, found.format)
      .then((record) => load.remember(found.url, found.attributes, () => record))
      .finally(() => underWay.delete(key));
    underWay.set(key, promise);
  }
  return promise;
}

async function loadGraph(record, seen = new Set()) {
  if (seen.has(record) || record.kind !== SOURCE || record.status !== UNLINKED) return;
  seen.add(record);
  if (record.children === null) {
    const { requests } = record;
    const children = [];
    for (let at = 0; at < requests.length; at += REQUEST) {
      children.push(request(requests[at], record.url, load.attributesOf(requests[at + 1])));
    }
    record.children ??= await Promise.all(children);
  }
  for (const child of record.children) await loadGraph(child, seen);
}

// A record with its whole graph.
async function loadWhole(specifier, parentURL, attributes) {
  await ready;
  const record = await request(specifier, parentURL, attributes);
  await loadGraph(record);
  return record;
}

// For import.meta.resolve: hooks that answer without waiting are heard.
function resolveSync(specifier, parentURL) {
  const context = { conditions: hooks.usualConditions('import'), importAttributes: {}, parentURL };
  const at = hooks.active(chain, chain.length - 1, 'resolve');
  return runSync(at, specifier, context).url;
}

function runSync(at, specifier, context) {
  at = hooks.active(chain, at, 'resolve');
  if (at < 0) return endOfResolve(specifier, context);
  const hook = chain[at];
  let inner;
  const next = (text = specifier, extra = undefined) => (inner = runSync(at - 1, text, { ...context, ...extra }));
  const { resolve: call } = hook;
  const result = call(specifier, context, next);
  if (!require('util/types').isPromise(result)) return hooks.checkResolved(result, inner !== undefined, hook);
  const [state, value] = binding('env').promiseDetails(result);
  if (state === 1) return hooks.checkResolved(value, inner !== undefined, hook);
  result.catch(() => {});
  if (state === 2) throw value;
  return inner ?? endOfResolve(specifier, context); // it waits: the next one's answer
}

// ---- Registration ----

function add(namespace, url) {
  const entry = { resolve: namespace.resolve, load: namespace.load, url };
  if (entry.resolve !== undefined || entry.load !== undefined) chain.push(entry);
}

function initialize(namespace, data) {
  const { initialize: call } = namespace;
  return call === undefined ? undefined : call(data);
}

async function addModule(specifier, parentURL, data) {
  const record = await request(specifier, parentURL, load.NO_ATTRIBUTES);
  await loadGraph(record);
  const namespace = await require('runtime/loader/esm').runRecord(record);
  await initialize(namespace, data);
  add(namespace, record.url);
}

// At once where the module's graph does not wait; else what is imported later waits for it.
function addSync(specifier, parentURL, data) {
  // In a map of modules of its own: hooks share no state with the program.
  const record = load.apart(() => {
    const main = load.request(specifier, parentURL, load.NO_ATTRIBUTES);
    load.loadGraph(main);
    return main;
  });
  const namespace = require('runtime/loader/esm').runRecordSync(record);
  if (namespace === undefined) return false;
  const waiting = initialize(namespace, data);
  if (waiting !== undefined && typeof waiting?.then === 'function') {
    ready = ready.then(() => waiting).then(() => add(namespace, record.url));
  } else {
    add(namespace, record.url);
  }
  return true;
}

function activate() {
  load.setAsyncHooks(module.exports);
}

function register(specifier, parentURL = undefined, options = undefined) {
  if (parentURL !== undefined && parentURL !== null && typeof parentURL === 'object' && !require('web/url').isURL(parentURL)) {
    options = parentURL;
    parentURL = options.parentURL;
  }
  const parent = parentURL === undefined ? 'data:' : `${parentURL}`;
  let data = options?.data;
  if (data !== undefined) data = structuredClone(data, { transfer: options.transferList ?? [] });
  activate();
  if (chain.length > 0) {
    ready = ready.then(() => addModule(`${specifier}`, parent, data));
    ready.catch(() => {});
    return;
  }
  if (!addSync(`${specifier}`, parent, data)) ready = ready.then(() => addModule(`${specifier}`, parent, data));
}

// The modules of --experimental-loader, before the program.
async function registerFromOptions(list) {
  const parent = urls.workingFolderURL();
  const calls = list.map((specifier) => `register(${JSON.stringify(specifier)}, pathToFileURL("./"));`);
  process.emitWarning('`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
    '--import \'data:text/javascript,import { register } from "node:module"; import { pathToFileURL } from "node:url"; ' +
    `${calls.join(' ')}'`, 'ExperimentalWarning');
  activate();
  for (const specifier of list) {
    if (chain.length > 0 || !addSync(specifier, parent, undefined)) await addModule(specifier, parent, undefined);
    await ready;
  }
}

module.exports = { load: loadWhole, loadGraph, resolveSync, register, registerFromOptions };
