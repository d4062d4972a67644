// SPDX-License-Identifier: MIT
//
// Contexts: a realm of the engine and an object of the program's on which its global names live.
//
// The realm's global object G keeps the built-ins, which its code reaches at full speed. Every other global name that code
// of the context uses or declares gets an accessor on G, once, that leads to the object (accessors.js). The parser
// says which names those are, before a text runs (syntax/context.c): no text of a context runs unparsed. A built-in
// gives way to such an accessor when the object has the name, too, or when code writes to it. globalThis and
// `this` are a proxy of the object (global.js). `let`, `const` and classes at the top of a script are the engine's own
// business: they live in the realm's lexical scope, which all scripts of a context share.
//
// Life: a context is held by its object (a WeakMap), by its functions through G, and by nothing else.
'use strict';

const native = binding('contexts');
const evaluate = native.lodeEvaluateIn;
const { rewrite, SCRIPT } = require('runtime/loader/esm_source');
const { Name, accessorFor } = require('vm/accessors');
const { GlobalHandler } = require('vm/global');
const { furnishRealm, furnishEval, refuseWasm } = require('vm/realm');

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const hasOwn = Object.hasOwn;

// Of rewrite(): the goal of a direct eval's text, and the flag for contexts. Of the names it lists: their uses.
const EVAL = 3;
const FOR_CONTEXT = 4;
const READ = 1;
const WRITTEN = 2;

const contexts = new WeakMap(); // the contextified object -> Context

function register(object, context) {
  contexts.set(object, context);
  native.remember(context); // for vm.measureMemory
}

// ---- Names that exist in every realm ----

let builtinNames = null; // of the global object; the same in all realms

function isHidden(key) { return typeof key === 'string' && key.startsWith('$lode'); }

// ---- Realms ----

// A realm whose global object is the program's to see: vm.constants.DONT_CONTEXTIFY.
class VanillaContext {
  constructor(options) {
    const [realm, global] = native.create(require('internal/ticks').onUnhandledRejection);
    this.realm = realm;
    this.global = global;
    this.object = global;
    this.dynamicImport = options.importModuleDynamically;
    this.drain = options.microtaskMode === 'afterEvaluate' ? () => { native.drainMicrotasks(); } : undefined;
    this.builtins = furnishRealm(realm, (made, kind, texts, caller) => this.remake(made, kind, texts, caller));
    if (require.cache.has('async_hooks/promises')) require('async_hooks/promises').patchRealm(this.builtins.Promise);
    builtinNames ??= Object.getOwnPropertyNames(global);
    if (!options.strings) native.refuseEval(realm, 'Code generation from strings disallowed for this context');
    if (!options.wasm) refuseWasm(realm, this.builtins);
  }

  // What rewritten texts of the realm find in its lexical scope.
  giveHelpers(helpers) {
    this.global.$lodeGiven = helpers;
    evaluate(this.realm, 'const { lode: $lode, context: $lodeX } = $lodeGiven;', 'node:internal/vm/contexts', 1);
    delete this.global.$lodeGiven;
  }

  // Behind the Function constructors.
  remake(made, kind, texts, caller) {
    const referrer = texts.some((text) => text.includes('import')) ? this.referrer() : '';
    const body = texts.length === 0 ? '' : texts[texts.length - 1];
    const text = `(${kind} anonymous(${texts.slice(0, -1).join(',')}\n) {\n${body}\n})`;
    const result = this.rewrite(text, SCRIPT, referrer);
    if (result.code === undefined) return made;
    require('internal/rewritten').rememberEvaluated(result.code, result.edits);
    const fn = evaluate(this.realm, result.code, '', 1);
    Object.setPrototypeOf(fn, Object.getPrototypeOf(made));
    return fn;
  }

  // For import() in texts that no script of the program's holds.
  referrer() { return require('vm/imports').referrerFor(this.dynamicImport, '', { deref: () => this.object }); }

  rewrite(text, goal, referrer) { return rewrite(text, goal, referrer, 0); }
  prepare() {}
  finish() {
    if (this.drain !== undefined) this.drain();
  }
}

// ---- Contextified objects ----

