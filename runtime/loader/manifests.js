// SPDX-License-Identifier: MIT
//
// package.json files: read once each, and the scope that a file belongs to. What their "exports" and "imports" mean is in
// runtime/loader/packages.
'use strict';

const files = binding('loader');
const path = require('path');

const cache = new Map(); // folder -> record
let missing = new Set(); // folders without one, for as long as one require() or import() runs

function Manifest(folder, data) {
  this.folder = folder;
  Object.setPrototypeOf(data, null);
  this.file = folder === '/' ? '/package.json' : `${folder}/package.json`;
  this.name = typeof data.name === 'string' ? data.name : undefined;
  this.main = typeof data.main === 'string' ? data.main : undefined;
  this.type = data.type === 'module' || data.type === 'commonjs' ? data.type : 'none';
  this.exports = data.exports;
  this.imports = typeof data.imports === 'object' && data.imports !== null ? data.imports : undefined;
  this.data = data;
}

// What a program adds to Object.prototype is no field.
Manifest.prototype = Object.create(null);

// The manifest in exactly this folder, or null.
function read(folder) {
  let known = cache.get(folder);
  if (known !== undefined) return known;
  if (missing.has(folder)) return null;
  known = null;
  const file = folder === '/' ? '/package.json' : `${folder}/package.json`;
  const text = files.readText(file);
  if (typeof text === 'string') known = new Manifest(folder, parseManifest(text, file));
  if (known === null) missing.add(folder);
  else cache.set(folder, known);
  return known;
}

function parseManifest(text, file) {
  try {
    const data = JSON.parse(text);
    return typeof data === 'object' && data !== null ? data : {};
  } catch (error) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_PACKAGE_CONFIG(file, undefined, error.message);
  }
}

// The nearest manifest at or above the folder of a file; stops at node_modules.
function scopeOf(file) {
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    if (path.basename(at) === 'node_modules') return null;
    const manifest = read(at);
    if (manifest !== null) return manifest;
    if (at === '/') return null;
  }
}

// Programs write manifests, too: at the next outermost require() or import() it is looked again.
function forgetMissing() {
  if (missing.size > 0) missing = new Set();
}

module.exports = { read, scopeOf, forgetMissing };
