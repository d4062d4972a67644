// SPDX-License-Identifier: MIT
//
// cp: copying files and trees. The algorithm is one generator (fs/steps) for all three forms.
//
// Order for every pair: the filter, then the checks that refuse impossible copies, then the copy by type.
'use strict';

const { dirname, isAbsolute, join, parse, resolve, sep } = require('path');
const { codes } = require('internal/errors');
const { pathText, toPath } = require('fs/paths');
const { runAsync, runSync } = require('fs/steps');

const { constants: { COPYFILE_EXCL } } = binding('fs');

// ---- Options ----

const SWITCHES = ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks'];
const DEFAULTS = {
  dereference: false, errorOnExist: false, filter: undefined, force: true, preserveTimestamps: false,
  recursive: false, verbatimSymlinks: false, mode: 0,
};

function cpOptions(options) {
  if (options === undefined) return DEFAULTS;
  const { validateObject, validateBoolean, validateFunction, validateInteger } = require('internal/validators');
  validateObject(options, 'options');
  const all = { ...DEFAULTS, ...options };
  for (const name of SWITCHES) validateBoolean(all[name], `options.${name}`);
  if (all.filter !== undefined) validateFunction(all.filter, 'options.filter');
  if (all.mode === undefined || all.mode === null) all.mode = 0;
  else validateInteger(all.mode, 'mode', 0, 7);
  if (all.dereference && all.verbatimSymlinks) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  return all;
}

// ---- Refusals ----

const ERRNO = { EINVAL: 22, EEXIST: 17, EISDIR: 21, ENOTDIR: 20, ENOENT: 2 };

function refusal(name, path, message, code) {
  return new codes[name]({ message, path, syscall: 'cp', errno: ERRNO[code], code });
}

const toSelf = (src, dest) =>
  refusal('ERR_FS_CP_EINVAL', dest, `cannot copy ${src} to a subdirectory of self ${dest}`, 'EINVAL');

function isSame(a, b) {
  return b.ino !== 0n && b.dev !== 0n && b.ino === a.ino && b.dev === a.dev;
}

function isBelow(parent, path) {
  const above = resolve(parent).split(sep).filter(Boolean);
  const below = resolve(path).split(sep).filter(Boolean);
  return above.every((part, i) => below[i] === part);
}

function isMissing(error) {
  return error.code === 'ENOENT';
}

const BIG = { bigint: true };

