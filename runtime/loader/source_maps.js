// SPDX-License-Identifier: MIT
//
// Source maps of the programs that run: which files have one, and what stacks look like through them. Loaded only when
// source maps are enabled or asked for.
//
// While they are enabled, the loaders tell of each file they compile (internal/stack's `sources.loaded`). Only the address of
// its map is looked for then; the map is read when the first stack or findSourceMap needs it. Frames are mapped when a stack
// becomes text, so call sites that programs see keep generated positions, as in Node.
'use strict';

const { sources } = require('internal/stack');

const support = { enabled: false, nodeModules: false, generatedCode: false };

const files = new Map(); // path or URL of a generated file -> Generated
const originals = new Map(); // path or URL of an original -> its text, or the map's silence: undefined

class Generated {
  constructor(name, text, address, owner) {
    this.name = name;
    this.text = text;
    this.address = address;
    this.owner = owner === undefined ? undefined : new WeakRef(owner);
    this.map = undefined; // a SourceMap, or null when there is none that can be used
    this.lines = undefined;
  }
  isGone() {
    return this.owner !== undefined && this.owner.deref() === undefined;
  }
  line(number) {
    this.lines ??= this.text.split('\n');
    return this.lines[number - 1] ?? '';
  }
}

// The module that owned it was collected.
const collected = new FinalizationRegistry((name) => {
  if (files.get(name)?.isGone()) files.delete(name);
});

// ---- Finding the address of a map ----

const MAGIC = /\/\/[#@][ \t]sourceMappingURL=([^\s'"`]*)[ \t]*$/gm;

function accepts(text, name) {
  try {
    binding('env').checkSyntax(`(function(){${text}\n})`, name, 1);
    return true;
  } catch {
    return false;
  }
}

function acceptsModule(text, name) {
  return binding('syntax').rewrite(text, 2, name, 0).error === undefined;
}

// Whether the text at `index` is a comment of its own and no part of a string, a template or another comment. Asked of the
// engine where it is not plain: what is put there in place of the comment is an error in code, and nowhere else.
function isComment(text, index, name, isModule) {
  const start = text.lastIndexOf('\n', index) + 1;
  const before = text.slice(0, index);
  if (text.slice(start, index).trim() === '' && !before.includes('`') && !before.includes('/*') && !before.includes('\\\n')) return true;
  const probe = `${before}# #${text.slice(index + 2)}`;
  return isModule ? !acceptsModule(probe, name) : !accepts(probe, name);
}

// The last one wins.
function addressIn(text, name, isModule) {
  if (!text.includes('sourceMappingURL=')) return undefined;
  const found = [...text.matchAll(MAGIC)];
  for (let i = found.length - 1; i >= 0; i--) {
    if (isComment(text, found[i].index, name, isModule)) return found[i][1] || undefined;
  }
  return undefined;
}

// The loaders' call: `name` is the path or URL that stacks show for the file, `owner` a CommonJS module.
function onLoaded(name, text, owner, isModule = false) {
  const excluded = !support.nodeModules && /[\\/]node_modules[\\/]/.test(name);
  const address = excluded ? undefined : addressIn(text, name, isModule);
  if (address === undefined) {
    files.delete(name);
    return;
  }
  files.set(name, new Generated(name, text, address, owner));
  if (owner !== undefined) collected.register(owner, name);
}

// ---- Reading maps ----

function urlOf(name) {
  return /^[a-z][a-z0-9+.-]+:/i.test(name) ? name : require('url').pathToFileURL(name).href;
}

function pathOf(url) {
  if (!url.startsWith('file:')) return url;
  try {
    return require('url').fileURLToPath(url);
  } catch {
    return url;
  }
}

// => { text, base } or null
function readMap(address, base) {
  if (address.startsWith('data:')) {
    const comma = address.indexOf(',');
    const [type, ...parameters] = address.slice(5, comma).split(';');
    if (comma < 0 || type !== 'application/json') return null;
    const data = address.slice(comma + 1);
    return { text: parameters.includes('base64') ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data), base };
  }
  const url = new URL(address, base).href;
  if (!url.startsWith('file:')) return null;
  const text = binding('loader').readText(pathOf(url));
  return typeof text === 'string' ? { text, base: url } : null;
}

function resolveSources(map, base) {
  if (Array.isArray(map.sections)) return { ...map, sections: map.sections.map((section) => ({ ...section, map: resolveSources(section.map, base) })) };
  const root = map.sourceRoot ? map.sourceRoot.replace(/\/?$/, '/') : '';
  const resolved = map.sources.map((source) => new URL(root + (source ?? ''), base).href);
  return { ...map, sources: resolved, sourceRoot: '' };
}

function keepContents(map) {
  if (Array.isArray(map.sections)) {
    map.sections.forEach((section) => keepContents(section.map));
    return;
  }
  map.sources.forEach((source, i) => originals.set(pathOf(source), map.sourcesContent?.[i] ?? undefined));
}

