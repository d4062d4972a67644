// SPDX-License-Identifier: MIT
//
// `fs`: the public object, put together from its parts. Only the synchronous forms are loaded with it; callbacks,
// promises, streams, listings, watching, cp and glob come when first called, so that a program which only reads a
// file or two pays for nothing else.
'use strict';

const { Dirent } = require('fs/dirent');
const { Stats } = require('fs/stats');
const { toSeconds } = require('fs/paths');
const { deprecate } = require('internal/util');
const { forms: sync } = require('fs/sync');
const { forms: rwSync } = require('fs/rwsync');

const promisified = Symbol.for('nodejs.util.promisify.custom');

// A function that loads its module at the first call; name and length are the real one's.
function late(id, name, length) {
  let real;
  const load = () => {
    const all = require(id);
    return (all.forms ?? all)[name];
  };
  const fn = function(...args) {
    real ??= load();
    return Reflect.apply(real, this, args);
  };
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  return fn;
}

// The same for a function that util.promisify treats in a way of its own.
function latePromisified(id, name, length) {
  return Object.defineProperty(late(id, name, length), promisified, {
    get() { return require(id).forms[name][promisified]; }, configurable: true,
  });
}

const callback = (name, length) => late('fs/callback', name, length);

const realpath = late('fs/realpath', 'realpath', 3);
const realpathSync = late('fs/realpath', 'realpathSync', 2);
realpath.native = late('fs/realpath', 'realpathNative', 3);
realpathSync.native = late('fs/realpath', 'realpathNativeSync', 2);

const fs = {
  appendFile: late('fs/rw', 'appendFile', 4),
  appendFileSync: rwSync.appendFileSync,
  access: callback('access', 3),
  accessSync: sync.accessSync,
  chown: callback('chown', 4),
  chownSync: sync.chownSync,
  chmod: callback('chmod', 3),
  chmodSync: sync.chmodSync,
  close: callback('close', 1),
  closeSync: sync.closeSync,
  copyFile: callback('copyFile', 4),
  copyFileSync: sync.copyFileSync,
  cp: late('fs/cp', 'cp', 4),
  cpSync: late('fs/cp', 'cpSync', 3),
  createReadStream: late('fs/streams', 'createReadStream', 2),
  createWriteStream: late('fs/streams', 'createWriteStream', 2),
  exists: latePromisified('fs/callback', 'exists', 2),
  existsSync: sync.existsSync,
  fchown: callback('fchown', 4),
  fchownSync: sync.fchownSync,
  fchmod: callback('fchmod', 3),
  fchmodSync: sync.fchmodSync,
  fdatasync: callback('fdatasync', 2),
  fdatasyncSync: sync.fdatasyncSync,
  fstat: callback('fstat', 1),
  fstatSync: sync.fstatSync,
  fsync: callback('fsync', 2),
  fsyncSync: sync.fsyncSync,
  ftruncate: callback('ftruncate', 1),
  ftruncateSync: sync.ftruncateSync,
  futimes: callback('futimes', 4),
  futimesSync: sync.futimesSync,
  glob: late('fs/glob', 'glob', 3),
  globSync: late('fs/glob', 'globSync', 2),
  lchown: callback('lchown', 4),
  lchownSync: sync.lchownSync,
  lchmod: undefined,
  lchmodSync: undefined,
  link: callback('link', 3),
  linkSync: sync.linkSync,
  lstat: callback('lstat', 1),
  lstatSync: sync.lstatSync,
  lutimes: callback('lutimes', 4),
  lutimesSync: sync.lutimesSync,
  mkdir: callback('mkdir', 3),
  mkdirSync: sync.mkdirSync,
  mkdtemp: callback('mkdtemp', 3),
  mkdtempSync: sync.mkdtempSync,
  mkdtempDisposableSync: sync.mkdtempDisposableSync,
  open: callback('open', 4),
  openSync: sync.openSync,
  openAsBlob: late('fs/blob', 'openAsBlob', 1),
  readdir: late('fs/readdir', 'readdir', 3),
  readdirSync: late('fs/readdir', 'readdirSync', 2),
  read: latePromisified('fs/rw', 'read', 6),
  readSync: rwSync.readSync,
  readv: latePromisified('fs/rw', 'readv', 4),
  readvSync: sync.readvSync,
  readFile: late('fs/rw', 'readFile', 3),
  readFileSync: rwSync.readFileSync,
  readlink: callback('readlink', 3),
  readlinkSync: sync.readlinkSync,
  realpath,
  realpathSync,
  rename: callback('rename', 3),
  renameSync: sync.renameSync,
  rm: late('fs/rm', 'rm', 3),
  rmSync: late('fs/rm', 'rmSync', 2),
  rmdir: callback('rmdir', 3),
  rmdirSync: sync.rmdirSync,
  stat: callback('stat', 1),
  statfs: callback('statfs', 1),
  statSync: sync.statSync,
  statfsSync: sync.statfsSync,
  symlink: callback('symlink', 4),
  symlinkSync: sync.symlinkSync,
  truncate: callback('truncate', 3),
  truncateSync: sync.truncateSync,
  unwatchFile: late('fs/watchfile', 'unwatchFile', 2),
  unlink: callback('unlink', 2),
  unlinkSync: sync.unlinkSync,
  utimes: callback('utimes', 4),
  utimesSync: sync.utimesSync,
  watch: late('fs/watch', 'watch', 3),
  watchFile: late('fs/watchfile', 'watchFile', 3),
  writeFile: late('fs/rw', 'writeFile', 4),
  writeFileSync: rwSync.writeFileSync,
  write: latePromisified('fs/rw', 'write', 6),
  writeSync: rwSync.writeSync,
  writev: latePromisified('fs/rw', 'writev', 4),
  writevSync: sync.writevSync,
  Dirent,
  Stats: deprecate(Stats, 'fs.Stats constructor is deprecated.', 'DEP0180'),
};
module.exports = fs;

// ---- Lazy classes ----

function lazy(name, get, set) {
  Object.defineProperty(fs, name, { __proto__: null, get, set, enumerable: true, configurable: true });
}

for (const [name, own] of [['ReadStream', 'ReadStream'], ['WriteStream', 'WriteStream'],
                           ['FileReadStream', 'ReadStream'], ['FileWriteStream', 'WriteStream']]) {
  let replaced;
  lazy(name, () => replaced ?? require('fs/streams')[own], (value) => { replaced = value; });
}
lazy('Utf8Stream', () => require('fs/utf8_stream').Utf8Stream);

Object.defineProperty(toSeconds, 'name', { value: 'toUnixTimestamp', configurable: true });
fs._toUnixTimestamp = toSeconds;
lazy('Dir', () => require('fs/dir').Dir);
fs.opendir = late('fs/dir', 'opendir', 3);
fs.opendirSync = late('fs/dir', 'opendirSync', 2);

const { constants } = binding('fs');
Object.setPrototypeOf(constants, null);
Object.defineProperty(fs, 'constants', { value: constants, enumerable: true, writable: false, configurable: false });
lazy('promises', () => require('fs/promises'));
