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
  UNLINKED, EVALUATING, EVALUATING_ASYNC, EVALUATED, SOURCE, HAS_AWAIT, HAS_FOR_AWAIT,
} = require('runtime/loader/esm_record');
const urls = require('runtime/loader/urls');

const ASYNC = HAS_AWAIT | HAS_FOR_AWAIT;

function refuse(module, filename, hasSyntax) {
  const { codes } = require('internal/errors');
  const parent = module.parent?.filename;
  const scope = require('runtime/loader/manifests').scopeOf(filename);
  return new codes.ERR_REQUIRE_ESM(filename, hasSyntax, parent, scope?.file);
}

function cycleError(filename, parent) {
  const { codes } = require('internal/errors');
  const from = parent ? ` (from ${parent})` : '';
  return new codes.ERR_REQUIRE_CYCLE_MODULE(`Cannot require() ES Module ${filename} in a cycle.${from} A cycle involving require(esm) ` +
    'is not allowed to maintain invariants mandated by the ECMAScript specification. ' +
    'Try making at least part of the dependency in the graph lazily loaded.');
}

function asyncError(filename, parent) {
  const { codes } = require('internal/errors');
  return new codes.ERR_REQUIRE_ASYNC_MODULE(filename, parent);
}

// The first record at or below this one for which `test` holds, among those that are not evaluated.
function findBelow(record, test, seen) {
  if (seen.has(record) || record.kind !== SOURCE) return null;
  seen.add(record);
  if (test(record)) return record;
  if (record.status === EVALUATED || record.children === null) return null;
  for (const child of record.children) {
    const found = findBelow(child, test, seen);
    if (found !== null) return found;
  }
  return null;
}

const awaits = (record) => record.status !== EVALUATED && ((record.flags & ASYNC) !== 0 || record.status === EVALUATING_ASYNC);
const runs = (record) => record.status === EVALUATING;

function runRecord(record, filename, parent) {
  load.loadGraph(record);
  if (findBelow(record, runs, new Set()) !== null) throw cycleError(filename, parent);
  if (record.status === UNLINKED) link(record);
  if (record.status === EVALUATED && record.failed) throw record.error;
  const waiting = findBelow(record, awaits, new Set());
  if (waiting !== null) {
    if (require('internal/options').getOptionValue('--experimental-print-required-tla')) printAwait(waiting);
    throw asyncError(filename, parent);
  }
  evaluate(record);
}

function printAwait(record) {
  binding('env').writeRaw(2, `Error: unexpected top-level await at ${require('runtime/loader/esm_await').describe(record)}\n\n\n`);
}

// What a program gets.
function exportsOf(record) {
  const { bindings } = record;
  if ('module.exports' in bindings) return bindings['module.exports'];
  if (!('default' in bindings) || '__esModule' in bindings) return namespaceOf(record);
  return (record.required ??= interopNamespace(record));
}

// ---- Warnings ----

function warn(module, filename) {
  const mode = require('internal/options').getOptionValue('--trace-require-module');
  if (!mode) return;
  const parent = module.parent?.filename;
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

// Called by the '.js' handler: fills module.exports. `text` is the source.
function requireModule(module, filename, text) {
  if (!require('internal/options').getOptionValue('--experimental-require-module')) throw refuse(module, filename, true);
  warn(module, filename);
  const url = urls.fromPath(filename);
  const record = load.remember(url, load.NO_ATTRIBUTES, () => load.makeRecord(url, 'module', text));
  runRecord(record, filename, module.parent?.filename);
  module.exports = exportsOf(record);
}

module.exports = { requireModule, exportsOf, runRecord };
