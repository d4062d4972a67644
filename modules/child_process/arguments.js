// SPDX-License-Identifier: MIT
//
// Arguments of spawn and its kin: checked, given defaults, and brought into the form that C takes.

'use strict';

const { codes } = require('internal/errors');
const { validateInt32, validateInteger, validateNumber, validateObject, validateString } = require('internal/validators');
const { convertToValidSignal } = require('internal/util');

function checkNul(value, name) {
  if (typeof value === 'string' && value.includes('\u0000')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function checkType(value, name, ...types) {
  if (value === undefined || value === null || types.includes(typeof value)) return;
  throw new codes.ERR_INVALID_ARG_TYPE(name, types.length === 1 ? types[0] : types, value);
}

function pathOf(value, name) {
  if (typeof value === 'object' && value !== null && typeof value.href === 'string') {
    return require('web/url').fileURLToPath(value);
  }
  validateString(value, name);
  checkNul(value, name);
  return value;
}

// (args?, options?) of spawn, execFile and fork.
function splitArgs(args, options) {
  if (Array.isArray(args)) return [args.slice(), options];
  if (args === undefined || args === null) return [[], options];
  if (typeof args !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  return [[], args];
}

let warnedShellArgs = false;

function normalizeSpawn(file, givenArgs, givenOptions) {
  validateString(file, 'file');
  checkNul(file, 'file');
  if (file.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  let [args, options] = splitArgs(givenArgs, givenOptions);
  for (let i = 0; i < args.length; i++) checkNul(args[i], `args[${i}]`);
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  options = { __proto__: null, ...options };

  let cwd = options.cwd;
  if (cwd !== undefined && cwd !== null) cwd = pathOf(cwd, 'options.cwd');
  checkOptions(options);

  if (options.shell) {
    if (args.length > 0 && !warnedShellArgs) {
      warnedShellArgs = true;
      process.emitWarning('Passing args to a child process with shell option true can lead to security vulnerabilities, ' +
        'as the arguments are not escaped, only concatenated.', 'DeprecationWarning', 'DEP0190');
    }
    const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
    file = typeof options.shell === 'string' ? options.shell : '/bin/sh';
    args = ['-c', command];
  }
  args.unshift(typeof options.argv0 === 'string' ? options.argv0 : file);
  return { __proto__: null, ...options, args, cwd: cwd || undefined, file, envPairs: pairsOf(options.env || process.env), detached: Boolean(options.detached) };
}

function checkOptions(options) {
  checkType(options.detached, 'options.detached', 'boolean');
  if (options.uid !== undefined && options.uid !== null) validateInt32(options.uid, 'options.uid');
  if (options.gid !== undefined && options.gid !== null) validateInt32(options.gid, 'options.gid');
  checkType(options.shell, 'options.shell', 'boolean', 'string');
  checkType(options.argv0, 'options.argv0', 'string');
  checkType(options.windowsHide, 'options.windowsHide', 'boolean');
  checkType(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments', 'boolean');
  checkNul(options.argv0, 'options.argv0');
  checkNul(options.shell, 'options.shell');
}

function pairsOf(env) {
  const pairs = [];
  for (const key in env) {
    const value = env[key];
    if (value === undefined) continue;
    checkNul(key, `options.env['${key}']`);
    checkNul(value, `options.env['${key}']`);
    pairs.push(`${key}=${value}`);
  }
  return pairs;
}

// ---- exec, execFile ----

function normalizeExec(command, options, callback) {
  validateString(command, 'command');
  checkNul(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return { file: command, options, callback };
}

function normalizeExecFile(file, args, options, callback) {
  if (Array.isArray(args)) args = args.slice();
  else if (args !== null && typeof args === 'object') {
    callback = options;
    options = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    options = null;
    args = null;
  }
  if (args === undefined || args === null) args = [];
  if (typeof options === 'function') callback = options;
  else if (options !== undefined && options !== null) validateObject(options, 'options');
  if (options === undefined || options === null || typeof options === 'function') options = {};
  if (callback !== undefined && callback !== null && typeof callback !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  }
  if (options.argv0 !== undefined && options.argv0 !== null) {
    validateString(options.argv0, 'options.argv0');
    checkNul(options.argv0, 'options.argv0');
  }
  return { file, args, options, callback };
}

function checkTimeout(timeout) {
  if (timeout === undefined || timeout === null) return;
  validateInteger(timeout, 'timeout', 0);
}

function checkMaxBuffer(maxBuffer) {
  if (maxBuffer === undefined || maxBuffer === null) return;
  validateNumber(maxBuffer, 'options.maxBuffer', 0);
}

function signalNumber(signal) {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal === 'string' || typeof signal === 'number') return convertToValidSignal(signal);
  throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], signal);
}

module.exports = { checkMaxBuffer, checkNul, checkTimeout, checkType, normalizeExec, normalizeExecFile, normalizeSpawn,
                   pathOf, signalNumber, splitArgs };
