// SPDX-License-Identifier: MIT
//
// require() of ES modules: the graph is loaded, linked and evaluated at once, provided that nothing in it awaits at the
// top, and that no part of it is being evaluated now.
'use strict';

const load = require('runtime/loader/esm_load');
const { link } = require('runtime/loader/esm_link');
const { evaluate } = require('runtime/loader/esm_evaluate');
const { namespaceOf, interopNamespace } = require('runtime/loader/esm_namespace');
const {
  UNLINKED, EVALUATING, EVALUATED, SOURCE, HAS_AWAIT, HAS_FOR_AWAIT, REQUEST,
} = require('runtime/loader/esm_record');
const urls = require('runtime/loader/urls');

const parentOf = (module) => require('runtime/loader/cjs').parentOf(module);

const ASYNC = HAS_AWAIT | HAS_FOR_AWAIT;

function refuse(module, filename, hasSyntax) {
  const { codes } = require('internal/errors');
  const parent = parentOf(module)?.filename;
  const scope = require('runtime/loader/manifests').scopeOf(filename);
  return new codes.ERR_REQUIRE_ESM(filename, hasSyntax, parent, scope?.file);
}

function hasModuleSyntax(filename) {
  const text = binding('loader').readText(filename);
  const { rewrite, COMMONJS, MODULE_SYNTAX } = require('runtime/loader/esm_source');
  return typeof text === 'string' && (rewrite(text, COMMONJS, '', 0).flags & MODULE_SYNTAX) !== 0;
}

const IN_A_CYCLE = 'A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript specification. ' +
  'Try making at least part of the dependency in the graph lazily loaded.';

function cycle(text, parent) {
  const { codes } = require('internal/errors');
  return new codes.ERR_REQUIRE_CYCLE_MODULE(`${text} in a cycle.${parent ? ` (from ${parent})` : ''} ${IN_A_CYCLE}`);
}

function cycleError(filename, parent) {
  return cycle(`Cannot require() ES Module ${filename}`, parent);
}

function asyncError(filename, parent) {
  const { codes } = require('internal/errors');
  return new codes.ERR_REQUIRE_ASYNC_MODULE(filename, parent);
}

// Refuses a graph of which a part is running now.
function checkCycles(record, seen) {
  if (seen.has(record) || record.status === EVALUATED || record.children === null) return;
  seen.add(record);
  for (let i = 0; i < record.children.length; i++) {
    const child = record.children[i];
    const running = child.status === EVALUATING || (child.cjs !== null && isLoading(child.cjs.filename));
    if (running) {
      const kind = child.cjs === null ? 'Module' : 'CommonJS Module';
      throw cycle(`Cannot import ${kind} ${record.requests[i * REQUEST]}`, urls.shown(record.url));
    }
    if (child.kind === SOURCE) checkCycles(child, seen);
  }
}

function isLoading(filename) {
  const module = require('runtime/loader/cjs').Module._cache[filename];
  return module !== undefined && !module.loaded;
}

// The first module at or below this one that awaits at its top, whether it has ended or not; null where there is none.
// Graphs that have ended without one are remembered.
function findAwait(record, seen) {
  if (record.kind !== SOURCE || record.isSync || seen.has(record)) return null;
  seen.add(record);
  if ((record.flags & ASYNC) !== 0) return record;
  for (const child of record.children) {
    const found = findAwait(child, seen);
    if (found !== null) return found;
  }
  return null;
}

function runRecord(record, filename, parent) {
  load.loadGraph(record);
  if (record.status === EVALUATING) throw cycleError(filename, parent);
  if (record.status < EVALUATING) checkCycles(record, new Set());
  if (record.status === UNLINKED) link(record);
  if (record.status === EVALUATED && record.failed) throw record.error;
  const waiting = findAwait(record, new Set());
  if (waiting !== null) refuseAwait(record, waiting, filename, parent);
  record.isSync = true;
  evaluate(record);
}

function refuseAwait(record, waiting, filename, parent) {
  if (require('internal/options').getOptionValue('--experimental-print-required-tla')) {
    evaluate(record); // what comes before the await may say more
    printAwait(waiting);
  }
  throw asyncError(filename, parent);
}

function printAwait(record) {
  binding('env').writeRaw(2, `Error: unexpected top-level await at ${require('runtime/loader/esm_await').describe(record)}\n\n\n`);
}

// What a program gets.
function exportsOf(record) {
  const { bindings } = record;
  if (Object.hasOwn(bindings, 'module.exports')) return bindings['module.exports'];
  if (!Object.hasOwn(bindings, 'default') || Object.hasOwn(bindings, '__esModule')) return namespaceOf(record);
  return (record.required ??= interopNamespace(record));
}

// ---- Warnings ----

function warn(module, filename) {
  const mode = require('internal/options').getOptionValue('--trace-require-module');
  if (!mode) return;
  const parent = parentOf(module)?.filename;
  if (mode !== 'no-node-modules' || !isInPackage(parent)) traceRequire(parent, filename);
}

function isInPackage(file) {
  return typeof file === 'string' && /[\\/]node_modules[\\/]/.test(file);
}

function traceRequire(parent, filename) {
  const subject = parent ? `CommonJS module ${parent} is loading` : 'CommonJS module is loading';
  process.emitWarning(`${subject} ES Module ${filename} using require().\n` +
    'Support for loading ES Module in require() is an experimental feature and might change at any time', 'ExperimentalWarning');
}

// ---- Entry ----

// Called by the '.js' handler: fills module.exports. `text` is the JavaScript, or null where it is to be read.
function requireModule(module, filename, text) {
  if (!require('internal/options').getOptionValue('--experimental-require-module')) throw refuse(module, filename, hasModuleSyntax(filename));
  warn(module, filename);
  const url = urls.fromPath(filename);
  const format = text === null && /\.m?ts$/.test(filename) ? 'module-typescript' : 'module';
  const record = load.remember(url, load.NO_ATTRIBUTES, () => load.makeRecord(url, format, text));
  runRecord(record, filename, parentOf(module)?.filename);
  module.exports = exportsOf(record);
}

// For a format that only the loader of modules knows.
function requireRecord(url, format, source, filename) {
  const record = load.remember(url, load.NO_ATTRIBUTES, () => load.makeRecord(url, format, source));
  runRecord(record, filename, undefined);
  return exportsOf(record);
}

module.exports = { requireModule, requireRecord, cycleError, exportsOf, runRecord };
