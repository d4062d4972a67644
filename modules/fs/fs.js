// SPDX-License-Identifier: MIT
//
// `fs`: the public object, put together from its parts. Streams, promises, Dir, watching, cp and glob are
// loaded when first touched, so that a program which only reads files pays for nothing else.
'use strict';

const { Dirent } = require('fs/dirent');
const { Stats } = require('fs/stats');
const { toSeconds } = require('fs/paths');
const { deprecate } = require('internal/util');
const { forms: sync } = require('fs/sync');
const { forms: rwSync } = require('fs/rwsync');
const { forms: async } = require('fs/callback');
const { forms: rw } = require('fs/rw');

// A function that loads its module at the first call; name and length are the real one's.
function late(id, name, length) {
  const fn = function(...args) { return Reflect.apply(require(id)[name], this, args); };
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  return fn;
}

const realpaths = require('fs/realpath');
const readdirs = require('fs/readdir');

const fs = {
  appendFile: rw.appendFile,
  appendFileSync: rwSync.appendFileSync,
  access: async.access,
  accessSync: sync.accessSync,
  chown: async.chown,
  chownSync: sync.chownSync,
  chmod: async.chmod,
  chmodSync: sync.chmodSync,
  close: async.close,
  closeSync: sync.closeSync,
  copyFile: async.copyFile,
  copyFileSync: sync.copyFileSync,
  cp: late('fs/cp', 'cp', 4),
  cpSync: late('fs/cp', 'cpSync', 3),
  createReadStream: late('fs/streams', 'createReadStream', 2),
  createWriteStream: late('fs/streams', 'createWriteStream', 2),
  exists: async.exists,
  existsSync: sync.existsSync,
  fchown: async.fchown,
  fchownSync: sync.fchownSync,
  fchmod: async.fchmod,
  fchmodSync: sync.fchmodSync,
  fdatasync: async.fdatasync,
  fdatasyncSync: sync.fdatasyncSync,
  fstat: async.fstat,
  fstatSync: sync.fstatSync,
  fsync: async.fsync,
  fsyncSync: sync.fsyncSync,
  ftruncate: async.ftruncate,
  ftruncateSync: sync.ftruncateSync,
  futimes: async.futimes,
  futimesSync: sync.futimesSync,
  glob: late('fs/glob', 'glob', 3),
  globSync: late('fs/glob', 'globSync', 2),
  lchown: async.lchown,
  lchownSync: sync.lchownSync,
  lchmod: undefined,
  lchmodSync: undefined,
  link: async.link,
  linkSync: sync.linkSync,
  lstat: async.lstat,
  lstatSync: sync.lstatSync,
  lutimes: async.lutimes,
  lutimesSync: sync.lutimesSync,
  mkdir: async.mkdir,
  mkdirSync: sync.mkdirSync,
  mkdtemp: async.mkdtemp,
  mkdtempSync: sync.mkdtempSync,
  mkdtempDisposableSync: sync.mkdtempDisposableSync,
  open: async.open,
  openSync: sync.openSync,
  openAsBlob: late('fs/blob', 'openAsBlob', 1),
  readdir: readdirs.readdir,
  readdirSync: readdirs.readdirSync,
  read: rw.read,
  readSync: rwSync.readSync,
  readv: rw.readv,
  readvSync: sync.readvSync,
  readFile: rw.readFile,
  readFileSync: rwSync.readFileSync,
  readlink: async.readlink,
  readlinkSync: sync.readlinkSync,
  realpath: realpaths.realpath,
  realpathSync: realpaths.realpathSync,
  rename: async.rename,
  renameSync: sync.renameSync,
  rm: late('fs/rm', 'rm', 3),
  rmSync: late('fs/rm', 'rmSync', 2),
  rmdir: async.rmdir,
  rmdirSync: sync.rmdirSync,
  stat: async.stat,
  statfs: async.statfs,
  statSync: sync.statSync,
  statfsSync: sync.statfsSync,
  symlink: async.symlink,
  symlinkSync: sync.symlinkSync,
  truncate: async.truncate,
  truncateSync: sync.truncateSync,
  unwatchFile: late('fs/watchfile', 'unwatchFile', 2),
  unlink: async.unlink,
  unlinkSync: sync.unlinkSync,
  utimes: async.utimes,
  utimesSync: sync.utimesSync,
  watch: late('fs/watch', 'watch', 3),
  watchFile: late('fs/watchfile', 'watchFile', 3),
  writeFile: rw.writeFile,
  writeFileSync: rwSync.writeFileSync,
  write: rw.write,
  writeSync: rwSync.writeSync,
  writev: rw.writev,
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
