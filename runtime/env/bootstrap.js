// SPDX-License-Identifier: MIT
//
// The first JavaScript of an environment: the internal require, the lazy globals, and the three hooks that C calls
// in the life of a program (main, beforeExit, exit). Everything that an empty program does not need stays unloaded.
'use strict';

const builtins = binding('builtins');
const env = binding('env');

// ---- What the language has and the engine lacks ----

// Before any module: classes name methods with these.
for (const name of ['dispose', 'asyncDispose']) {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
}

// ---- What rewritten programs call ----

// The hidden constant of all texts of this realm, embedded or the program's, and no property of the global object:
//   c  the async context frame of now (internal/async);  a, r, k  carry it over `await`: what is awaited, what comes
//   of it, the first statement of a catch or finally, and (f) the iterable of for await;  i  import();  s  import.source();
//   e  the text of a direct eval;
//   n  names a default export;  arguments  is what the top of a module does not have.
// One object of one shape: its fields are replaced, never added, so that the engine inlines r and k.
const lode = env.evaluate(`const $lode = {
  c: undefined,
  a(value) { return value; },
  r(frame, value) { $lode.c = frame; return value; },
  k(frame) {
    if (frame !== 0) $lode.c = frame;
    return 0;
  },
  f(frame, iterable) { return iterable; },
  i: undefined,
  e: undefined,
  s: undefined,
  n(value) { if (value.name === '') $lode.name(value); },
  name: undefined,
  get arguments() { throw new ReferenceError('arguments is not defined'); },
}; $lode`, 'node:internal/async', 1);
lode.i = (specifier, referrer, options) => internalRequire('runtime/loader/esm').importDynamic(specifier, referrer, options);
lode.s = (specifier, referrer) => internalRequire('runtime/loader/esm').importSource(specifier, referrer);
lode.name = (value) => Object.defineProperty(value, 'name', { __proto__: null, configurable: true, value: 'default' });
lode.e = (text) => (typeof text === 'string' && /await|import|eval/.test(text) ? internalRequire('runtime/loader/evals').prepare(text) : text);

// ---- The internal require ----

const cache = new Map();

function internalRequire(id) {
  if (id.startsWith('node:')) id = id.slice(5);
  const known = cache.get(id);
  if (known !== undefined) return known.exports;
  const record = { id, exports: {} };
  cache.set(id, record);
  try {
    const fn = builtins.compile(id);
    fn.call(record.exports, record.exports, internalRequire, record, processObject, binding);
    if (id === 'events') internalRequire('process').becomeEmitter();
  } catch (error) {
    cache.delete(id);
    throw error;
  }
  return record.exports;
}
internalRequire.cache = cache;
internalRequire.exists = builtins.exists;

// ---- Process, errors, ticks ----

// Its prototype carries the name `process`, as inspect shows it. The tag is the object's own: what merely inherits from
// process is not taken for it.
const processObject = Object.create((function process() {}).prototype);
Object.defineProperty(processObject, Symbol.toStringTag, { writable: true, value: 'process' });

internalRequire('internal/stack').install(globalThis);
internalRequire('runtime/loader/functions').install(globalThis);
const ticks = internalRequire('internal/ticks');
internalRequire('process').build(processObject);

const onUncaught = (error, fromPromise) => internalRequire('internal/fatal').onUncaught(error, fromPromise);
env.setup(ticks.run, onUncaught, {
  main: () => internalRequire('runtime/env/main').run(),
  beforeExit: () => internalRequire('process').emitBeforeExit(),
  exit: () => internalRequire('process').emitExit(),
}, lode);
env.onUnhandledRejection(ticks.onUnhandledRejection);

// ---- Globals ----

internalRequire('runtime/env/globals').install(globalThis, processObject);
