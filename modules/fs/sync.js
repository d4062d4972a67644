// SPDX-License-Identifier: MIT
//
// The synchronous forms, except those that read and write (rwsync.js) or walk trees. Each validates its
// arguments, makes one call into C and turns a negative number into an exception.
'use strict';

const {
  checkVector, decodePath, pathText, toBits, toFd, toFlags, toMode, toOptions, toOwner,
  toPath, toSeconds, wantsBytes,
} = require('fs/paths');
const { fail } = require('fs/request');
const { takeStats, takeStatFs } = require('fs/stats');
const native = binding('fs');

// Who wants to know of descriptors that programs open and close by number: a worker, whose thread closes at its end what its
// program left open.
const unmanaged = require('fs/unmanaged');

const ENOENT = -2;
const ENOTDIR = -20;

// The exception of (errno, syscall, path, dest) for a value below zero.
function check(value, syscall, path, dest) {
  if (typeof value === 'number' && value < 0) throw fail(value, syscall, path, dest);
  return value;
}

// ---- Descriptors ----

function openSync(path, flags, mode) {
  path = toPath(path);
  const fd = check(native.open(path, toFlags(flags), toMode(mode, 'mode', 0o666)), 'open', path);
  return unmanaged.opened === null ? fd : unmanaged.opened(fd);
}

function closeSync(fd) {
  fd = toFd(fd);
  if (unmanaged.closed !== null) unmanaged.closed(fd);
  check(native.close(fd), 'close');
}

function fchmodSync(fd, mode) {
  check(native.fchmod(toFd(fd), toMode(mode, 'mode')), 'fchmod');
}

function fchownSync(fd, uid, gid) {
  check(native.fchown(toFd(fd), toOwner(uid, 'uid'), toOwner(gid, 'gid')), 'fchown');
}

function futimesSync(fd, atime, mtime) {
  check(native.futimes(toFd(fd), toSeconds(atime), toSeconds(mtime)), 'futime');
}

function ftruncateSync(fd, len = 0) {
  fd = toFd(fd);
  require('internal/validators').validateInteger(len, 'len');
  check(native.ftruncate(fd, len < 0 ? 0 : len), 'ftruncate');
}

function fsyncSync(fd) {
  check(native.fsync(toFd(fd)), 'fsync');
}

function fdatasyncSync(fd) {
  check(native.fdatasync(toFd(fd)), 'fdatasync');
}

function fstatSync(fd, options = undefined) {
  const bigint = options !== undefined && options !== null && options.bigint === true;
  check(native.fstat(toFd(fd), bigint), 'fstat');
  return takeStats(bigint);
}

function readvSync(fd, buffers, position) {
  fd = toFd(fd);
  checkVector(buffers);
  return check(native.readv(fd, buffers, typeof position === 'number' ? position : -1), 'read');
}

function writevSync(fd, buffers, position) {
  fd = toFd(fd);
  checkVector(buffers);
  if (buffers.length === 0) return 0;
  return check(native.writev(fd, buffers, typeof position === 'number' ? position : -1), 'write');
}

// ---- Asking about paths ----

function quietly(r, options) {
  return (r === ENOENT || r === ENOTDIR) && options !== undefined && options !== null &&
    options.throwIfNoEntry === false;
}

function statSync(path, options = undefined) {
  path = toPath(path);
  const bigint = options !== undefined && options !== null && options.bigint === true;
  const r = native.stat(path, bigint);
  if (r < 0) {
    if (quietly(r, options)) return undefined;
    throw fail(r, 'stat', path);
  }
  return takeStats(bigint);
}

function lstatSync(path, options = undefined) {
  path = toPath(path);
  const bigint = options !== undefined && options !== null && options.bigint === true;
  const r = native.lstat(path, bigint);
  if (r < 0) {
    if (quietly(r, options)) return undefined;
    throw fail(r, 'lstat', path);
  }
  return takeStats(bigint);
}

function statfsSync(path, options = undefined) {
  path = toPath(path);
  const bigint = options !== undefined && options !== null && options.bigint === true;
  check(native.statfs(path, bigint), 'statfs', path);
  return takeStatFs(bigint);
}

function accessSync(path, mode) {
  path = toPath(path);
  check(native.access(path, toBits(mode)), 'access', path);
}

let warnedExists = false;

function existsSync(path) {
  let text;
  try {
    text = toPath(path);
  } catch (error) {
    if (error.code === 'ERR_INVALID_ARG_TYPE' && !warnedExists) {
      warnedExists = true;
      process.emitWarning('Passing invalid argument types to fs.existsSync is deprecated',
                          'DeprecationWarning', 'DEP0187');
    }
    return false;
  }
  return native.exists(text);
}

// ---- Changing names ----

function unlinkSync(path) {
  path = toPath(path);
  check(native.unlink(path), 'unlink', path);
}

function renameSync(oldPath, newPath) {
  oldPath = toPath(oldPath, 'oldPath');
  newPath = toPath(newPath, 'newPath');
  check(native.rename(oldPath, newPath), 'rename', oldPath, newPath);
}

