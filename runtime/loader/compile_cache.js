// SPDX-License-Identifier: MIT
//
// The compile cache: what loading a module had to work out from its text (module.enableCompileCache, NODE_COMPILE_CACHE) is kept on
// disk and taken from there the next time. Loaded only when it is enabled or asked about.
//
// An entry is a file of its own in a folder for this version of lode and this user; its name comes from the kind of the work and the
// name of the module, and its first line says of which source it was made (by hash and length) and what its own text must hash to.
// Whatever does not fit is as good as absent. Entries are written beside their place and renamed, when the program ends or at
// module.flushCompileCache(): a reader sees a whole entry or none, and of two writers the last one wins.
//
// Kept is what takes longer to work out than to read: JavaScript made of TypeScript. The engine's bytecode is not: it would be believed
// without a check, and a file in a cache folder is not the executable.
'use strict';

const files = binding('loader');
const path = require('path');

const status = require('module').constants.compileCacheStatus;
const FORMAT = 1;

let directory; // of the entries, once enabled
let portable = false;
const entries = new Map(); // file -> Entry

class Entry {
  constructor(kind, name, file) {
    this.kind = kind;
    this.name = name;
    this.file = file;
    this.source = undefined; // the hash of the text that it was made of
    this.length = 0;
    this.text = undefined;
    this.isNew = false;
  }
}

// ---- Debugging output, as NODE_DEBUG_NATIVE=COMPILE_CACHE asks for it ----

let tracing;

function trace(text) {
  tracing ??= (process.env.NODE_DEBUG_NATIVE ?? '').toUpperCase().split(',').includes('COMPILE_CACHE');
  if (tracing) binding('env').writeRaw(2, `[compile cache] ${text}\n`);
}

// ---- Enabling ----

// Entries of other versions, of lode or of the stripper, are never looked at.
function versionFolder() {
  const { versions } = process;
  const build = files.hash(`${versions.lode} ${versions.amaro} ${FORMAT}`).slice(0, 8);
  return `lode-${process.version}-${process.arch}-${build}-${process.getuid()}`;
}

function enable(given, isPortable) {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) {
    trace('Disabled by NODE_DISABLE_COMPILE_CACHE');
    return { status: status.DISABLED };
  }
  if (directory !== undefined) return { status: status.ALREADY_ENABLED, directory };
  const base = path.resolve(given);
  const folder = path.join(base, versionFolder());
  try {
    require('fs').mkdirSync(folder, { recursive: true });
  } catch (error) {
    trace(`creating cache directory ${folder}...${error.message}`);
    return { status: status.FAILED, message: `Cannot create cache directory: ${error.message}` };
  }
  trace(`creating cache directory ${folder}...success`);
  directory = folder;
  portable = isPortable;
  require('process').addLastWork(flush);
  return { status: status.ENABLED, directory: base };
}

function isSet(name) {
  return process.env[name] === '1';
}

function enableCompileCache(options) {
  let given = options;
  let isPortable;
  if (typeof options === 'object' && options !== null) ({ directory: given, portable: isPortable } = options);
  if (given !== undefined && typeof given !== 'string') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('cacheDir', 'string', given);
  }
  given ||= process.env.NODE_COMPILE_CACHE || path.join(require('os').tmpdir(), 'node-compile-cache');
  return enable(given, isPortable ?? isSet('NODE_COMPILE_CACHE_PORTABLE'));
}

// At the start, when the environment asks for it.
function enableFromEnvironment() {
  enable(process.env.NODE_COMPILE_CACHE, isSet('NODE_COMPILE_CACHE_PORTABLE'));
}

// ---- Entries ----

// The name under which a module is known: a portable cache moves with the modules.
function keyOf(name) {
  if (!portable) return name;
  return path.relative(directory, name.startsWith('file://') ? require('url').fileURLToPath(name) : name);
}

// The text of an entry for this source, or undefined. Its first line is checked before anything is believed.
function bodyFor(text, source) {
  const end = text.indexOf('\n');
  if (end < 0) return undefined;
  let head;
  try {
    head = JSON.parse(text.slice(0, end));
  } catch {
    return undefined;
  }
  if (head?.format !== FORMAT || head.length !== source.length || head.source !== files.hash(source)) return undefined;
  const body = text.slice(end + 1);
  return head.body === files.hash(body) ? body : undefined;
}

// What was made of this source before, or undefined.
function lookUp(kind, name, source) {
  const file = path.join(directory, files.hash(`${kind} ${keyOf(name)}`));
  const label = `${kind} ${name}`;
  let entry = entries.get(file);
  if (entry?.text !== undefined && entry.length === source.length && entry.source === files.hash(source)) return entry.text;
  entry = new Entry(kind, name, file);
  entries.set(file, entry);
  const text = files.readText(file);
  const body = typeof text === 'string' ? bodyFor(text, source) : undefined;
  if (body === undefined) {
    trace(`no transpile cache for ${label}${typeof text === 'string' ? ': it was made of another source, or damaged' : ''}`);
    return undefined;
  }
  trace(`retrieving transpile cache for ${label}...success`);
  entry.text = body;
  entry.source = files.hash(source);
  entry.length = source.length;
  return body;
}

// To be written later. A text that UTF-8 cannot hold is not kept.
function store(kind, name, source, text) {
  const file = path.join(directory, files.hash(`${kind} ${keyOf(name)}`));
  const entry = entries.get(file) ?? new Entry(kind, name, file);
  entries.set(file, entry);
  if (!text.isWellFormed() || !source.isWellFormed()) return;
  trace(`saving transpilation cache for ${kind} ${name}`);
  entry.text = text;
  entry.source = files.hash(source);
  entry.length = source.length;
  entry.isNew = true;
}

let written = 0;

function write(entry) {
  const label = `${entry.kind} ${entry.name}`;
  if (entry.text === undefined) {
    trace(`skip persisting ${label} because the cache was not initialized`);
    return;
  }
  if (!entry.isNew) {
    trace(`skip persisting ${label} because cache was the same`);
    return;
  }
  const fs = require('fs');
  const temporary = `${entry.file}.${process.pid}.${written++}`;
  const head = { format: FORMAT, length: entry.length, source: entry.source, body: files.hash(entry.text), kind: entry.kind, name: keyOf(entry.name) };
  try {
    fs.writeFileSync(temporary, `${JSON.stringify(head)}\n${entry.text}`, { flag: 'wx', mode: 0o600 });
    fs.renameSync(temporary, entry.file);
    entry.isNew = false;
    trace(`writing cache for ${label}...success`);
  } catch (error) {
    trace(`writing cache for ${label}...${error.message}`);
    try {
      fs.unlinkSync(temporary);
    } catch {}
  }
}

// Never fails: a cache that cannot be written is only slow.
function flush() {
  for (const entry of entries.values()) write(entry);
}

function flushCompileCache(keepDeserializedCache) {
  if (keepDeserializedCache !== undefined) require('internal/validators').validateBoolean(keepDeserializedCache, 'keepDeserializedCache');
  trace('module.flushCompileCache() requested.');
  if (directory !== undefined) flush();
  trace('module.flushCompileCache() finished.');
}

module.exports = {
  enableCompileCache,
  enableFromEnvironment,
  flushCompileCache,
  getCompileCacheDir: () => directory,
  isEnabled: () => directory !== undefined,
  lookUp,
  store,
};
