// SPDX-License-Identifier: MIT
//
// Dirent, and how the C half's listings become names and Dirents. A listing is text (or bytes): names with
// '/' between them, and with types NUL and one digit per name.
'use strict';

const { asBuffer } = require('fs/paths');

const kType = Symbol('type');
const UNKNOWN = 0;
const FILE = 1;
const DIRECTORY = 2;
const LINK = 3;
const FIFO = 4;
const SOCKET = 5;
const CHARACTER = 6;
const BLOCK = 7;

class Dirent {
  constructor(name, path, type) {
    this.name = name;
    this.parentPath = path;
    this[kType] = type;
  }

  isDirectory() { return this[kType] === DIRECTORY; }
  isFile() { return this[kType] === FILE; }
  isBlockDevice() { return this[kType] === BLOCK; }
  isCharacterDevice() { return this[kType] === CHARACTER; }
  isSymbolicLink() { return this[kType] === LINK; }
  isFIFO() { return this[kType] === FIFO; }
  isSocket() { return this[kType] === SOCKET; }
}

function typeOf(stats) {
  if (stats.isFile()) return FILE;
  if (stats.isDirectory()) return DIRECTORY;
  if (stats.isSymbolicLink()) return LINK;
  if (stats.isFIFO()) return FIFO;
  if (stats.isSocket()) return SOCKET;
  if (stats.isCharacterDevice()) return CHARACTER;
  return stats.isBlockDevice() ? BLOCK : UNKNOWN;
}

function splitBytes(bytes, encoding) {
  const buffer = asBuffer(bytes);
  const names = [];
  let from = 0;
  for (;;) {
    const to = buffer.indexOf(0x2f, from);
    const name = to < 0 ? buffer.subarray(from) : buffer.subarray(from, to);
    names.push(encoding === 'buffer' ? name : name.toString(encoding));
    if (to < 0) return names;
    from = to + 1;
  }
}

// Names of a listing without types.
function toNames(listing, encoding) {
  if (typeof listing === 'string') return listing.split('/');
  return listing === 0 ? [] : splitBytes(listing, encoding);
}

// [names, types] of a listing with types; types[i] is a character code or a byte, '0' + type.
function toTyped(listing, encoding) {
  if (listing === 0) return [[], []];
  if (typeof listing === 'string') {
    const end = listing.indexOf('\0');
    const names = listing.slice(0, end).split('/');
    const types = new Array(names.length);
    for (let i = 0; i < types.length; i++) types[i] = listing.charCodeAt(end + 1 + i) - 48;
    return [names, types];
  }
  const end = listing.indexOf(0);
  const types = listing.subarray(end + 1);
  const names = splitBytes(listing.subarray(0, end), encoding);
  return [names, Array.from(types, (c) => c - 48)];
}

// The full path of an entry, in the kind of its parts.
function joinPath(parent, name) {
  if (typeof parent === 'string' && typeof name === 'string') return require('path').join(parent, name);
  const { Buffer } = require('buffer');
  return Buffer.concat([Buffer.from(parent), Buffer.from('/'), Buffer.from(name)]);
}

// Some file systems do not say what an entry is: then lstat does.
function settleType(parent, name, type) {
  return type !== UNKNOWN ? type : typeOf(require('fs').lstatSync(joinPath(parent, name)));
}

function toDirents(listing, encoding, parent) {
  const [names, types] = toTyped(listing, encoding);
  for (let i = 0; i < names.length; i++) {
    names[i] = new Dirent(names[i], parent, settleType(parent, names[i], types[i]));
  }
  return names;
}

module.exports = {
  DIRECTORY, Dirent, LINK, UNKNOWN, joinPath, kType, settleType, toDirents, toNames, toTyped, typeOf,
};
