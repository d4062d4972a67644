// SPDX-License-Identifier: MIT
//
// Linking (ECMA-262, 16.2.1.6.1.2). All records of a graph are instantiated first: their bodies run up to their first
// `yield`, which defines the hoisted functions and hands over the bindings object. Then `export *` is filled in, then every
// import is checked and each body gets the bindings objects of what it imports. Children come before parents, so
// the error that a program sees is the deepest one.
'use strict';

const {
  UNLINKED, LINKING, LINKED, SOURCE, HAS_META, HAS_FOR_AWAIT, REQUEST, IMPORT, EXPORT, INDIRECT, STAR, AMBIGUOUS,
  isSource, namesOf, resolveExport, collectNames,
} = require('runtime/loader/esm_record');
const { namespaceOf } = require('runtime/loader/esm_namespace');

const NO_NAMESPACES = [];

// ---- Instantiation ----

// Where a body's `$lode_x` puts what it hands over; the calls never nest.
let handed = null;
let handedLinker = null;

function accept(bindings, linker) {
  handed = bindings;
  handedLinker = linker;
}

function instantiate(record) {
  const { body } = record; // called as a function: `this` is undefined at the top
  const meta = (record.flags & HAS_META) !== 0 ? require('runtime/loader/esm_meta').metaOf(record) : undefined;
  if ((record.flags & HAS_FOR_AWAIT) !== 0) {
    const started = new Promise((resolve) => { record.start = resolve; });
    record.run = body(meta, (bindings, linker) => {
      accept(bindings, linker);
      return started;
    });
  } else {
    record.run = body(meta, accept);
    record.run.next();
  }
  record.bindings = handed;
  record.linker = handedLinker;
  record.body = null;
  handed = handedLinker = null;
}

// ---- export * ----

function addStars(record) {
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] === STAR) return fillStars(record);
  }
}

function fillStars(record) {
  const names = new Set();
  collectNames(record, names, new Set());
  const { bindings } = record;
  for (const name of names) {
    if (name in bindings) continue;
    const found = resolveExport(record, name, []);
    if (found === AMBIGUOUS) (record.conflicts ??= new Set()).add(name);
    else if (found !== null) defineStar(bindings, name, found);
  }
}

function defineStar(bindings, name, { record, key }) {
  if (key === null) {
    Object.defineProperty(bindings, name, { __proto__: null, enumerable: true, get() { return namespaceOf(record); } });
    return;
  }
  // A source text's getter reads its variable: the very same one serves here.
  const slot = record.kind === SOURCE ? Object.getOwnPropertyDescriptor(record.bindings, key) : undefined;
  const from = record.bindings;
  Object.defineProperty(bindings, name, slot ?? { __proto__: null, enumerable: true, get() { return from[key]; } });
}

// ---- Checks ----

function provides(record, name) {
  if (name in record.bindings) return true;
  return record.kind !== SOURCE && record.names === null && namesOf(record).includes(name);
}

function missing(record, request, name, line, column) {
  const child = record.children[request];
  const specifier = record.requests[request * REQUEST];
  let text;
  if (child.conflicts !== null && child.conflicts.has(name)) {
    text = `The requested module '${specifier}' contains conflicting star exports for name '${name}'`;
    const [first, second] = conflictSources(child, name);
    if (second !== undefined) text += ` with the previous requested module '${second}'`;
    void first;
  } else if (child.format === 'commonjs' && name !== 'default') {
    text = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all ` +
      'module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\n' +
      `import pkg from '${specifier}';\n${fitsLine(record, line) ? destructuring(record, request) : ''}`;
  } else {
    text = `The requested module '${specifier}' does not provide an export named '${name}'`;
  }
  return require('runtime/loader/esm_errors').syntaxErrorAt(text, record.url, line, column, name.length);
}

// The specifiers of the two `export * from` that bring the name.
function conflictSources(record, name) {
  const list = record.exports;
  const found = [];
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] !== STAR) continue;
    if (resolveExport(record.children[list[i + 3]], name, []) !== null) found.push(record.requests[list[i + 3] * REQUEST]);
  }
  return found;
}

// Whether the whole import stands on one line: only then its names are shown again.
function fitsLine(record, line) {
  const text = require('internal/fatal').sources.get(record.url) ?? require('runtime/loader/esm_load').readText(record.url);
  return /\{[^}]*\}\s*from\b/.test(text.split('\n', line)[line - 1]);
}

// How the names of a request would be taken from the default export.
function destructuring(record, request) {
  const list = record.imports;
  const parts = [];
  for (let i = 0; i < list.length; i += IMPORT) {
    if (list[i] !== request) continue;
    if (list[i + 1] === null || list[i + 1] === 'default') return '';
    parts.push(list[i + 1] === list[i + 2] ? list[i + 1] : `${list[i + 1]}: ${list[i + 2]}`);
  }
  return parts.length === 0 ? '' : `const { ${parts.join(', ')} } = pkg;\n`;
}

function check(record) {
  const { imports, children } = record;
  for (let i = 0; i < imports.length; i += IMPORT) {
    const name = imports[i + 1];
    if (name === null || isSource(record, imports[i]) || provides(children[imports[i]], name)) continue;
    throw missing(record, imports[i], name, imports[i + 3], imports[i + 4]);
  }
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] !== INDIRECT || isSource(record, list[i + 3])) continue;
    const found = resolveExport(children[list[i + 3]], list[i + 4], [record, list[i + 1]]);
    if (found !== null && found !== AMBIGUOUS) continue;
    const at = list[i + 3] * REQUEST;
    throw missing(record, list[i + 3], list[i + 4], record.requests[at + 4], record.requests[at + 5]);
  }
}

// ---- Connecting ----

function connect(record) {
  check(record);
  const { children, requests, linker } = record;
  const bindings = new Array(children.length);
  let namespaces = NO_NAMESPACES;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    bindings[i] = isSource(record, i) ? { __proto__: null, default: require('runtime/loader/esm_wasm').sourceOf(child) } : child.bindings;
    if (requests[i * REQUEST + 3] === 0) continue;
    if (namespaces === NO_NAMESPACES) namespaces = new Array(children.length);
    namespaces[i] = namespaceOf(child);
  }
  linker(bindings, namespaces);
}

// The unlinked source records below `record`, children first.
function collect(record, list) {
  if (record.status !== UNLINKED) return;
  record.status = LINKING;
  const { children } = record;
  for (let i = 0; i < children.length; i++) if (!isSource(record, i)) collect(children[i], list);
  if (record.kind === SOURCE) list.push(record);
  else record.status = LINKED;
}

// Links a record and all below it, or none of them. The graph is loaded.
function link(record) {
  if (record.status !== UNLINKED) return;
  const list = [];
  collect(record, list);
  try {
    for (let i = 0; i < list.length; i++) if (list[i].bindings === null) instantiate(list[i]);
    for (let i = 0; i < list.length; i++) addStars(list[i]);
    for (let i = 0; i < list.length; i++) connect(list[i]);
  } catch (error) {
    for (let i = 0; i < list.length; i++) list[i].status = UNLINKED;
    throw error;
  }
  for (let i = 0; i < list.length; i++) list[i].status = LINKED;
}

module.exports = { link };
