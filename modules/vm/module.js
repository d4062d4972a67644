// SPDX-License-Identifier: MIT
//
// vm.SourceTextModule and vm.SyntheticModule: the records of the ES module loader (runtime/loader/esm_*.js) in the hands of a
// program, which links them itself. A record's body is evaluated in the module's context. Modules are instantiated when
// they are linked, as for cycles (`cyclic`), since their namespaces can be asked for before they run.
'use strict';

const esm = require('runtime/loader/esm_record');
const { link } = require('runtime/loader/esm_link');
const { evaluate } = require('runtime/loader/esm_evaluate');
const { namespaceOf } = require('runtime/loader/esm_namespace');
const { contextOf, Context } = require('vm/contexts');
const errors = require('vm/errors');
const imports = require('vm/imports');
const { codes } = require('internal/errors');
const validators = require('internal/validators');

const evaluateIn = binding('contexts').lodeEvaluateIn;
const { UNLINKED, LINKING, EVALUATING, EVALUATED, SOURCE, SYNTHETIC, HAS_AWAIT, HAS_FOR_AWAIT, REQUEST } = esm;
const ASYNC = HAS_AWAIT | HAS_FOR_AWAIT;
const PHASES = ['evaluation', 'source', 'defer'];
const kInspect = Symbol.for('nodejs.util.inspect.custom');

const counts = new WeakMap(); // the realm's context, or this map for the main one -> modules without an identifier so far

function nextIdentifier(context) {
  const key = context ?? counts;
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return `vm:module(${count})`;
}

let isModule;
let linkAll; // (module, linker): the graph below, through the linker

let recordOf; // (module) => its record
let linkTo; // (module, modules): by the program's own hand
let instantiate; // (module)

class Module {
  #record;
  #context; // of contexts.js, or null: the main one
  #object; // the contextified object, or undefined
  #linking = false;
  #failure = undefined; // { error } where linking failed

  constructor(record, context, object) {
    if (new.target === Module) throw new TypeError('Module is not a constructor');
    this.#record = record;
    this.#context = context;
    this.#object = object;
  }

