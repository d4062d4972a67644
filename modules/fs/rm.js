// SPDX-License-Identifier: MIT
//
// rm in its three forms. The tree is walked in C (tree.c); this half checks options and words the errors.
'use strict';

const { pathText, toCallback, toPath } = require('fs/paths');
const { CallbackRequest, PromiseRequest, fail, nothing, started } = require('fs/request');
const native = binding('fs');

const ENOENT = -2;
const ENOTDIR = -20;
const IS_DIRECTORY = -1000001; // tree.c: a directory, and not recursive

const DEFAULTS = { recursive: false, force: false, maxRetries: 0, retryDelay: 100 };

function rmOptions(options) {
  if (options === undefined) return DEFAULTS;
  const { validateObject, validateBoolean, validateInt32, validateUint32 } = require('internal/validators');
  validateObject(options, 'options');
  const all = { ...DEFAULTS, ...options };
  validateBoolean(all.force, 'options.force');
  validateBoolean(all.recursive, 'options.recursive');
  validateInt32(all.retryDelay, 'options.retryDelay', 0);
  validateUint32(all.maxRetries, 'options.maxRetries');
  return all;
}

function rmError(value, path) {
  let culprit = path;
  if (typeof value === 'object') [value, culprit] = value;
  if (value === IS_DIRECTORY) {
    const { codes: { ERR_FS_EISDIR } } = require('internal/errors');
    return new ERR_FS_EISDIR({
      code: 'EISDIR', message: 'is a directory', path: pathText(path), syscall: 'rm', errno: 21,
    });
  }
  return fail(value, value === ENOENT || value === ENOTDIR ? 'lstat' : 'rm', culprit);
}

// Both kinds of requests, with rm's own errors.
function own(req) {
  const settle = req.done;
  req.done = (value) => {
    if (value === 0) return settle.call(req, 0);
    const error = rmError(value, req.path);
    return req.callback === undefined ? req.reject(error) : req.callback(error);
  };
  return req;
}

function call(path, options, req) {
  return native.rm(path, options.recursive, options.force, options.maxRetries, options.retryDelay, req);
}

function rmSync(path, options) {
  path = toPath(path);
  const r = call(path, rmOptions(options), undefined);
  if (r !== 0) throw rmError(r, path);
}

function rm(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  path = toPath(path);
  options = rmOptions(options);
  const req = own(new CallbackRequest(toCallback(callback), 'rm', nothing, path));
  started(req, call(path, options, req));
}

async function rmPromise(path, options) {
  path = toPath(path);
  options = rmOptions(options);
  const req = own(new PromiseRequest('rm', nothing, path));
  return started(req, call(path, options, req)).promise;
}

module.exports = { rm, rmOptions, rmPromise, rmSync };
