// SPDX-License-Identifier: MIT
//
// Module records: one object of one shape for each module, whatever it is made of. A record of a source text holds what
// the parser found (requests, imports, exports) and the rewritten body; every other kind (CommonJS, JSON, built-in,
// WebAssembly, made by hooks) is *synthetic*: a list of names and a function that sets them.
//
// A module's exported values are read through its *bindings object*: getters into the running body for source texts, plain
// properties for synthetic ones. What is here looks only at names: which exports there are, and where each comes from
// (ECMA-262, 16.2.1.7: GetExportedNames and ResolveExport).
'use strict';

// The life of a record, in this order. LINKING and EVALUATING mean: now on the stack.
const UNLINKED = 0;
const LINKING = 1;
const LINKED = 2;
const EVALUATING = 3;
const EVALUATING_ASYNC = 4;
const EVALUATED = 5;

// Kinds.
const SOURCE = 0;
const SYNTHETIC = 1;

// Flags of a source text, as the rewritten text states them.
const HAS_META = 1;
const HAS_AWAIT = 2;
const HAS_FOR_AWAIT = 4;

// Strides of the flat lists in the rewritten text.
const REQUEST = 6; // specifier, attributes (keys and values in turn, or null), phase, wants namespace, line, column
const IMPORT = 5; // request, imported name or null, local name, line, column
const EXPORT = 5; // kind, exported name, local name, request, imported name

const LOCAL = 0;
const INDIRECT = 1;
const STAR = 2;
const STAR_AS = 3;

function Record(url, kind, format) {
  this.url = url;
  this.kind = kind;
  this.format = format;
  this.status = UNLINKED;
  // Of a source text
  this.requests = null;
  this.imports = null;
  this.exports = null;
  this.flags = 0;
  this.code = null; // the rewritten text and its edits, until the module starts
  this.edits = null;
  this.body = null;
  this.cyclic = false; // a cycle of imports goes through it
  this.children = null; // records, in the order of requests; null until the graph below is loaded
  this.visit = 0;
  this.run = null; // the generator (or the promise of an async body) once instantiated
  this.start = null; // resolves the start of an async body
  this.linker = null;
  this.bindings = null;
  this.meta = undefined;
  this.host = null; // of a module that node:vm made: evaluate(code) and makeMeta()
  // Of a synthetic one
  this.names = null; // Array, or null until asked for
  this.findNames = null; // (record) => names
  this.evaluate = null; // (record): sets the bindings
  this.cjs = null; // what a CommonJS record runs
  // Names
  this.own = null; // Map: exported name -> index into exports; made where there is more than plain exports
  this.stars = null; // Map: name -> Resolution, of export * from
  this.isSync = false; // no top-level await in the graph below, as require() found
  this.namespace = null;
  this.required = null; // what require() of this module answers
  // Evaluation (16.2.1.6.1.3)
  this.failed = false;
  this.error = undefined;
  this.index = 0;
  this.low = 0;
  this.root = null; // [[CycleRoot]]
  this.order = 0; // [[AsyncEvaluationOrder]]; -1 when done
  this.pending = 0; // [[PendingAsyncDependencies]]
  this.parents = null; // [[AsyncParentModules]]
  this.capability = null; // [[TopLevelCapability]]
}

// No name is inherited: what a program adds to Object.prototype is nothing of a record's.
Record.prototype = Object.create(null);

// From what the parser answered; or with a body that lode made itself, a generator function.
function sourceRecord(url, parts, body = null) {
  const record = new Record(url, SOURCE, 'module');
  record.requests = parts[0];
  record.imports = parts[1];
  record.exports = parts[2];
  record.flags = parts[3];
  record.body = body;
  if (body === null) {
    record.code = parts[4];
    record.edits = parts[5];
  }
  return record;
}

// findNames is called when the first importer asks for more than `default`.
function syntheticRecord(url, format, names, evaluate) {
  const record = new Record(url, SYNTHETIC, format);
  record.evaluate = evaluate;
  record.bindings = { __proto__: null, default: undefined };
  record.children = [];
  if (typeof names === 'function') record.findNames = names;
  else setNames(record, names);
  return record;
}

