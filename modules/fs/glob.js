// SPDX-License-Identifier: MIT
//
// glob: walks the disk along compiled patterns (fs/pattern). The walk is one generator for all three forms: it
// yields [FOUND, path, dirent] for results and ['readdir' | 'stat' | 'lstat', path] for what it wants to know.
//
// Rules: `**` enters no symbolic link, but where it is not the first thing in its pattern it may end at one.
// A directory that is excluded is not entered either.
'use strict';

const { join, resolve, dirname, basename, isAbsolute } = require('path');
const { Dirent, DIRECTORY, LINK, UNKNOWN, kType, typeOf } = require('fs/dirent');
const { GLOBSTAR, compile, matches, matchesName, withoutParents } = require('fs/pattern');
const { isUrl } = require('fs/paths');

const FOUND = 0;
const nocase = process.platform === 'darwin' || process.platform === 'win32';

// ---- Arguments ----

function toPatterns(pattern) {
  const { validateString, validateStringArray } = require('internal/validators');
  if (Array.isArray(pattern)) {
    validateStringArray(pattern, 'patterns');
    return pattern;
  }
  validateString(pattern, 'patterns');
  return [pattern];
}

function globOptions(options = {}) {
  const { validateObject } = require('internal/validators');
  validateObject(options, 'options');
  const { exclude, withFileTypes = false } = options;
  let { cwd } = options;
  if (cwd !== undefined && cwd !== null) {
    if (isUrl(cwd)) cwd = require('web/url').fileURLToPath(cwd);
    require('internal/validators').validateString(cwd, 'options.cwd');
  }
  if (exclude !== undefined && exclude !== null && typeof exclude !== 'function' && !Array.isArray(exclude)) {
    const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
  }
  if (Array.isArray(exclude)) require('internal/validators').validateStringArray(exclude, 'options.exclude');
  return { cwd: cwd ?? '.', exclude, withFileTypes: !!withFileTypes };
}

// ---- The walk ----

class Glob {
  constructor(pattern, options) {
    const { cwd, exclude, withFileTypes } = globOptions(options);
    this.patterns = toPatterns(pattern).flatMap((text) => compile(text, { nocase }));
    this.cwd = cwd;
    this.withFileTypes = withFileTypes;
    this.refuses = typeof exclude === 'function' ? exclude : null;
    this.excluded = Array.isArray(exclude) ?
      exclude.flatMap((text) => compile(text, { nocase, dot: true }).map(withoutParents)) : null;
    this.listings = new Map(); // full path -> Dirents
    this.results = new Set();
  }

  full(path) {
    return isAbsolute(path) ? path : resolve(this.cwd, path);
  }

  // Excluded by its path (patterns).
  isExcluded(path) {
    if (this.excluded === null) return false;
    for (const compiled of this.excluded) {
      const subject = compiled.absolute ? this.full(path) : path;
      if (matches(compiled.directory ? `${subject}/` : subject, compiled)) return true;
    }
    return false;
  }

  toDirent(path, type) {
    const at = isAbsolute(path) ? path : join(this.cwd, path);
    return path === '.' ? new Dirent('.', this.cwd, type) : new Dirent(basename(path), dirname(at), type);
  }

  // Excluded by the user's function, which sees names (or Dirents).
  isRefused(name, path, type) {
    if (this.refuses === null) return false;
    return this.refuses(this.withFileTypes ? this.toDirent(path, type) : name);
  }

  * list(path) {
    const full = this.full(path);
    let entries = this.listings.get(full);
    if (entries === undefined) {
      try {
        entries = yield ['readdir', full];
      } catch {
        entries = []; // no directory, or not for us
      }
      this.listings.set(full, entries);
    }
    return entries;
  }

  * typeAt(operation, path) {
    try {
      return typeOf(yield [operation, this.full(path)]);
    } catch {
      return -1;
    }
  }

  * found(path, type, compiled) {
    if (path === '') path = '.';
    if (this.results.has(path)) return;
    if (type === undefined) {
      type = yield* this.typeAt('lstat', path);
      if (type < 0 || this.isExcluded(path) || this.isRefused(path, path, type)) return;
    }
    if (compiled.directory && type !== DIRECTORY && (yield* this.typeAt('stat', path)) !== DIRECTORY) return;
    if (this.results.has(path)) return;
    this.results.add(path);
    yield [FOUND, path, this.withFileTypes ? this.toDirent(path, type) : undefined];
  }

  * walk() {
    for (const compiled of this.patterns) {
      if (compiled.segments.length === 0 && !compiled.absolute) continue;
      const seen = new Set();
      yield* this.visit(compiled.absolute ? '/' : '', 0, compiled, seen);
    }
  }