class Context extends VanillaContext {
  constructor(object, options) {
    super(options);
    this.object = object;
    this.prototype = this.builtins.Object.prototype;
    this.names = new Map(); // text -> Name, for every accessor on G
    this.watched = new Set(); // built-ins that code of the context uses: the object may get properties of that name
    this.dirty = false; // code may have put names on G by itself: functions that an eval declares
    this.proxy = new this.builtins.Proxy(object, new GlobalHandler(this));
    this.helpers = helpersOf(this);
    this.indirectEval = furnishEval(this.realm, this.helpers.e);
    this.giveHelpers({ lode: $lode, context: this.helpers });
    native.replaceThis(this.realm, this.global, this.proxy);
    this.global.globalThis = this.proxy;
    for (const key of builtinNames) if (key in object) this.claim(key);
  }

  // ---- Before a text runs ----

  rewrite(text, goal, referrer) {
    const result = rewrite(text, goal, referrer, FOR_CONTEXT);
    if (result.error === undefined) this.use(result);
    return result;
  }

  prepare(prepared) {
    for (const key of this.watched) if (key in this.object) this.claim(key);
    const { vars, functions } = prepared;
    for (let i = 0; i < vars.length; i++) this.declare(vars[i]);
    for (let i = 0; i < functions.length; i++) this.claim(functions[i]).declared = true;
    this.use(prepared);
  }

  declare(key) {
    const name = this.claim(key);
    name.declared = true;
    if (name.builtin === undefined && !(key in this.object)) {
      defineProperty(this.object, key, { __proto__: null, configurable: true, enumerable: true, writable: true, value: undefined });
    }
  }

  use({ free }) {
    for (let i = 0; i < free.length; i += 2) {
      const key = free[i];
      const uses = free[i + 1];
      let name = this.names.get(key);
      if (name === undefined) {
        if (uses === READ && hasOwn(this.global, key) && !(key in this.object)) {
          this.watched.add(key);
          continue;
        }
        name = this.claim(key);
      }
      if (uses !== READ) name.strict = (uses & WRITTEN) === 0;
    }
  }

  finish() {
    super.finish();
    if (this.dirty) this.adopt();
  }

  // Puts an accessor where a name is, or a built-in, if there is none.
  claim(key) {
    let name = this.names.get(key);
    if (name !== undefined) return name;
    const builtin = getOwnPropertyDescriptor(this.global, key);
    name = new Name(key, builtin);
    this.names.set(key, name);
    this.watched.delete(key);
    defineProperty(this.global, key, accessorFor(this, name)); // NaN, undefined and Infinity stay what they are
    return name;
  }

  // The proxy is about to give the object a property.
  touch(key) {
    if (typeof key === 'string' && !this.names.has(key) && hasOwn(this.global, key)) this.claim(key);
  }

  // Names that the engine put on G itself, for an eval, move to the object.
  adopt() {
    this.dirty = false;
    const { global, names, object } = this;
    for (const key of ownKeys(global)) {
      if (typeof key !== 'string' || isHidden(key)) continue;
      const name = names.get(key);
      if (name === undefined && builtinNames.includes(key)) continue;
      const { value, get } = getOwnPropertyDescriptor(global, key);
      if (get !== undefined || (name !== undefined && name.builtin !== undefined && !name.builtin.configurable)) continue;
      if (!deleteProperty(global, key)) continue;
      object[key] = value;
      if (name === undefined) this.claim(key);
      else defineProperty(global, key, accessorFor(this, name));
    }
  }

  // ---- The ends of accessors ----

  // The object's property is undefined, or there is none.
  missing(name) {
    const { text } = name;
    if (text in this.object) return undefined;
    if (name.builtin !== undefined) return this.builtinOf(name);
    if (text in this.prototype) return this.prototype[text];
    if (this.helpers.q !== 0) return undefined;
    const error = new this.builtins.ReferenceError(`${text} is not defined`);
    this.builtins.Error.captureStackTrace(error, name.getter);
    throw error;
  }

  // Of strict code.
  write(name, value) {
    const { object } = this;
    const { text } = name;
    const known = text in object;
    if (!known && name.builtin === undefined && !(text in this.prototype)) {
      throw new this.builtins.ReferenceError(`${text} is not defined`);
    }
    if (Reflect.set(object, text, value)) return;
    const own = getOwnPropertyDescriptor(object, text);
    throw new this.builtins.TypeError(own !== undefined && own.get !== undefined ?
      `Cannot set property ${text} of #<Object> which has only a getter` :
      `Cannot assign to read only property '${text}' of object '#<Object>'`);
  }

