// SPDX-License-Identifier: MIT
//
// `fs/promises`. Each form validates inside an async function, so that bad arguments reject, then hands a
// request to the C half and returns the request's promise.
'use strict';

const {
  decodePath, pathText, toBits, toFlags, toMode, toOptions, toOwner, toPath, toSeconds, wantsBytes,
} = require('fs/paths');
const { PromiseRequest, nothing, same, started, statfs: toStatFs, stats } = require('fs/request');
const { APPEND, READ, WRITE, checkFlush, encodeFile } = require('fs/rwsync');
const { joinErrors, readFileInto, writeFileInto } = require('fs/rw');
const { helpers } = require('fs/sync');
const { toMade } = require('fs/callback');
const handles = require('fs/filehandle');
const native = binding('fs');

const { FileHandle } = handles;

function run(req, status) {
  return started(req, status).promise;
}

// ---- Handles ----

async function open(path, flags, mode) {
  path = toPath(path);
  flags = toFlags(flags);
  mode = toMode(mode, 'mode', 0o666);
  const req = new PromiseRequest('open', same, path);
  return new FileHandle(await run(req, native.open(path, flags, mode, req)), path);
}

// Runs use(handle) and closes the handle; errors of both are joined.
async function withHandle(handle, use) {
  let result;
  try {
    result = await use(handle);
  } catch (error) {
    let failure;
    await handle.close().catch((second) => { failure = second; });
    throw failure ? joinErrors(failure, error) : error;
  }
  await handle.close();
  return result;
}

async function truncate(path, len = 0) {
  return withHandle(await open(path, 'r+'), (handle) => handles.ftruncate(handle, len));
}

async function readFile(path, options) {
  options = toOptions(options, READ);
  if (path instanceof FileHandle) return path.readFile(options);
  path = toPath(path);
  return new Promise((resolve, reject) => {
    readFileInto(path, options, (error, data) => error ? reject(error) : resolve(data));
  });
}

async function writeFile(path, data, options) {
  options = toOptions(options, WRITE);
  checkFlush(options.flush);
  if (path instanceof FileHandle) return path.writeFile(data, options);
  if (handles.isIterable(data)) {
    const { signal } = options;
    if (signal?.aborted) throw require('fs/chunks').aborted(signal);
    return withHandle(await open(path, options.flag, options.mode),
                      (handle) => handles.writeFile(handle, data, options));
  }
  data = encodeFile(data, options.encoding);
  path = toPath(path);
  return new Promise((resolve, reject) => {
    writeFileInto(path, data, options, (error) => error ? reject(error) : resolve());
  });
}

async function appendFile(path, data, options) {
  options = toOptions(options, APPEND);
  if (!options.flag) options = { ...options, flag: 'a' };
  return writeFile(path, data, options);
}

// ---- Asking about paths ----

async function access(path, mode = undefined) {
  path = toPath(path);
  mode = toBits(mode);
  const req = new PromiseRequest('access', nothing, path);
  return run(req, native.access(path, mode, req));
}

// { throwIfNoEntry: false } answers undefined for a missing file.
class StatRequest extends PromiseRequest {
  done(value) {
    if (value === -2 || value === -20) this.resolve(undefined);
    else super.done(value);
  }
}

function statRequest(syscall, path, bigint, options) {
  const Type = options?.throwIfNoEntry === false ? StatRequest : PromiseRequest;
  return new Type(syscall, stats, path, undefined, bigint);
}

async function stat(path, options = undefined) {
  path = toPath(path);
  const bigint = options?.bigint === true;
  const req = statRequest('stat', path, bigint, options);
  return run(req, native.stat(path, bigint, req));
}

async function lstat(path, options = undefined) {
  path = toPath(path);
  const bigint = options?.bigint === true;
  const req = statRequest('lstat', path, bigint, options);
  return run(req, native.lstat(path, bigint, req));
}

async function statfs(path, options = undefined) {
  path = toPath(path);
  const bigint = options?.bigint === true;
  const req = new PromiseRequest('statfs', toStatFs, path, undefined, bigint);
  return run(req, native.statfs(path, bigint, req));
}

async function readlink(path, options) {
  const { encoding } = toOptions(options);
  path = toPath(path);
  const req = new PromiseRequest('readlink', decodePath, path, undefined, encoding);
  return run(req, native.readlink(path, wantsBytes(encoding), req));
}

async function realpath(path, options) {
  return require('fs/realpath').realpathPromise(path, options);
}

async function readdir(path, options) {
  return require('fs/readdir').readdirPromise(path, options);
}

