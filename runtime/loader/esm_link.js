// SPDX-License-Identifier: MIT
//
// Linking (ECMA-262, 16.2.1.6.1.2): every import of a graph is checked against the lists of exports that the parser made;
// nothing of the modules has run by then. Children come before parents, so the error that a program sees is the
// deepest one.
//
// A module is instantiated (its functions hoisted, its imports connected) when its evaluation starts: whatever it imports
// has been evaluated by then, so nobody can tell. Where there is a cycle, that is not so: modules of a cycle, and all below
// them, are made generators (syntax/wrap.c), whose first step instantiates them while the graph is linked.
'use strict';

const { evaluate } = binding('env');
const {
  UNLINKED, LINKING, LINKED, SOURCE, HAS_META, HAS_AWAIT, HAS_FOR_AWAIT, REQUEST, IMPORT, EXPORT, INDIRECT, STAR, AMBIGUOUS,
  isSource, provides, resolveExport, collectNames, ownExports, namesOf,
} = require('runtime/loader/esm_record');
const { namespaceOf } = require('runtime/loader/esm_namespace');

const NO_NAMESPACES = [];
const FUNCTION = '(function '.length; // how a rewritten text begins

// ---- Instantiation ----

// The record whose body is being called: `$lode_x` is its first statement.
let starting = null;

// What bodies get as $lode_x. A generator is connected when all of its graph have come as far, a function at once.
function accept(bindings, linker) {
  starting.bindings = bindings;
  starting.linker = linker;
  starting = null;
}

function acceptAndConnect(bindings, linker) {
  const record = starting;
  accept(bindings, linker);
  addStars(record);
  connect(record);
}

function metaOf(record) {
  return (record.flags & HAS_META) !== 0 ? require('runtime/loader/esm_meta').metaOf(record) : undefined;
}

// In the realm that the module belongs to.
function evaluateFor(record, code) {
  return record.host === null ? evaluate(code, record.url, 1) : record.host.evaluate(code);
}

// The length of a module's head: the first edit inserted it.
function headLength(edits) {
  let length = 0;
  for (let i = 1, shift = 0; ; i++, shift += 7) {
    length |= (edits[i] & 127) << shift;
    if (edits[i] < 128) return length;
  }
}

// The same module as a generator.
function generatorOf(record) {
  const { code, edits } = record;
  const end = headLength(edits);
  return evaluateFor(record, `(function*${code.slice(FUNCTION, end - 6)}yield;${code.slice(end)}`);
}

// Whether the body is a plain function: not one with top-level await, nor one that lode made itself.
function isPlain(record) {
  return record.body === null && (record.flags & HAS_AWAIT) === 0;
}

function bodyOf(record) {
  if (record.body !== null) return record.body;
  return isPlain(record) ? generatorOf(record) : evaluateFor(record, record.code);
}

function forget(record) {
  record.body = record.code = record.edits = null;
}

// Runs a body up to where its own text begins.
function instantiate(record) {
  const body = bodyOf(record); // called as functions: `this` is undefined at the top
  const meta = metaOf(record);
  forget(record);
  starting = record;
  if ((record.flags & HAS_FOR_AWAIT) !== 0) {
    const started = new Promise((resolve) => { record.start = resolve; });
    record.run = body(meta, (bindings, linker) => {
      accept(bindings, linker);
      return started;
    });
    return;
  }
  record.run = body(meta, accept);
  record.run.next();
}

// Runs the body of a module that was not instantiated when it was linked: a function to its end, and true; a generator
// up to its own text, and false.
function begin(record) {
  if (!isPlain(record)) {
    instantiate(record);
    addStars(record);
    connect(record);
    return false;
  }
  const body = evaluateFor(record, record.code);
  const meta = metaOf(record);
  forget(record);
  starting = record;
  body(meta, acceptAndConnect);
  return true;
}

// ---- export * ----

function addStars(record) {
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] === STAR) return fillStars(record);
  }
}

function fillStars(record) {
  const { bindings } = record;
  for (const [name, found] of record.cyclic ? searchStars(record) : starsOf(record)) {
    if (found !== null && found !== AMBIGUOUS && !Object.hasOwn(bindings, name)) defineStar(bindings, name, found);
  }
}