  static {
    isModule = (value) => typeof value === 'object' && value !== null && #record in value;
    linkTo = (module, modules) => module.#linkTo(modules, module.moduleRequests);
    instantiate = (module) => {
      if (module.#record.status === UNLINKED) module.#instantiate();
    };
    recordOf = (module) => module.#record;

    linkAll = async (module, linker) => {
      if (module.#linking || module.#record.children !== null) return;
      module.#linking = true;
      try {
        const { moduleRequests } = module;
        const answers = moduleRequests.map(async (request) => {
          const { specifier, attributes } = request;
          const found = await linker(specifier, module, { __proto__: null, attributes, assert: attributes });
          Module.#check(module, request, found);
          if (found.status === 'unlinked') await linkAll(found, linker);
          return found;
        });
        module.#record.children = (await Promise.all(answers)).map(recordOf);
      } catch (error) {
        module.#failure = { error };
        throw error;
      }
    };
  }

  static #brand(value) {
    if (!isModule(value)) throw new codes.ERR_INVALID_THIS('Module');
  }

  // What may stand for a request of `module`.
  static #check(module, { specifier, phase }, found) {
    if (!isModule(found)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
    if (found.#context !== module.#context) throw new codes.ERR_VM_MODULE_DIFFERENT_CONTEXT();
    if (found.status === 'errored') throw new codes.ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, found.error);
    if (phase === 'source') throw imports.noSource(specifier);
  }

  get identifier() {
    Module.#brand(this);
    return this.#record.url;
  }

  get context() {
    Module.#brand(this);
    return this.#object;
  }

  get status() {
    Module.#brand(this);
    const { status, failed, kind } = this.#record;
    if (failed || this.#failure !== undefined) return 'errored';
    if (status === EVALUATING) return 'evaluating';
    if (status > EVALUATING) return 'evaluated';
    if (status > LINKING || kind === SYNTHETIC) return 'linked';
    return this.#linking ? 'linking' : 'unlinked';
  }

  get error() {
    Module.#brand(this);
    if (this.status !== 'errored') throw new codes.ERR_VM_MODULE_STATUS('must be errored');
    return this.#failure === undefined ? this.#record.error : this.#failure.error;
  }

  get namespace() {
    Module.#brand(this);
    const { status } = this;
    if (status === 'unlinked' || status === 'linking' || this.#record.bindings === null) {
      throw new codes.ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    }
    return namespaceOf(this.#record);
  }

  async link(linker) {
    Module.#brand(this);
    validators.validateFunction(linker, 'linker');
    if (this.#record.kind === SYNTHETIC) return;
    const { status } = this;
    if (status === 'linked') throw new codes.ERR_VM_MODULE_ALREADY_LINKED();
    if (status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    await linkAll(this, linker);
    this.#instantiate();
  }

  #linkTo(modules, requests) {
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    if (modules.length !== requests.length) {
      throw new codes.ERR_MODULE_LINK_MISMATCH(`Expected ${requests.length} modules, got ${modules.length}`);
    }
    for (let i = 0; i < modules.length; i++) {
      if (!isModule(modules[i])) throw new codes.ERR_VM_MODULE_NOT_MODULE();
      for (let k = 0; k < i; k++) {
        if (sameModule(requests[k], requests[i]) && modules[k] !== modules[i]) {
          throw new codes.ERR_MODULE_LINK_MISMATCH(`Module request '${requests[i].specifier}' at index ${i} must be linked to the same module as that at ${k}`);
        }
      }
      Module.#check(this, requests[i], modules[i]);
    }
    this.#record.children = modules.map(recordOf);
  }

  #instantiate() {
    try {
      if (this.#record.children === null) {
        throw new codes.ERR_VM_MODULE_LINK_FAILURE(`requests of module '${this.#record.url}' are not linked`);
      }
      checkLinked(this.#record, new Set());
      link(this.#record);
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      this.#linking = false;
    }
  }

  // => a promise that is settled already where nothing in the graph waits.
  evaluate(options = {}) {
    try {
      Module.#brand(this);
      validators.validateObject(options, 'options');
      const { timeout, breakOnSigint = false } = options;
      if (timeout !== undefined && timeout !== -1) validators.validateUint32(timeout, 'options.timeout', true);
      validators.validateBoolean(breakOnSigint, 'options.breakOnSigint');
      const { status } = this;
      if (status !== 'linked' && status !== 'evaluated' && status !== 'errored') {
        throw new codes.ERR_VM_MODULE_STATUS('must be one of linked, evaluated, or errored');
      }
      if (this.#failure !== undefined) throw this.#failure.error;
      const record = this.#record;
      if (record.status === EVALUATED) return record.failed ? Promise.reject(record.error) : Promise.resolve();
      const waiting = this.#run(timeout, breakOnSigint);
      return waiting === undefined ? Promise.resolve() : waiting.then(() => undefined);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #run(timeout, breakOnSigint) {
    const limited = (timeout !== undefined && timeout !== -1) || breakOnSigint;
    const run = () => {
      const waiting = evaluate(this.#record);
      this.#context?.finish();
      return waiting;
    };
    if (!limited) return run();
    try {
      return require('vm/limits').limited(run, timeout === -1 ? undefined : timeout, breakOnSigint, this.#context?.drain);
    } catch (error) {
      // What was cut off is over.
      this.#failure = { error };
      throw error;
    }
  }

  [kInspect](depth, options) {
    Module.#brand(this);
    if (typeof depth === 'number' && depth < 0) return `[${this.constructor.name}]`;
    const shown = Object.create(Object.getPrototypeOf(this));
    for (const name of ['status', 'identifier', 'context']) {
      Object.defineProperty(shown, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value: this[name] });
    }
    return require('util').inspect(shown, { ...options, customInspect: false });
  }
}

function sameModule(a, b) {
  if (a.specifier !== b.specifier) return false;
  const keys = Object.keys(a.attributes);
  return keys.length === Object.keys(b.attributes).length && keys.every((key) => a.attributes[key] === b.attributes[key]);
}

// Whether every request below has its module.
function checkLinked(record, seen) {
  if (seen.has(record)) return;
  seen.add(record);
  if (record.children === null) {
    if (record.requests.length > 0) {
      const text = `request for '${record.requests[0]}' can not be resolved on module '${record.url}' that is not linked`;
      throw new codes.ERR_VM_MODULE_LINK_FAILURE(text);
    }
    record.children = [];
  }
  for (const child of record.children) checkLinked(child, seen);
}

// { context, object } of options.context
function placeOf(object) {
  if (object === undefined) return { context: null, object: undefined };
  validators.validateObject(object, 'options.context');
  const context = contextOf(object);
  if (context === undefined) throw new codes.ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', object);
  return { context, object };
}

function identifierOf(options, context) {
  if (options.identifier === undefined) return nextIdentifier(context);
  validators.validateString(options.identifier, 'options.identifier');
  return options.identifier;
}

// ---- Source texts ----

// What a record asks of the module that it is made for.
class Host {
  constructor(module, context, unit, initializeImportMeta) {
    this.module = module;
    this.context = context;
    this.unit = unit;
    this.initialize = initializeImportMeta;
    this.names = undefined; // those that the text uses, of a context
  }

  evaluate(code) {
    const { context, unit } = this;
    if (context === null) return evaluateIn(undefined, code, unit.filename, unit.line);
    if (this.names !== undefined) context.use(this.names);
    return evaluateIn(context.realm, code, unit.filename, unit.line);
  }

  makeMeta() {
    const meta = { __proto__: null };
    this.initialize?.(meta, this.module);
    return meta;
  }
}

function parse(unit, context, referrer) {
  const inContext = context instanceof Context;
  const parts = binding('syntax').module(unit.text, referrer, inContext);
  if (parts.error !== undefined) throw errors.syntaxError(unit, parts);
  errors.rememberSource(unit.filename, unit.text, unit.line);
  require('internal/rewritten').rememberScript(unit.filename, parts[4], parts[5], unit.line);
  return parts;
}

class SourceTextModule extends Module {
  #source;
  #requests;
  #specifiers;

  constructor(code, options = {}) {
    validators.validateString(code, 'code');
    validators.validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, cachedData } = options;
    const { context, object } = placeOf(options.context);
    validators.validateInt32(lineOffset, 'options.lineOffset');
    validators.validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validators.validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    if (importModuleDynamically !== undefined) validators.validateFunction(importModuleDynamically, 'options.importModuleDynamically');
    if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
    }
    const identifier = identifierOf(options, context);
    if (cachedData !== undefined && require('vm/cached_data').isRejected(cachedData, 'module', code)) {
      throw new codes.ERR_VM_MODULE_CACHED_DATA_REJECTED();
    }
    const shift = Math.max(0, columnOffset);
    const unit = { filename: identifier, text: ' '.repeat(shift) + code, line: lineOffset + 1, shift, head: '' };
    let self; // known to import() only when it runs
    const owner = { deref: () => self };
    const referrer = code.includes('import') ? imports.referrerFor(importModuleDynamically, identifier, owner) : '';
    const parts = parse(unit, context, referrer);
    const record = esm.sourceRecord(identifier, parts);
    super(record, context, object);
    self = this;
    record.cyclic = true;
    record.host = new Host(this, context, unit, initializeImportMeta);
    if (parts.length > 6) record.host.names = { free: parts[6] };
    this.#source = code;
  }

  static #brand(value) {
    if (typeof value !== 'object' || value === null || !(#source in value)) throw new codes.ERR_INVALID_THIS('SourceTextModule');
  }

  get moduleRequests() {
    SourceTextModule.#brand(this);
    return this.#requests ??= requestsOf(recordOf(this));
  }

  get dependencySpecifiers() {
    SourceTextModule.#brand(this);
    return this.#specifiers ??= Object.freeze(this.moduleRequests.map(({ specifier }) => specifier));
  }

  linkRequests(modules) {
    SourceTextModule.#brand(this);
    validators.validateArray(modules, 'modules');
    linkTo(this, modules);
  }

  instantiate() {
    SourceTextModule.#brand(this);
    instantiate(this);
  }

  hasTopLevelAwait() {
    SourceTextModule.#brand(this);
    return (recordOf(this).flags & ASYNC) !== 0;
  }

  hasAsyncGraph() {
    SourceTextModule.#brand(this);
    const record = recordOf(this);
    if (record.status <= LINKING) throw new codes.ERR_VM_MODULE_STATUS('must be instantiated');
    return waitsBelow(record, new Set());
  }

  createCachedData() {
    SourceTextModule.#brand(this);
    const { status } = this;
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') throw new codes.ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    return require('vm/cached_data').certificate('module', this.#source);
  }
}

function requestsOf({ requests }) {
  const list = [];
  for (let i = 0; i < requests.length; i += REQUEST) {
    const attributes = { __proto__: null };
    const given = requests[i + 1] ?? [];
    for (let k = 0; k < given.length; k += 2) attributes[given[k]] = given[k + 1];
    list.push(Object.freeze({
      __proto__: null, specifier: requests[i], attributes: Object.freeze(attributes), phase: PHASES[requests[i + 2]],
    }));
  }
  return Object.freeze(list);
}

function waitsBelow(record, seen) {
  if (seen.has(record) || record.kind !== SOURCE) return false;
  seen.add(record);
  return (record.flags & ASYNC) !== 0 || record.children.some((child) => waitsBelow(child, seen));
}

// ---- Synthetic modules ----

class SyntheticModule extends Module {
  #names;

  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, i) => {
      if (exportNames.indexOf(name) < i) throw new codes.ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
    });
    validators.validateFunction(evaluateCallback, 'evaluateCallback');
    validators.validateObject(options, 'options');
    const { context, object } = placeOf(options.context);
    let self;
    const record = esm.syntheticRecord(identifierOf(options, context), 'synthetic', exportNames.slice(), () => {
      Reflect.apply(evaluateCallback, self, []);
    });
    super(record, context, object);
    self = this;
    this.#names = new Set(exportNames);
  }

  setExport(name, value) {
    if (typeof this !== 'object' || this === null || !(#names in this)) throw new codes.ERR_INVALID_THIS('SyntheticModule');
    validators.validateString(name, 'name');
    if (!this.#names.has(name)) throw new ReferenceError(`Export '${name}' is not defined in module`);
    recordOf(this).bindings[name] = value;
  }
}

module.exports = { Module, SourceTextModule, SyntheticModule, isModule };