async function opendir(path, options) {
  return require('fs/dir').opendirPromise(path, options);
}

// ---- Changing names ----

async function unlink(path) {
  path = toPath(path);
  const req = new PromiseRequest('unlink', nothing, path);
  return run(req, native.unlink(path, req));
}

async function rename(oldPath, newPath) {
  oldPath = toPath(oldPath, 'oldPath');
  newPath = toPath(newPath, 'newPath');
  const req = new PromiseRequest('rename', nothing, oldPath, newPath);
  return run(req, native.rename(oldPath, newPath, req));
}

async function link(existingPath, newPath) {
  existingPath = toPath(existingPath, 'existingPath');
  newPath = toPath(newPath, 'newPath');
  const req = new PromiseRequest('link', nothing, existingPath, newPath);
  return run(req, native.link(existingPath, newPath, req));
}

async function symlink(target, path, type) {
  const flags = helpers.symlinkFlags(type);
  target = toPath(target, 'target');
  path = toPath(path);
  const req = new PromiseRequest('symlink', nothing, target, path);
  return run(req, native.symlink(target, path, flags, req));
}

async function copyFile(src, dest, mode) {
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  mode = toBits(mode);
  const req = new PromiseRequest('copyfile', nothing, src, dest);
  return run(req, native.copyFile(src, dest, mode, req));
}

async function cp(src, dest, options) {
  return require('fs/cp').cpPromise(src, dest, options);
}

async function rm(path, options) {
  return require('fs/rm').rmPromise(path, options);
}

// ---- Changing what a file says of itself ----

async function chmod(path, mode) {
  path = toPath(path);
  mode = toMode(mode, 'mode');
  const req = new PromiseRequest('chmod', nothing, path);
  return run(req, native.chmod(path, mode, req));
}

async function lchmod() {
  const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
  throw new ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

async function chown(path, uid, gid) {
  path = toPath(path);
  toOwner(uid, 'uid');
  toOwner(gid, 'gid');
  const req = new PromiseRequest('chown', nothing, path);
  return run(req, native.chown(path, uid, gid, req));
}

async function lchown(path, uid, gid) {
  path = toPath(path);
  toOwner(uid, 'uid');
  toOwner(gid, 'gid');
  const req = new PromiseRequest('lchown', nothing, path);
  return run(req, native.lchown(path, uid, gid, req));
}

async function utimes(path, atime, mtime) {
  path = toPath(path);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  const req = new PromiseRequest('utime', nothing, path);
  return run(req, native.utimes(path, atime, mtime, req));
}

async function lutimes(path, atime, mtime) {
  path = toPath(path);
  atime = toSeconds(atime);
  mtime = toSeconds(mtime);
  const req = new PromiseRequest('lutime', nothing, path);
  return run(req, native.lutimes(path, atime, mtime, req));
}

// ---- Directories ----

async function mkdir(path, options) {
  path = toPath(path);
  const { mode, recursive } = helpers.mkdirOptions(options);
  const req = new PromiseRequest('mkdir', recursive ? toMade : nothing, path);
  return run(req, recursive ? native.mkdirTree(path, mode, req) : native.mkdir(path, mode, req));
}

async function rmdir(path, options) {
  path = toPath(path);
  helpers.refuseRecursive(options);
  const req = new PromiseRequest('rmdir', nothing, path);
  return run(req, native.rmdir(path, req));
}

async function mkdtemp(prefix, options) {
  const { encoding } = toOptions(options);
  const template = helpers.toTemplate(prefix);
  const req = new PromiseRequest('mkdtemp', decodePath, template, undefined, encoding);
  return run(req, native.mkdtemp(template, wantsBytes(encoding), req));
}

async function mkdtempDisposable(prefix, options) {
  const path = await mkdtemp(prefix, options);
  const full = require('path').resolve(pathText(path)); // the working directory may change
  const remove = async () => rm(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  return { __proto__: null, path, remove, async [Symbol.asyncDispose]() { await remove(); } };
}

// ---- Watching and matching ----

async function* watch(filename, options) {
  yield* require('fs/watch').watchIterator(filename, options);
}

function glob(pattern, options) {
  return require('fs/glob').globIterator(pattern, options);
}

module.exports = {
  access, copyFile, cp, glob, open, opendir, rename, truncate, rm, rmdir, mkdir, readdir, readlink, symlink,
  lstat, stat, statfs, link, unlink, chmod, lchmod, lchown, chown, utimes, lutimes, realpath, mkdtemp,
  mkdtempDisposable, writeFile, appendFile, readFile, watch,
  constants: binding('fs').constants,
};
