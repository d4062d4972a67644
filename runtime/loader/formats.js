// SPDX-License-Identifier: MIT
//
// What a URL's module is made of: by its scheme, its extension, and its package's "type". 'detect' stands for JavaScript
// whose text must decide.
'use strict';

const urls = require('runtime/loader/urls');

const BY_EXTENSION = {
  '__proto__': null,
  '.mjs': 'module',
  '.cjs': 'commonjs',
  '.json': 'json',
  '.wasm': 'wasm',
  '.mts': 'module-typescript',
  '.cts': 'commonjs-typescript',
};

const DATA_URL = /^data:([^/]+\/[^;,]+)?(?:[^,]*?)(;base64)?,([\s\S]*)$/;
const BY_MIME = {
  '__proto__': null,
  'application/json': 'json',
  'application/wasm': 'wasm',
  'application/javascript': 'module',
  'text/javascript': 'module',
};

function typeOf(file) {
  return require('runtime/loader/manifests').scopeOf(file)?.type ?? 'none';
}

function stripsTypes() {
  return require('internal/options').getOptionValue('--strip-types');
}

function unknownExtension(extension, file) {
  const { codes } = require('internal/errors');
  return new codes.ERR_UNKNOWN_FILE_EXTENSION(extension, file);
}

// The format of a file that is imported.
function ofFile(file) {
  const extension = urls.extensionOf(file);
  if (extension === '.js' || extension === '') {
    const type = typeOf(file);
    if (type === 'none') return 'detect';
    if (extension === '' && type === 'module' && isWasm(file)) return 'wasm';
    return type;
  }
  const known = BY_EXTENSION[extension];
  if (extension === '.ts' && stripsTypes()) {
    const type = typeOf(file);
    return type === 'none' ? 'detect-typescript' : `${type}-typescript`;
  }
  if (known === undefined || (known.endsWith('typescript') && !stripsTypes())) {
    if (extension === '.node' && require('internal/options').getOptionValue('--experimental-addon-modules')) return 'addon';
    throw unknownExtension(extension, file);
  }
  return known;
}

// Of a file without extension: the four bytes that open every WebAssembly binary.
function isWasm(file) {
  try {
    const fs = require('fs');
    const fd = fs.openSync(file, 'r');
    try {
      const { Buffer } = require('buffer');
      const head = Buffer.alloc(4);
      return fs.readSync(fd, head, 0, 4, 0) === 4 && head.readUInt32BE(0) === 0x0061736d;
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return false; // reading it as text will say why
  }
}

function ofData(url) {
  const match = DATA_URL.exec(url);
  const mime = match === null ? undefined : match[1]?.toLowerCase();
  return mime === undefined ? undefined : BY_MIME[mime];
}

// => format, or undefined for one that nothing is known about. Throws for extensions without meaning.
function formatOf(url) {
  if (url.startsWith('file:')) return ofFile(urls.toPath(url));
  if (url.startsWith('node:')) return 'builtin';
  if (url.startsWith('data:')) return ofData(url);
  return undefined;
}

// The bytes that a data: URL holds.
function readData(url) {
  const match = DATA_URL.exec(url);
  if (match === null) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_URL(url);
  }
  const { Buffer } = require('buffer');
  const text = decodeURIComponent(match[3]);
  return Buffer.from(text, match[2] ? 'base64' : 'utf8');
}

module.exports = { formatOf, readData, ofFile, unknownExtension };
