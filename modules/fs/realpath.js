// SPDX-License-Identifier: MIT
//
// realpath and realpath.native.
//
// Idea: both ask the system (realpath(3)). Where that fails, plain realpath walks the components itself: it
// names the component that is missing, and it accepts links under /proc that lead to pipes and sockets, which
// the system's function does not.
'use strict';

const { asBuffer, decodePath, isUrl, pathText, toCallback, toOptions, toPath, wantsBytes } = require('fs/paths');
const { CallbackRequest, PromiseRequest, fail, started } = require('fs/request');
const { check } = require('fs/sync');
const { takeStats } = require('fs/stats');
const native = binding('fs');

const ELOOP = -40;
const MAX_LINKS = 40;

// Resolves by hand; throws the error of the component that failed.
function walk(path) {
  const { resolve } = require('path');
  let rest = resolve(pathText(path)).split('/').filter(Boolean);
  let done = '';
  let links = 0;
  while (rest.length > 0) {
    const here = `${done}/${rest.shift()}`;
    check(native.lstat(here, false), 'lstat', here);
    const stats = takeStats(false);
    if (!stats.isSymbolicLink()) {
      done = here;
      if (stats.isFIFO() || stats.isSocket()) break;
      continue;
    }
    const r = native.stat(here, false);
    if (r < 0) throw fail(r, 'stat', here);
    if (++links > MAX_LINKS) throw fail(ELOOP, 'stat', here);
    const target = takeStats(false);
    const text = check(native.readlink(here, false), 'readlink', here);
    if (target.isFIFO() || target.isSocket()) {
      const [name] = resolve(done || '/', text).split('\0');
      return [name, ...rest].join('/');
    }
    rest = [...resolve(done || '/', text).split('/').filter(Boolean), ...rest];
    done = '';
  }
  return done || '/';
}

function encode(text, encoding) {
  if (!wantsBytes(encoding)) return text;
  return decodePath(require('buffer').Buffer.from(text), encoding);
}

function textOf(path) {
  return path instanceof Uint8Array ? asBuffer(path) : path;
}

// Plain realpath takes whatever has a text; the other forms want a path.
function toAnyPath(path) {
  if (!(path instanceof Uint8Array) && !isUrl(path)) path = `${path}`;
  return toPath(path === '' ? '.' : path);
}

function realpathSync(path, options) {
  const { encoding } = toOptions(options);
  path = toAnyPath(path);
  const value = native.realpath(path, wantsBytes(encoding));
  if (typeof value === 'number') return encode(walk(path), encoding);
  return decodePath(value, encoding);
}

function nativeSync(path, options) {
  const { encoding } = toOptions(options);
  path = toPath(path);
  return decodePath(check(native.realpath(textOf(path), wantsBytes(encoding)), 'realpath', path), encoding);
}

// A failed request falls back to walking, which is rare enough to be synchronous.
class RealpathRequest extends CallbackRequest {
  done(value) {
    const { callback } = this;
    if (typeof value !== 'number') return callback(null, decodePath(value, this.extra));
    let text;
    try {
      text = encode(walk(this.path), this.extra);
    } catch (error) {
      return callback(error);
    }
    return callback(null, text);
  }
}

function realpath(path, options, callback) {
  callback = toCallback(typeof options === 'function' ? options : callback);
  const { encoding } = toOptions(options);
  path = toAnyPath(path);
  const req = new RealpathRequest(callback, 'realpath', decodePath, path, undefined, encoding);
  started(req, native.realpath(path, wantsBytes(encoding), req));
}

function nativeForm(path, options, callback) {
  callback = toCallback(typeof options === 'function' ? options : callback);
  const { encoding } = toOptions(options);
  path = toPath(path);
  const req = new CallbackRequest(callback, 'realpath', decodePath, path, undefined, encoding);
  started(req, native.realpath(path, wantsBytes(encoding), req));
}

async function realpathPromise(path, options) {
  const { encoding } = toOptions(options);
  path = toPath(path);
  const req = new PromiseRequest('realpath', decodePath, path, undefined, encoding);
  return started(req, native.realpath(path, wantsBytes(encoding), req)).promise;
}

module.exports = {
  realpath, realpathNative: nativeForm, realpathNativeSync: nativeSync, realpathPromise, realpathSync,
};