// By the standard's algorithm, name by name.
function searchStars(record) {
  const names = new Set();
  const stars = new Map();
  collectNames(record, names, new Set());
  for (const name of names) if (!ownExports(record).has(name)) stars.set(name, resolveExport(record, name, []));
  return stars;
}

// Where no cycle is in the way: what the starred modules export, put together once. name -> Resolution
function starsOf(record) {
  if (record.stars !== null) return record.stars;
  const stars = new Map();
  const own = ownExports(record);
  const list = record.exports;
  for (let i = 0; i < list.length; i += EXPORT) {
    if (list[i] !== STAR) continue;
    const child = record.children[list[i + 3]];
    for (const name of namesBelow(child)) {
      if (name === 'default' || own.has(name)) continue;
      stars.set(name, stars.has(name) ? resolveExport(record, name, []) : resolveExport(child, name, []));
    }
  }
  return (record.stars = stars);
}

function namesBelow(record) {
  if (record.kind !== SOURCE) return namesOf(record);
  if (record.cyclic) {
    const names = new Set();
    collectNames(record, names, new Set());
    return names;
  }
  const own = ownExports(record);
  const stars = starsOf(record);
  return stars.size === 0 ? own.keys() : [...own.keys(), ...stars.keys()];
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

function missing(record, request, name, line, column) {
  const child = record.children[request];
  const specifier = record.requests[request * REQUEST];
  let text;
  if (child.kind === SOURCE && resolveExport(child, name, []) === AMBIGUOUS) {
    text = `The requested module '${specifier}' contains conflicting star exports for name '${name}'`;
    const [, second] = conflictSources(child, name);
    if (second !== undefined) text += ` with the previous requested module '${second}'`;
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
    if (isSource(record, imports[i])) continue;
    if (name === null) {
      namesOf(children[imports[i]]); // the body reads them from the bindings object
      continue;
    }
    if (provides(children[imports[i]], name)) continue;
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

// The unlinked source records below `record`, children first; marks those that cycles go through (Tarjan's algorithm).
function collect(record, list, stack) {
  record.status = LINKING;
  record.index = record.low = stack.push(record);
  const { children } = record;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (isSource(record, i)) continue;
    if (child.status === UNLINKED) {
      collect(child, list, stack);
      if (child.low < record.low) record.low = child.low;
    } else if (child.status === LINKING) {
      if (child === record) record.cyclic = true;
      if (child.index < record.low) record.low = child.index;
    }
  }
  list.push(record);
  if (record.low !== record.index) return;
  const cycle = stack.length > record.index;
  while (stack.length >= record.index) {
    const member = stack.pop();
    if (cycle) member.cyclic = true;
    member.index = member.low = Infinity; // done with: no cycle leads back into it
  }
}

// The modules that must be instantiated now: those of cycles, and what hangs below them.
function addEager(record, eager) {
  if (record.status > LINKED || eager.has(record) || (record.kind === SOURCE && record.bindings !== null)) return;
  eager.add(record);
  const { children } = record;
  for (let i = 0; i < children.length; i++) addEager(children[i], eager);
}

function instantiateCycles(list) {
  const eager = new Set();
  for (let i = 0; i < list.length; i++) if (list[i].cyclic) addEager(list[i], eager);
  const bodies = [...eager].filter((record) => record.kind === SOURCE);
  for (const record of bodies) instantiate(record);
  for (const record of bodies) addStars(record);
  for (const record of bodies) connect(record);
}

// Links a record and all below it, or none of them. The graph is loaded.
function link(record) {
  if (record.status !== UNLINKED) return;
  const list = [];
  try {
    collect(record, list, []);
    for (let i = 0; i < list.length; i++) if (list[i].kind === SOURCE) check(list[i]);
  } catch (error) {
    for (let i = 0; i < list.length; i++) list[i].status = UNLINKED;
    throw error;
  }
  for (let i = 0; i < list.length; i++) list[i].status = LINKED;
  instantiateCycles(list);
}

module.exports = { link, begin };
