// SPDX-License-Identifier: MIT
//
// The callback forms, except those that read, write or walk (rw.js, readdir.js, rm.js ...). Arguments are
// validated at once; the outcome comes later, through a request.
'use strict';

const {
  decodePath, toBits, toCallback, toFd, toFlags, toMode, toOptions, toOwner, toPath, toSeconds, wantsBytes,
} = require('fs/paths');
const { CallbackRequest, nothing, same, started, statfs, stats } = require('fs/request');
const { helpers } = require('fs/sync');
const unmanaged = require('fs/unmanaged');
const native = binding('fs');

// ---- Descriptors ----

function open(path, flags, mode, callback) {
  path = toPath(path);
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  } else {
    mode = toMode(mode, 'mode', 0o666);
  }
  flags = toFlags(flags);
  const req = new CallbackRequest(toCallback(callback), 'open', unmanaged.opened ?? same, path);
  started(req, native.open(path, flags, mode, req));
}

function rethrow(error) {
  if (error) throw error;
}

function close(fd, callback = rethrow) {
  fd = toFd(fd);
  if (unmanaged.closed !== null) unmanaged.closed(fd);
  const req = new CallbackRequest(toCallback(callback), 'close', nothing);
  started(req, native.close(fd, req));
}

function fchmod(fd, mode, callback) {
  fd = toFd(fd);
  mode = toMode(mode, 'mode');
  const req = new CallbackRequest(toCallback(callback), 'fchmod', nothing);
  started(req, native.fchmod(fd, mode, req));
}

function fchown(fd, uid, gid, callback) {
  fd = toFd(fd);
  toOwner(uid, 'uid');
  toOwner(gid, 'gid');
  const req = new CallbackRequest(toCallback(callback), 'fchown', nothing);
  started(req, native.fchown(fd, uid, gid, req));
}

function futimes(fd, atime, mtime, callback) {
  fd = toFd(fd);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  const req = new CallbackRequest(toCallback(callback), 'futime', nothing);
  started(req, native.futimes(fd, atime, mtime, req));
}

function ftruncate(fd, len = 0, callback) {
  if (typeof len === 'function') {
    callback = len;
    len = 0;
  }
  fd = toFd(fd);
  require('internal/validators').validateInteger(len, 'len');
  const req = new CallbackRequest(toCallback(callback), 'ftruncate', nothing);
  started(req, native.ftruncate(fd, len < 0 ? 0 : len, req));
}

function fsync(fd, callback) {
  fd = toFd(fd);
  const req = new CallbackRequest(toCallback(callback), 'fsync', nothing);
  started(req, native.fsync(fd, req));
}

function fdatasync(fd, callback) {
  fd = toFd(fd);
  const req = new CallbackRequest(toCallback(callback), 'fdatasync', nothing);
  started(req, native.fdatasync(fd, req));
}

function isBig(options) {
  return options !== null && typeof options === 'object' && options.bigint === true;
}

function fstat(fd, options = undefined, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  fd = toFd(fd);
  const bigint = isBig(options);
  const req = new CallbackRequest(toCallback(callback), 'fstat', stats, undefined, undefined, bigint);
  started(req, native.fstat(fd, bigint, req));
}

// ---- Asking about paths ----

// stat and lstat with { throwIfNoEntry: false } answer undefined for a missing file.
class StatRequest extends CallbackRequest {
  done(value) {
    const { callback } = this;
    if (value === -2 || value === -20) callback(null, undefined);
    else super.done(value);
  }
}

function askPath(syscall, ask, path, options, callback) {
  toCallback(callback);
  path = toPath(path);
  const bigint = isBig(options);
  const Type = options !== null && typeof options === 'object' && options.throwIfNoEntry === false ?
    StatRequest : CallbackRequest;
  const req = new Type(callback, syscall, stats, path, undefined, bigint);
  started(req, ask(path, bigint, req));
}

function stat(path, options = undefined, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  askPath('stat', native.stat, path, options, callback);
}

function lstat(path, options = undefined, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  askPath('lstat', native.lstat, path, options, callback);
}

function statfsForm(path, options = undefined, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  toCallback(callback);
  path = toPath(path);
  const bigint = isBig(options);
  const req = new CallbackRequest(callback, 'statfs', statfs, path, undefined, bigint);
  started(req, native.statfs(path, bigint, req));
}

function access(path, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = undefined;
  }
  path = toPath(path);
  mode = toBits(mode);
  const req = new CallbackRequest(toCallback(callback), 'access', nothing, path);
  started(req, native.access(path, mode, req));
}

class ExistsRequest extends CallbackRequest {
  done(value) {
    const { callback } = this;
    callback(value === 0);
  }
}

function exists(path, callback) {
  toCallback(callback);
  try {
    path = toPath(path);
  } catch {
    callback(false);
    return;
  }
  const req = new ExistsRequest(callback, 'access', nothing, path);
  started(req, native.access(path, 0, req));
}

Object.defineProperty(exists, Symbol.for('nodejs.util.promisify.custom'), {
  value: function exists(path) {
    return new Promise((resolve) => require('fs').exists(path, resolve));
  },
});

// ---- Changing names ----

