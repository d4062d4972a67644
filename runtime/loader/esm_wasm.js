// SPDX-License-Identifier: MIT
//
// WebAssembly modules as ES modules: their imports are requests like any other's, their exports are exports. The record is one
// of a source text whose body is written here: it instantiates the module when its turn to be evaluated comes.
//
// What a binary imports and exports is read from its sections: the engine's own lists refuse types that it can run.
'use strict';

const { sourceRecord } = require('runtime/loader/esm_record');

const modules = new WeakMap(); // record -> WebAssembly.Module
const instances = new WeakMap(); // bindings object -> the exports of the instance, of evaluated records

const STRINGS = 'wasm:js-string';
const STRING_CONSTANTS = 'wasm:js/string-constants';

// ---- Sections ----

const KINDS = ['function', 'table', 'memory', 'global', 'tag'];
const IMPORTS = 2;
const EXPORTS = 7;

// Only for binaries that the engine has accepted, so what stands here is well-formed.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 8; // behind the magic number and the version
  }
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  name() {
    const length = this.number();
    const { utf8Slice } = Buffer.prototype;
    const text = Reflect.apply(utf8Slice, Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at, length), [0, length]);
    this.at += length;
    return text;
  }
  valueType() {
    const type = this.bytes[this.at++];
    if (type === 0x63 || type === 0x64) this.number(); // a reference to a heap type
  }
  limits() {
    const flags = this.bytes[this.at++];
    this.number();
    if ((flags & 1) !== 0) this.number();
  }
  // The type of an import; nobody asks for it.
  skipType(kind) {
    if (kind === 'function') this.number();
    else if (kind === 'memory') this.limits();
    else if (kind === 'table') {
      this.valueType();
      this.limits();
    } else if (kind === 'global') {
      this.valueType();
      this.at++;
    } else {
      this.at++;
      this.number();
    }
  }
}

function sectionsOf(bytes) {
  const reader = new Reader(bytes);
  const found = { imports: [], exports: [] };
  while (reader.at < bytes.length) {
    const id = reader.bytes[reader.at++];
    const end = reader.number() + reader.at;
    if (id === IMPORTS) {
      for (let count = reader.number(); count > 0; count--) {
        const module = reader.name();
        const name = reader.name();
        const kind = KINDS[bytes[reader.at++]];
        reader.skipType(kind);
        found.imports.push({ module, name, kind });
      }
    } else if (id === EXPORTS) {
      for (let count = reader.number(); count > 0; count--) {
        found.exports.push({ name: reader.name(), kind: KINDS[bytes[reader.at++]] });
        reader.number();
      }
    }
    reader.at = end;
  }
  return found;
}

// ---- Names that are set aside ----

function isReserved(name) {
  return name.startsWith('wasm:') || name.startsWith('wasm-js:');
}

function checkNames({ imports, exports }, url) {
  for (const { module, name } of imports) {
    if (module.startsWith('wasm-js:')) throw new WebAssembly.LinkError(`Invalid Wasm import "${module}" in ${url}`);
    if (module !== STRING_CONSTANTS && isReserved(name)) throw new WebAssembly.LinkError(`Invalid Wasm import name "${module}" in ${url}`);
  }
  for (const { name } of exports) {
    if (isReserved(name)) throw new WebAssembly.LinkError(`Invalid Wasm export name "${name}" in ${url}`);
  }
}

// ---- String built-ins ----

function text(value) {
  if (typeof value !== 'string') throw new WebAssembly.RuntimeError('illegal cast');
  return value;
}

