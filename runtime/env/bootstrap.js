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

// The hidden constant of all texts of this realm, embedded or the program's, and no property of the global object.
//   c          the async context frame of now (internal/async)
//   a, v, r    `await e` is r(a(e), await v): a keeps what is awaited in v and gives what r restores afterwards, the
//              frame. Nothing runs between a and the await.
//   k          at the start of a catch or finally: takes back the frame of an await, or of a for await, that was left by
//              an exception; 0 where there is none
//   f          the iterable of a for await
//   t          what an async function returns
//   i, s, e    import(), import.source(), and the text of a direct eval
//   n          the name of a default export that has none
//   arguments  at the top of a module
//   end        what C calls at an entry, when asked to (internal/async)
// One object of one shape: its fields are replaced, never added, so that the engine inlines a, r and k.
const lode = env.evaluate(`const $lode = {
  c: undefined,
  v: undefined,
  a(value) { $lode.v = value; return $lode.c; },
  r(frame, value) { $lode.v = undefined; $lode.c = frame; return value; },
  k(frame, loopFrame) {
    if (frame !== 0) $lode.c = frame;
    else if (arguments.length === 2 && loopFrame !== 0) $lode.c = loopFrame;
    return 0;
  },
  f(frame, iterable) { return iterable; },
  t(value) { return value; },
  i: undefined,
  s: undefined,
  e: undefined,
  n: undefined,
  end: undefined,
  get o() { return undefined; },
  get arguments() { throw new ReferenceError('arguments is not defined'); },
}; $lode`, 'node:internal/async', 1);
lode.i = (specifier, referrer, options) => internalRequire('runtime/loader/esm').importDynamic(specifier, referrer, options);
lode.s = (specifier, referrer) => internalRequire('runtime/loader/esm').importSource(specifier, referrer);
lode.e = (text) => (typeof text === 'string' && /async|await|import|eval/.test(text) ? internalRequire('runtime/loader/evals').prepare(text) : text);
lode.n = (value) => Object.defineProperty(value, 'name', { __proto__: null, configurable: true, value: 'default' });

// ---- The internal require ----

const cache = new Map();
const fromTree = builtins.tree('events') !== undefined;

// The developer's road, with LODE_LIB: what tools/embed does when lode is built.
function compileFromTree(id) {
  const [text, url] = builtins.tree(id);
  if (text === undefined || !text.includes('async ')) return builtins.compile(id);
  const { code } = binding('syntax').rewrite(text, 1, '', 0);
  return code === undefined ? builtins.compile(id) :
    env.evaluate(`(function (exports, require, module, process, binding) {${code}\n})`, url, 1);
}

function internalRequire(id) {
  if (id.startsWith('node:')) id = id.slice(5);
  const known = cache.get(id);
  if (known !== undefined) return known.exports;
  const record = { id, exports: {} };
  cache.set(id, record);
  try {
    const fn = fromTree ? compileFromTree(id) : builtins.compile(id);
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