function unlink(path, callback) {
  toCallback(callback);
  path = toPath(path);
  const req = new CallbackRequest(callback, 'unlink', nothing, path);
  started(req, native.unlink(path, req));
}

function rename(oldPath, newPath, callback) {
  toCallback(callback);
  oldPath = toPath(oldPath, 'oldPath');
  newPath = toPath(newPath, 'newPath');
  const req = new CallbackRequest(callback, 'rename', nothing, oldPath, newPath);
  started(req, native.rename(oldPath, newPath, req));
}

function link(existingPath, newPath, callback) {
  toCallback(callback);
  existingPath = toPath(existingPath, 'existingPath');
  newPath = toPath(newPath, 'newPath');
  const req = new CallbackRequest(callback, 'link', nothing, existingPath, newPath);
  started(req, native.link(existingPath, newPath, req));
}

function symlink(target, path, type, callback) {
  if (callback === undefined) {
    callback = toCallback(type);
    type = undefined;
  } else {
    toCallback(callback);
  }
  const flags = helpers.symlinkFlags(type);
  target = toPath(target, 'target');
  path = toPath(path);
  const req = new CallbackRequest(callback, 'symlink', nothing, target, path);
  started(req, native.symlink(target, path, flags, req));
}

function readlink(path, options, callback) {
  if (typeof options === 'function') callback = options;
  toCallback(callback);
  const { encoding } = toOptions(options);
  path = toPath(path);
  const req = new CallbackRequest(callback, 'readlink', decodePath, path, undefined, encoding);
  started(req, native.readlink(path, wantsBytes(encoding), req));
}

function copyFile(src, dest, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  mode = toBits(mode);
  const req = new CallbackRequest(toCallback(callback), 'copyfile', nothing, src, dest);
  started(req, native.copyFile(src, dest, mode, req));
}

// ---- Changing what a file says of itself ----

function chmod(path, mode, callback) {
  path = toPath(path);
  mode = toMode(mode, 'mode');
  const req = new CallbackRequest(toCallback(callback), 'chmod', nothing, path);
  started(req, native.chmod(path, mode, req));
}

function chown(path, uid, gid, callback) {
  toCallback(callback);
  path = toPath(path);
  toOwner(uid, 'uid');
  toOwner(gid, 'gid');
  const req = new CallbackRequest(callback, 'chown', nothing, path);
  started(req, native.chown(path, uid, gid, req));
}

function lchown(path, uid, gid, callback) {
  toCallback(callback);
  path = toPath(path);
  toOwner(uid, 'uid');
  toOwner(gid, 'gid');
  const req = new CallbackRequest(callback, 'lchown', nothing, path);
  started(req, native.lchown(path, uid, gid, req));
}

function utimes(path, atime, mtime, callback) {
  toCallback(callback);
  path = toPath(path);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  const req = new CallbackRequest(callback, 'utime', nothing, path);
  started(req, native.utimes(path, atime, mtime, req));
}

function lutimes(path, atime, mtime, callback) {
  toCallback(callback);
  path = toPath(path);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  const req = new CallbackRequest(callback, 'lutime', nothing, path);
  started(req, native.lutimes(path, atime, mtime, req));
}

function truncate(path, len, callback) {
  if (typeof len === 'function') {
    callback = len;
    len = 0;
  } else if (len === undefined) {
    len = 0;
  }
  require('internal/validators').validateInteger(len, 'len');
  len = len < 0 ? 0 : len;
  toCallback(callback);
  const fs = require('fs');
  fs.open(path, 'r+', (error, fd) => {
    if (error) return callback(error);
    const req = new CallbackRequest((failure) => {
      fs.close(fd, (second) => callback(failure ?? second ?? null));
    }, 'ftruncate', nothing);
    started(req, native.ftruncate(fd, len, req));
  });
}

// ---- Directories ----

const toMade = (value) => value === 0 ? undefined : value;

function mkdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  toCallback(callback);
  path = toPath(path);
  const { mode, recursive } = helpers.mkdirOptions(options);
  const req = new CallbackRequest(callback, 'mkdir', recursive ? toMade : nothing, path);
  started(req, recursive ? native.mkdirTree(path, mode, req) : native.mkdir(path, mode, req));
}

function rmdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  toCallback(callback);
  path = toPath(path);
  helpers.refuseRecursive(options);
  const req = new CallbackRequest(callback, 'rmdir', nothing, path);
  started(req, native.rmdir(path, req));
}

function mkdtemp(prefix, options, callback) {
  if (typeof options === 'function') callback = options;
  toCallback(callback);
  const { encoding } = toOptions(options);
  const template = helpers.toTemplate(prefix);
  const req = new CallbackRequest(callback, 'mkdtemp', decodePath, template, undefined, encoding);
  started(req, native.mkdtemp(template, wantsBytes(encoding), req));
}

module.exports = {
  isBig,
  toMade,
  forms: {
    access, chmod, chown, close, copyFile, exists, fchmod, fchown, fdatasync, fstat, fsync, ftruncate, futimes,
    lchown, link, lstat, lutimes, mkdir, mkdtemp, open, readlink, rename, rmdir, stat, statfs: statfsForm,
    symlink, truncate, unlink, utimes,
  },
};
Object.defineProperty(statfsForm, 'name', { value: 'statfs' });