  // ---- What stands behind the object, for the proxy ----

  builtinOf({ builtin }) { return builtin.get === undefined ? builtin.value : Reflect.apply(builtin.get, this.global, []); }

  builtin(key) {
    const name = this.names.get(key);
    if (name === undefined && key === 'eval') return this.indirectEval;
    if (name === undefined) return isHidden(key) ? undefined : this.global[key];
    return name.builtin !== undefined ? this.builtinOf(name) : this.prototype[key];
  }

  hasBuiltin(key) {
    const name = this.names.get(key);
    if (name === undefined) return !isHidden(key) && key in this.global;
    return name.builtin !== undefined || key in this.prototype;
  }

  builtinDescriptor(key) {
    const name = this.names.get(key);
    if (name === undefined) return isHidden(key) ? undefined : getOwnPropertyDescriptor(this.global, key);
    return name.builtin === undefined ? undefined : { ...name.builtin };
  }

  builtinKeys() {
    return ownKeys(this.global).filter((key) => {
      const name = this.names.get(key);
      return name === undefined ? !isHidden(key) : name.builtin !== undefined;
    });
  }

  forget(key) {
    const name = this.names.get(key);
    if (name === undefined) return isHidden(key) || deleteProperty(this.global, key);
    name.builtin = undefined;
    return true;
  }
}

// `$lodeX` of the texts of a context; see syntax/context.c.
function helpersOf(context) {
  const helpers = {
    q: 0, // typeof asks: a missing name is no error
    t(_, value) {
      helpers.q = 0;
      return value;
    },
    f() {
      for (let i = 0; i < arguments.length; i += 2) declareFunction(context, arguments[i], arguments[i + 1]);
    },
    d(deleted, key) { return deleted && deleteName(context, key); },
    e(text) { return typeof text === 'string' ? prepareEval(context, text) : text; },
    i(specifier, referrer, options) { return ownPromise(context, $lode.i(specifier, referrer, options)); },
    s(specifier, referrer) { return ownPromise(context, $lode.s(specifier, referrer)); },
    get v() { return context.names.has('eval') ? context.global.eval : context.indirectEval; },
  };
  return helpers;
}

function ownPromise(context, promise) {
  return new context.builtins.Promise((resolve, reject) => { promise.then(resolve, reject); });
}

function declareFunction(context, key, value) {
  defineProperty(value, 'name', { __proto__: null, configurable: true, value: key });
  const { object } = context;
  if (!defineProperty(object, key, { __proto__: null, configurable: true, enumerable: true, writable: true, value })) {
    throw new context.builtins.TypeError(`Cannot redefine property: ${key}`);
  }
}

// The engine has deleted a property of G.
function deleteName(context, key) {
  const { global, names, object } = context;
  const name = names.get(key);
  if (name === undefined) return deleteProperty(object, key);
  if (!hasOwn(global, key)) defineProperty(global, key, accessorFor(context, name));
  if (name.declared) return false;
  return deleteProperty(object, key) && context.forget(key);
}

// What is declared in a direct eval belongs to the function around, or to the context: either is served.
function prepareEval(context, text) {
  const result = context.rewrite(text, EVAL, text.includes('import') ? context.referrer() : '');
  if (result.error !== undefined) return text;
  for (const key of result.vars) context.claim(key);
  if (result.functions.length > 0) context.dirty = true;
  if (result.code === undefined) return text;
  require('internal/rewritten').rememberEvaluated(result.code, result.edits);
  return result.code;
}

// ---- For the rest of node:vm ----

function contextify(object, options) {
  const context = new Context(object, options);
  register(object, context);
  return context;
}

function makeVanilla(options) {
  const context = new VanillaContext(options);
  context.giveHelpers({ lode: $lode, context: undefined });
  register(context.object, context);
  return context;
}

// undefined where the object was never contextified
function contextOf(object) { return contexts.get(object); }

module.exports = { Context, contextify, makeVanilla, contextOf, living: native.living, FOR_CONTEXT };