// https://webassembly.github.io/js-string-builtins: all that need no access to arrays of the garbage-collected kind.
const stringBuiltins = {
  __proto__: null,
  cast: text,
  test: (value) => (typeof value === 'string' ? 1 : 0),
  fromCharCode: (code) => String.fromCharCode(code >>> 0),
  fromCodePoint(code) {
    if (code >>> 0 > 0x10ffff) throw new WebAssembly.RuntimeError('Invalid code point');
    return String.fromCodePoint(code >>> 0);
  },
  charCodeAt(value, index) {
    if (index >>> 0 >= text(value).length) throw new WebAssembly.RuntimeError('string offset out of bounds');
    return value.charCodeAt(index >>> 0);
  },
  codePointAt(value, index) {
    if (index >>> 0 >= text(value).length) throw new WebAssembly.RuntimeError('string offset out of bounds');
    return value.codePointAt(index >>> 0);
  },
  length: (value) => text(value).length,
  concat: (first, second) => text(first) + text(second),
  substring(value, start, end) {
    start >>>= 0;
    end >>>= 0;
    return start > end || start > text(value).length ? '' : value.slice(start, end);
  },
  equals(first, second) {
    if (first !== null) text(first);
    if (second !== null) text(second);
    return first === second ? 1 : 0;
  },
  compare: (first, second) => (text(first) === text(second) ? 0 : first < second ? -1 : 1),
};

function isBuiltin({ module }) {
  return module === STRINGS || module === STRING_CONSTANTS;
}

function builtinFor({ module, name }, url) {
  if (module === STRING_CONSTANTS) return name;
  const builtin = stringBuiltins[name];
  if (builtin === undefined) throw new WebAssembly.LinkError(`"${module}" "${name}" is not supported by lode yet, in ${url}`);
  return builtin;
}

// ---- Records ----

// The requests and imports as lists of the shape that the parser makes.
function requestsOf(imports) {
  const requests = [];
  const list = [];
  const indexes = new Map();
  for (const item of imports) {
    if (isBuiltin(item)) continue;
    let index = indexes.get(item.module);
    if (index === undefined) {
      index = indexes.size;
      indexes.set(item.module, index);
      requests.push(item.module, null, 0, 0, 1, 1);
    }
    list.push(index, item.name, item.name, 1, 1);
  }
  return { requests, list, indexes };
}

// A global that another WebAssembly module exports is passed on as it is, anything else as its value.
function importObject(imports, indexes, children, url) {
  const object = { __proto__: null };
  for (const item of imports) {
    const from = object[item.module] ??= { __proto__: null };
    if (isBuiltin(item)) {
      from[item.name] = builtinFor(item, url);
      continue;
    }
    const bindings = children[indexes.get(item.module)];
    from[item.name] = item.kind === 'global' && instances.has(bindings) ? instances.get(bindings)[item.name] : bindings[item.name];
  }
  return object;
}

// A global is seen by programs as its value.
function valueOf(exported, kind) {
  if (kind !== 'global') return exported;
  try {
    return exported.value;
  } catch {
    return undefined; // a vector has none
  }
}

function bindingsFor(exports, values) {
  const bindings = { __proto__: null };
  for (const { name } of exports) {
    Object.defineProperty(bindings, name, {
      __proto__: null,
      enumerable: true,
      get() {
        if (!values.has(name)) throw new ReferenceError(`Cannot access '${name}' before initialization`);
        return values.get(name);
      },
    });
  }
  return bindings;
}

function wasmRecord(url, bytes) {
  const module = new WebAssembly.Module(bytes);
  const sections = sectionsOf(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset, bytes.byteLength));
  checkNames(sections, url);
  const { requests, list, indexes } = requestsOf(sections.imports);
  const exports = sections.exports.flatMap(({ name }) => [0, name, name, -1, null]);

  function* body(meta, handOver) {
    require('internal/util').emitExperimentalWarning('Importing WebAssembly module instances');
    const values = new Map();
    const bindings = bindingsFor(sections.exports, values);
    let children;
    handOver(bindings, (linked) => { children = linked; });
    yield;
    const instance = new WebAssembly.Instance(module, importObject(sections.imports, indexes, children, url));
    instances.set(bindings, instance.exports);
    for (const { name, kind } of sections.exports) values.set(name, valueOf(instance.exports[name], kind));
  }

  const record = sourceRecord(url, [requests, list, exports, 0], body);
  record.format = 'wasm';
  modules.set(record, module);
  return record;
}

// What `import source` gives: only WebAssembly modules have something to give.
function sourceOf(record) {
  const module = modules.get(record);
  if (module === undefined) throw new SyntaxError(`Source phase import object is not defined for module '${record.url}'`);
  return module;
}

module.exports = { wasmRecord, sourceOf };