function mapOf(file) {
  if (file.map !== undefined) return file.map;
  file.map = null;
  try {
    const read = readMap(file.address, urlOf(file.name));
    if (read === null) return null;
    const payload = resolveSources(JSON.parse(read.text.replace(/^\)]}'/, '')), read.base);
    const { SourceMap } = require('runtime/loader/source_map');
    const lineLengths = file.text.replace(/\n$/, '').split('\n').map((line) => line.length);
    file.map = new SourceMap(payload, { lineLengths });
    file.map.findEntry(0, 0); // decodes: what is malformed shows here
    keepContents(payload);
  } catch {
    file.map = null; // a broken map must not break the program
  }
  return file.map;
}

function generatedFor(name) {
  const file = files.get(name) ?? files.get(name.startsWith('file:') ? pathOf(name) : urlOf(name));
  if (file === undefined || !file.isGone()) return file;
  files.delete(file.name);
  return undefined;
}

function find(name) {
  if (typeof name !== 'string' || name === '') return undefined;
  const file = generatedFor(name);
  return file === undefined ? undefined : mapOf(file) ?? undefined;
}

// ---- Stacks ----

function entryOf(frame) {
  if (frame.native || frame.line === 0) return undefined;
  const file = generatedFor(frame.url);
  const map = file === undefined ? null : mapOf(file);
  if (map === null) return undefined;
  const { adjust } = require('internal/columns');
  const entry = map.findEntry(frame.line - 1, adjust(file.line(frame.line), frame.column) - 1);
  return entry.originalSource === undefined ? undefined : { file, entry };
}

// A function's original name is what the map says of the place where its generated name was declared: the last such place
// before the frame's own.
function nameOf(frame, file) {
  const own = frame.fn.slice(frame.fn.lastIndexOf('.') + 1);
  if (own === '' || own.startsWith('<')) return frame.fn;
  for (let line = frame.line, tries = 0; line > 0 && tries < 500; line--, tries++) {
    const text = file.line(line);
    const column = declarationIn(line === frame.line ? text.slice(0, frame.column) : text, own);
    if (column < 0) continue;
    const entry = file.map.findEntry(line - 1, column);
    if (entry.generatedLine !== line - 1 || entry.generatedColumn !== column || entry.name === undefined) return frame.fn;
    return frame.fn.slice(0, frame.fn.length - own.length) + entry.name;
  }
  return frame.fn;
}

// The column of `name` where it is declared as a function: `function name(`, `name = function`, `name = (...) =>`, `name(...) {`.
function declarationIn(text, name) {
  for (let at = text.lastIndexOf(name); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(name, at - 1)) {
    if (/[\w$]$/.test(text.slice(Math.max(0, at - 1), at))) continue;
    const after = text.slice(at + name.length, at + name.length + 200);
    if (/\bfunction\*?\s*$/.test(text.slice(Math.max(0, at - 20), at)) && /^\s*\(/.test(after)) return at;
    if (/^\s*[=:]\s*(?:async\b\s*)?(?:function\b|\([^()]*\)\s*=>|[\w$]+\s*=>)/.test(after) || /^\s*\([^()]*\)\s*\{/.test(after)) return at;
  }
  return -1;
}

const places = new Map(); // 'path:line' of an original -> the generated frame, where the original's text is nowhere

// Frames of generated code as frames of the originals.
function mapFrames(frames, Frame) {
  if (!support.enabled || files.size === 0) return frames;
  const found = frames.map(entryOf);
  if (found.every((item) => item === undefined)) return frames;
  return frames.map((frame, i) => {
    if (found[i] === undefined) return frame;
    const name = nameOf(frame, found[i].file);
    const { originalSource, originalLine, originalColumn } = found[i].entry;
    const path = pathOf(originalSource);
    if (places.size > 1000) places.clear();
    places.set(`${path}:${originalLine + 1}`, frame);
    return new Frame(name || '<anonymous>', path, originalLine + 1, originalColumn + 1, false);
  });
}

// For the report of an uncaught error: the text of a line of an original that a map carries, and, where neither the map nor the
// disk has it, the place in the generated file.
function originalText(path) {
  return originals.get(path);
}
function generatedPlace(place) {
  const frame = places.get(`${place.url}:${place.line}`);
  return frame === undefined ? undefined : { url: frame.url, line: frame.line, column: require('internal/columns').columnOf(frame) };
}

// ---- Support ----

function setSupport(enabled, nodeModules, generatedCode) {
  support.enabled = enabled;
  support.nodeModules = enabled && nodeModules;
  support.generatedCode = enabled && generatedCode;
  sources.loaded = enabled ? onLoaded : null;
  require('internal/frames').setMapper(enabled ? mapFrames : null);
}

function setSourceMapsSupport(enabled, options = {}) {
  const { validateBoolean, validateObject } = require('internal/validators');
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  setSupport(enabled, nodeModules, generatedCode);
}

function getSourceMapsSupport() {
  return Object.freeze({ __proto__: null, ...support });
}

module.exports = { addressIn, find, generatedPlace, getSourceMapsSupport, originalText, setSourceMapsSupport, setSupport, support };