  // The segments from i on, at a path that matched the ones before.
  * visit(path, i, compiled, seen) {
    const key = `${i}:${path}`;
    if (seen.has(key)) return;
    seen.add(key);
    const segment = compiled.segments[i];
    if (segment === undefined) yield* this.found(path, undefined, compiled);
    else if (segment === GLOBSTAR) yield* this.visitGlobstar(path, i, compiled, seen);
    else if (typeof segment === 'string') yield* this.visitName(path, i, compiled, seen, segment);
    else yield* this.visitMatching(path, i, compiled, seen, segment);
  }

  * visitName(path, i, compiled, seen, name) {
    if (name === '..' && path !== '' && (yield* this.typeAt('stat', path)) !== DIRECTORY) return;
    const next = path === '' ? name : join(path, name);
    if (i + 1 < compiled.segments.length && next !== '.' && !next.startsWith('..')) {
      const type = yield* this.typeAt('lstat', next);
      if (type < 0 || this.isExcluded(next) || this.isRefused(name, next, type)) return;
    }
    yield* this.visit(next === '.' ? '' : next, i + 1, compiled, seen);
  }

  * visitMatching(path, i, compiled, seen, segment) {
    const last = i + 1 === compiled.segments.length;
    for (const entry of yield* this.list(path)) {
      if (!matchesName(segment, entry.name)) continue;
      const next = path === '' ? entry.name : join(path, entry.name);
      const type = entry[kType];
      if (this.isExcluded(next) || this.isRefused(entry.name, next, type)) continue;
      if (last) yield* this.found(next, type, compiled);
      else if (type === DIRECTORY || type === LINK || type === UNKNOWN) yield* this.visit(next, i + 1, compiled, seen);
    }
  }

  * visitGlobstar(path, i, compiled, seen) {
    const last = i + 1 === compiled.segments.length;
    const isFirst = i === 0 && !compiled.dotSlash && !compiled.absolute;
    if (last) {
      const here = yield* this.typeAt('stat', path === '' ? '.' : path);
      if (here === DIRECTORY) yield* this.found(path, path === '' ? DIRECTORY : undefined, compiled);
    } else {
      yield* this.visit(path, i + 1, compiled, seen);
    }
    for (const entry of yield* this.list(path)) {
      if (entry.name.startsWith('.')) continue;
      const next = path === '' ? entry.name : join(path, entry.name);
      const type = entry[kType];
      if (this.isExcluded(next) || this.isRefused(entry.name, next, type)) continue;
      if (last && type !== DIRECTORY) yield* this.found(next, type, compiled);
      if (type === DIRECTORY) yield* this.visit(next, i, compiled, seen);
      else if (type === LINK && !isFirst && !last) yield* this.visit(next, i + 1, compiled, seen);
    }
  }
}

// ---- The three forms ----

const LIST = { withFileTypes: true };

function askSync([operation, path]) {
  const fs = require('fs');
  if (operation === 'readdir') return fs.readdirSync(path, LIST);
  return operation === 'stat' ? fs.statSync(path) : fs.lstatSync(path);
}

function ask([operation, path]) {
  const promises = require('fs/promises');
  return operation === 'readdir' ? promises.readdir(path, LIST) : promises[operation](path);
}

function result(step, glob) {
  return glob.withFileTypes ? step[2] : step[1];
}

function globSync(pattern, options) {
  const glob = new Glob(pattern, options);
  const out = [];
  const walk = glob.walk();
  let step = walk.next();
  while (!step.done) {
    if (step.value[0] === FOUND) {
      out.push(result(step.value, glob));
      step = walk.next();
      continue;
    }
    let answer;
    try {
      answer = askSync(step.value);
    } catch (error) {
      step = walk.throw(error);
      continue;
    }
    step = walk.next(answer);
  }
  return out;
}

async function* iterate(glob) {
  const walk = glob.walk();
  let step = walk.next();
  while (!step.done) {
    if (step.value[0] === FOUND) {
      yield result(step.value, glob);
      step = walk.next();
      continue;
    }
    let answer;
    try {
      answer = await ask(step.value);
    } catch (error) {
      step = walk.throw(error);
      continue;
    }
    step = walk.next(answer);
  }
}

async function* globIterator(pattern, options) {
  yield* iterate(new Glob(pattern, options));
}

async function collect(iterator) {
  const out = [];
  for await (const one of iterator) out.push(one);
  return out;
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  require('fs/paths').toCallback(callback);
  collect(iterate(new Glob(pattern, options))).then(
    (found) => process.nextTick(callback, null, found),
    (error) => process.nextTick(callback, error));
}

module.exports = { glob, globIterator, globSync };