function* statOrNull(operation, path) {
  try {
    return yield [operation, path, BIG];
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

// Refuses what cannot be copied; returns both stats.
function* checkPair(src, dest, options) {
  const operation = options.dereference ? 'stat' : 'lstat';
  const from = yield [operation, src, BIG];
  const to = yield* statOrNull(operation, dest);
  if (to !== null) {
    if (isSame(from, to)) {
      throw refusal('ERR_FS_CP_EINVAL', dest, 'src and dest cannot be the same', 'EINVAL');
    }
    if (from.isDirectory() && !to.isDirectory()) {
      throw refusal('ERR_FS_CP_DIR_TO_NON_DIR', dest,
                    `cannot overwrite non-directory ${dest} with directory ${src}`, 'EISDIR');
    }
    if (!from.isDirectory() && to.isDirectory()) {
      throw refusal('ERR_FS_CP_NON_DIR_TO_DIR', dest,
                    `cannot overwrite directory ${dest} with non-directory ${src}`, 'ENOTDIR');
    }
  }
  if (from.isDirectory() && isBelow(src, dest)) throw toSelf(src, dest);
  return { from, to };
}

// No directory above the destination may be the source itself, by whatever name.
function* checkAncestors(src, from, dest) {
  const stop = resolve(dirname(src));
  let at = resolve(dirname(dest));
  while (at !== stop && at !== parse(at).root) {
    const stats = yield* statOrNull('stat', at);
    if (stats === null) return;
    if (isSame(from, stats)) throw toSelf(src, dest);
    at = resolve(dirname(at));
  }
}

// ---- Copying ----

function* accepted(src, dest, options) {
  if (options.filter === undefined) return true;
  const answer = options.filter(src, dest);
  if (options.synchronous) {
    if (typeof answer?.then === 'function') {
      throw new codes.ERR_INVALID_RETURN_VALUE('boolean', 'filter', answer);
    }
    return answer;
  }
  return yield ['wait', answer];
}

function* copyTree(src, dest, options) {
  if (!(yield* accepted(src, dest, options))) return;
  const { from, to } = yield* checkPair(src, dest, options);
  yield* checkAncestors(src, from, dest);
  const parent = dirname(dest);
  if ((yield* statOrNull('stat', parent)) === null) yield ['mkdir', parent, { recursive: true }];
  yield* copyOne(src, dest, from, to, options);
}

function* copyOne(src, dest, from, to, options) {
  if (from.isDirectory()) {
    if (!options.recursive) {
      throw refusal('ERR_FS_EISDIR', src, `${src} is a directory (not copied)`, 'EISDIR');
    }
    yield* copyDirectory(src, dest, from, to, options);
  } else if (from.isFile() || from.isCharacterDevice() || from.isBlockDevice()) {
    yield* copyFile(src, dest, from, to, options);
  } else if (from.isSymbolicLink()) {
    yield* copyLink(src, dest, to, options);
  } else if (from.isSocket()) {
    throw refusal('ERR_FS_CP_SOCKET', dest, `cannot copy a socket file: ${dest}`, 'EINVAL');
  } else if (from.isFIFO()) {
    throw refusal('ERR_FS_CP_FIFO_PIPE', dest, `cannot copy a FIFO pipe: ${dest}`, 'EINVAL');
  } else {
    throw refusal('ERR_FS_CP_UNKNOWN', dest, `cannot copy an unknown file type: ${dest}`, 'EINVAL');
  }
}

function* copyFile(src, dest, from, to, options) {
  if (to !== null) {
    if (!options.force) {
      if (options.errorOnExist) throw refusal('ERR_FS_CP_EEXIST', dest, `${dest} already exists`, 'EEXIST');
      return;
    }
    if (!(options.mode & COPYFILE_EXCL)) yield ['unlink', dest];
  }
  yield ['copyFile', src, dest, options.mode];
  if (options.preserveTimestamps) {
    const fresh = yield ['stat', src]; // reading it may have changed its access time
    yield ['utimes', dest, fresh.atime, fresh.mtime];
  }
}

function* copyDirectory(src, dest, from, to, options) {
  if (to === null) {
    yield ['mkdir', dest, { mode: 0o777 }];
  } else if (options.errorOnExist && !options.force) {
    throw refusal('ERR_FS_CP_EEXIST', dest, `${dest} already exists`, 'EEXIST');
  }
  const entries = yield ['readdir', src];
  for (const name of entries) {
    const source = join(src, name);
    const target = join(dest, name);
    if (!(yield* accepted(source, target, options))) continue;
    const pair = yield* checkPair(source, target, options);
    yield* copyOne(source, target, pair.from, pair.to, options);
  }
  if (to === null) yield ['chmod', dest, Number(from.mode) & 0o7777];
}

function* readLinkOrNull(path) {
  try {
    return yield ['readlink', path];
  } catch (error) {
    // Not a link: the attempt to create one will say so.
    if (error.code === 'EINVAL' || error.code === 'UNKNOWN') return null;
    throw error;
  }
}

function* isDirectory(path) {
  const stats = yield* statOrNull('stat', path);
  return stats !== null && stats.isDirectory();
}

function* copyLink(src, dest, to, options) {
  let target = yield ['readlink', src];
  if (!options.verbatimSymlinks && !isAbsolute(target)) target = resolve(dirname(src), target);
  if (to === null) {
    yield ['symlink', target, dest];
    return;
  }
  let old = yield* readLinkOrNull(dest);
  if (old === null) {
    yield ['symlink', target, dest];
    return;
  }
  if (!isAbsolute(old)) old = resolve(dirname(dest), old);
  const full = resolve(dirname(src), target);
  if ((yield* isDirectory(src)) && isBelow(full, old)) throw toSelf(full, old);
  if ((yield* isDirectory(dest)) && isBelow(old, full)) {
    throw refusal('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', dest, `cannot overwrite ${old} with ${full}`, 'EINVAL');
  }
  yield ['unlink', dest];
  yield ['symlink', target, dest];
}

// ---- The three forms ----

function start(src, dest, options, synchronous) {
  options = cpOptions(options);
  src = pathText(toPath(src, 'src'));
  dest = pathText(toPath(dest, 'dest'));
  return copyTree(src, dest, { ...options, synchronous });
}

function cpSync(src, dest, options) {
  runSync(start(src, dest, options, true));
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  require('fs/paths').toCallback(callback);
  const steps = start(src, dest, options, false);
  runAsync(steps).then(() => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
}

async function cpPromise(src, dest, options) {
  await runAsync(start(src, dest, options, false));
}

module.exports = { cp, cpPromise, cpSync };