function setNames(record, names) {
  record.names = names;
  const { bindings } = record;
  for (let i = 0; i < names.length; i++) if (!(names[i] in bindings)) bindings[names[i]] = undefined;
  if (!names.includes('default')) delete bindings.default;
}

// Those of a synthetic record.
function namesOf(record) {
  if (record.kind === SOURCE) return null;
  if (record.names === null) setNames(record, record.findNames(record));
  return record.names;
}

// Whether a request is for the module's source only (`import source`): it is neither linked nor run.
function isSource(record, request) {
  return record.requests !== null && record.requests[request * REQUEST + 2] === 1;
}

// ---- Where a name comes from ----

function Resolution(record, key) {
  this.record = record;
  this.key = key; // the exported name under which that record's bindings hold it, or null for its namespace
}

const AMBIGUOUS = new Resolution(null, null);

function ownExports(record) {
  if (record.own !== null) return record.own;
  const own = new Map();
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) if (list[i] !== STAR) own.set(list[i + 1], i);
  return (record.own = own);
}

function localName(resolution) {
  const { record, key } = resolution;
  if (key === null || record.kind !== SOURCE) return key;
  return record.exports[ownExports(record).get(key) + 2];
}

function same(a, b) {
  return a.record === b.record && (a.key === b.key || (a.key !== null && b.key !== null && localName(a) === localName(b)));
}

// => Resolution, null, or AMBIGUOUS. `seen` holds [record, name, ...] of the search so far.
function resolveExport(record, name, seen) {
  if (record.kind !== SOURCE) {
    if (name === 'default' && record.names === null) return new Resolution(record, name);
    return namesOf(record).includes(name) ? new Resolution(record, name) : null;
  }
  for (let i = 0; i < seen.length; i += 2) if (seen[i] === record && seen[i + 1] === name) return null;
  seen.push(record, name);
  const list = record.exports;
  const at = ownExports(record).get(name);
  if (at !== undefined) {
    if (list[at] === LOCAL || isSource(record, list[at + 3])) return new Resolution(record, name);
    const child = record.children[list[at + 3]];
    return list[at] === STAR_AS ? new Resolution(child, null) : resolveExport(child, list[at + 4], seen);
  }
  return name === 'default' ? null : resolveStars(record, name, seen);
}

function resolveStars(record, name, seen) {
  let found = null;
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] !== STAR) continue;
    const resolution = resolveExport(record.children[list[i + 3]], name, seen);
    if (resolution === AMBIGUOUS) return AMBIGUOUS;
    if (resolution === null) continue;
    if (found === null) found = resolution;
    else if (!same(found, resolution)) return AMBIGUOUS;
  }
  return found;
}

// All names that a module exports, into a Set; ambiguous ones included.
function collectNames(record, into, seen) {
  if (seen.has(record)) return;
  seen.add(record);
  if (record.kind !== SOURCE) {
    for (const name of namesOf(record)) into.add(name);
    return;
  }
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] !== STAR) {
      into.add(list[i + 1]);
      continue;
    }
    const below = new Set();
    collectNames(record.children[list[i + 3]], below, seen);
    for (const name of below) if (name !== 'default') into.add(name);
  }
}

// Whether a module exports a name, unambiguously.
function provides(record, name) {
  if (record.kind !== SOURCE) return name in record.bindings || (record.names === null && namesOf(record).includes(name));
  if (ownExports(record).has(name)) return true; // its own imports are checked when it is linked
  const found = resolveExport(record, name, []);
  return found !== null && found !== AMBIGUOUS;
}

module.exports = {
  UNLINKED, LINKING, LINKED, EVALUATING, EVALUATING_ASYNC, EVALUATED,
  SOURCE, SYNTHETIC, HAS_META, HAS_AWAIT, HAS_FOR_AWAIT, REQUEST, IMPORT, EXPORT, LOCAL, INDIRECT, STAR, STAR_AS, AMBIGUOUS,
  sourceRecord, syntheticRecord, isSource, setNames, namesOf, provides, resolveExport, collectNames, ownExports,
};