function linkSync(existingPath, newPath) {
  existingPath = toPath(existingPath, 'existingPath');
  newPath = toPath(newPath, 'newPath');
  check(native.link(existingPath, newPath), 'link', existingPath, newPath);
}

function symlinkFlags(type) {
  if (type === undefined || type === null) return 0;
  require('internal/validators').validateOneOf(type, 'type', ['dir', 'file', 'junction', null, undefined]);
  return type === 'dir' ? 1 : type === 'junction' ? 2 : 0;
}

function symlinkSync(target, path, type) {
  const flags = symlinkFlags(type);
  target = toPath(target, 'target');
  path = toPath(path);
  check(native.symlink(target, path, flags), 'symlink', target, path);
}

function readlinkSync(path, options) {
  const { encoding } = toOptions(options);
  path = toPath(path);
  return decodePath(check(native.readlink(path, wantsBytes(encoding)), 'readlink', path), encoding);
}

function copyFileSync(src, dest, mode) {
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  check(native.copyFile(src, dest, toBits(mode)), 'copyfile', src, dest);
}

// ---- Changing what a file says of itself ----

function chmodSync(path, mode) {
  path = toPath(path);
  check(native.chmod(path, toMode(mode, 'mode')), 'chmod', path);
}

function chownSync(path, uid, gid) {
  path = toPath(path);
  check(native.chown(path, toOwner(uid, 'uid'), toOwner(gid, 'gid')), 'chown', path);
}

function lchownSync(path, uid, gid) {
  path = toPath(path);
  check(native.lchown(path, toOwner(uid, 'uid'), toOwner(gid, 'gid')), 'lchown', path);
}

function utimesSync(path, atime, mtime) {
  path = toPath(path);
  check(native.utimes(path, toSeconds(atime), toSeconds(mtime)), 'utime', path);
}

function lutimesSync(path, atime, mtime) {
  path = toPath(path);
  check(native.lutimes(path, toSeconds(atime), toSeconds(mtime)), 'lutime', path);
}

function truncateSync(path, len) {
  if (len === undefined) len = 0;
  const fs = require('fs');
  const fd = fs.openSync(path, 'r+');
  try {
    fs.ftruncateSync(fd, len);
  } finally {
    fs.closeSync(fd);
  }
}

// ---- Directories ----

function mkdirOptions(options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = toMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      require('internal/validators').validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = toMode(options.mode, 'options.mode');
  }
  return { mode, recursive };
}

function mkdirSync(path, options) {
  path = toPath(path);
  const { mode, recursive } = mkdirOptions(options);
  if (!recursive) {
    check(native.mkdir(path, mode), 'mkdir', path);
    return undefined;
  }
  const made = check(native.mkdirTree(path, mode), 'mkdir', path);
  return made === 0 ? undefined : made;
}

function refuseRecursive(options) {
  if (options !== undefined && options !== null && typeof options !== 'function') {
    require('internal/validators').validateObject(options, 'options');
    if (options.recursive !== undefined) {
      const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
      throw new ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
    }
  }
}

function rmdirSync(path, options) {
  path = toPath(path);
  refuseRecursive(options);
  check(native.rmdir(path), 'rmdir', path);
}

let warnedTemplate = false;

// The template of mkdtemp: prefix + XXXXXX, as text or bytes like the prefix.
function toTemplate(prefix) {
  prefix = toPath(prefix, 'prefix');
  if (!warnedTemplate && pathText(prefix).endsWith('X')) {
    warnedTemplate = true;
    process.emitWarning('mkdtemp() templates ending with X are not portable. ' +
                        'For details see: https://nodejs.org/api/fs.html');
  }
  if (typeof prefix === 'string') return `${prefix}XXXXXX`;
  const { Buffer } = require('buffer');
  return Buffer.concat([prefix, Buffer.from('XXXXXX')]);
}

function mkdtempSync(prefix, options) {
  const { encoding } = toOptions(options);
  const template = toTemplate(prefix);
  return decodePath(check(native.mkdtemp(template, wantsBytes(encoding)), 'mkdtemp', template), encoding);
}

function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options);
  const full = require('path').resolve(pathText(path)); // the working directory may change
  let gone = false;
  const remove = () => {
    if (gone) return;
    require('fs').rmSync(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
    gone = true;
  };
  return { path, remove, [Symbol.dispose]() { remove(); } };
}

module.exports = {
  check,
  helpers: { mkdirOptions, refuseRecursive, symlinkFlags, toTemplate },
  forms: {
    accessSync, chmodSync, chownSync, closeSync, copyFileSync, existsSync, fchmodSync, fchownSync,
    fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, futimesSync, lchownSync, linkSync, lstatSync,
    lutimesSync, mkdirSync, mkdtempDisposableSync, mkdtempSync, openSync, readlinkSync, readvSync,
    renameSync, rmdirSync, statSync, statfsSync, symlinkSync, truncateSync, unlinkSync, utimesSync,
    writevSync,
  },
};
