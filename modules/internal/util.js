// SPDX-License-Identifier: MIT
//
// Small helpers that modules of every subsystem share: lazy properties, deprecation, warnings, promisify, signals.
// Idea: loaded at start-up by nearly everything, so nothing here requires anything at load but internal/errors.
'use strict';

const { codes } = require('internal/errors');

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const promisifySymbol = Symbol.for('nodejs.util.promisify.custom');
const customPromisifyArgs = Symbol('customPromisifyArgs');
const kEmptyObject = Object.freeze({ __proto__: null });
const kEnumerableProperty = Object.freeze({ __proto__: null, enumerable: true });

// ---- Properties ----

function setOwnProperty(target, key, value) {
  return Object.defineProperty(target, key, {
    __proto__: null, value, writable: true, enumerable: true, configurable: true,
  });
}

// A property whose value is made at its first reading (or replaced by assignment before that).
function lazyProperty(target, name, getter, enumerable = true) {
  Object.defineProperty(target, name, {
    __proto__: null,
    get() {
      const value = getter();
      Object.defineProperty(target, name, { __proto__: null, value, writable: true, enumerable, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(target, name, { __proto__: null, value, writable: true, enumerable, configurable: true });
    },
    enumerable,
    configurable: true,
  });
}

// The exports `names` of module `id`, each of them lazy.
function defineLazy(target, id, names, enumerable = true) {
  for (const name of names) lazyProperty(target, name, () => require(id)[name], enumerable);
}

function assignFunctionName(name, fn, descriptor = undefined) {
  if (typeof name === 'symbol') name = name.description === '' ? '' : `[${name.description}]`;
  return Object.defineProperty(fn, 'name', { __proto__: null, configurable: true, ...descriptor, value: name });
}

// ---- Functions ----

function once(fn) {
  let called = false;
  return function(...args) {
    if (called) return undefined;
    called = true;
    return Reflect.apply(fn, this, args);
  };
}

function promisify(original) {
  if (typeof original !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('original', 'function', original);
  }
  const own = original[promisifySymbol];
  if (own) {
    if (typeof own !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('util.promisify.custom', 'Function', own);
    }
    return Object.defineProperty(own, promisifySymbol, { __proto__: null, value: own, configurable: true });
  }
  const names = original[customPromisifyArgs];
  function promised(...args) {
    return new Promise((resolve, reject) => {
      const answer = Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        if (names === undefined || values.length < 2) return resolve(values[0]);
        const named = {};
        for (let i = 0; i < names.length; i++) named[names[i]] = values[i];
        return resolve(named);
      }]);
      if (answer instanceof Promise) warnOfPromise();
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, promisifySymbol, { __proto__: null, value: promised, configurable: true });
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = promisifySymbol;

function warnOfPromise() {
  process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.',
                      'DeprecationWarning', 'DEP0174');
}

// ---- Deprecation and warnings ----

const warnedCodes = new Set();

function warnDeprecated(message, code, upTo) {
  if (code === undefined) {
    process.emitWarning(message, 'DeprecationWarning', upTo);
  } else if (!warnedCodes.has(code)) {
    warnedCodes.add(code);
    process.emitWarning(message, 'DeprecationWarning', code, upTo);
  }
}

// fn, warning once when it is first called.
function deprecate(fn, message, code, { modifyPrototype = true } = kEmptyObject) {
  if (code !== undefined) require('internal/validators').validateString(code, 'code');
  let warned = false;
  function deprecated(...args) {
    if (!warned && process.noDeprecation !== true) {
      warned = true;
      warnDeprecated(message, code, deprecated);
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  if (modifyPrototype) {
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', { __proto__: null, value: fn.length, configurable: true });
  return deprecated;
}

function isPendingDeprecation() {
  const { getOptionValue } = require('internal/options');
  return Boolean(getOptionValue('--pending-deprecation')) && !getOptionValue('--no-deprecation');
}

// As deprecate, but only under --pending-deprecation.
function pendingDeprecate(fn, message, code) {
  let wrapped;
  return function(...args) {
    if (wrapped === undefined) wrapped = isPendingDeprecation() ? deprecate(fn, message, code) : fn;
    return new.target ? Reflect.construct(wrapped, args) : Reflect.apply(wrapped, this, args);
  };
}

// Returns a function to call at each use; it warns at the first one.
function getDeprecationWarningEmitter(code, message, deprecated, usePending = false) {
  let warned = false;
  return function() {
    if (warned || (usePending && !isPendingDeprecation())) return;
    warned = true;
    warnDeprecated(message, code, deprecated);
  };
}

// A property whose reading and writing warn once.
function deprecateProperty(key, target, message, code) {
  let value = target[key];
  Object.defineProperty(target, key, {
    __proto__: null,
    get: deprecate(() => value, message, code),
    set: deprecate((next) => { value = next; }, message, code),
    enumerable: true,
    configurable: true,
  });
}

const experimental = new Set();
function emitExperimentalWarning(feature, messagePrefix = '', code = undefined, upTo = undefined) {
  if (experimental.has(feature)) return;
  experimental.add(feature);
  process.emitWarning(`${messagePrefix}${feature} is an experimental feature and might change at any time`,
                      'ExperimentalWarning', code, upTo);
}

// ---- Signals and system errors ----

function signalName(number) {
  const { signals } = require('os').constants;
  for (const name of Object.keys(signals)) if (signals[name] === number) return name;
  return undefined;
}

// A signal's number from its name (any case) or number.
function convertToValidSignal(signal) {
  const { signals } = require('os').constants;
  if (typeof signal === 'number' && signalName(signal) !== undefined) return signal;
  if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number) return number;
  }
  const { show } = require('internal/error_words');
  throw new codes.ERR_UNKNOWN_SIGNAL(typeof signal === 'string' ? signal : show(signal));
}

function convertProcessSignalToExitCode(name) {
  return 128 + require('os').constants.signals[name];
}

function checkErrno(errno) {
  if (typeof errno !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('err', 'number', errno);
  if (errno >= 0 || !Number.isSafeInteger(errno)) {
    throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', errno);
  }
}

function getSystemErrorName(errno) {
  checkErrno(errno);
  return require('internal/errors').errname(errno);
}

function getSystemErrorMessage(errno) {
  checkErrno(errno);
  return require('internal/uv_errors').byNumber.get(errno)?.[1] ?? `Unknown system error ${errno}`;
}

function getSystemErrorMap() {
  return new Map(require('internal/uv_errors').byNumber);
}

// ---- Text ----

const encodings = {
  '__proto__': null,
  'utf8': 'utf8',
  'utf-8': 'utf8',
  'ucs2': 'utf16le',
  'ucs-2': 'utf16le',
  'utf16le': 'utf16le',
  'utf-16le': 'utf16le',
  'latin1': 'latin1',
  'binary': 'latin1',
  'base64': 'base64',
  'base64url': 'base64url',
  'hex': 'hex',
  'ascii': 'ascii',
};

// The canonical name of an encoding; undefined where there is no such encoding.
function normalizeEncoding(encoding) {
  if (encoding == null || encoding === '' || encoding === 'utf8' || encoding === 'utf-8') return 'utf8';
  if (typeof encoding !== 'string') return undefined;
  return encodings[encoding] ?? encodings[encoding.toLowerCase()];
}

function toUSVString(text) {
  return `${text}`.toWellFormed();
}

// '255.0.0.0' -> 8; null where the mask has a hole.
function prefixLength(groups, width, radix) {
  let count = 0;
  let ended = false;
  for (const group of groups) {
    const bits = parseInt(group || '0', radix);
    const ones = Math.clz32(~(bits << (32 - width)) >>> 0);
    const taken = Math.min(ones, width);
    if (ended ? bits !== 0 : ((bits << taken) & ((2 ** width) - 1)) !== 0) return null;
    count += taken;
    if (taken < width) ended = true;
  }
  return count;
}

function getCIDR(address, netmask, family) {
  const length = family === 'IPv6' ? prefixLength(netmask.split(':'), 16, 16) :
    prefixLength(netmask.split('.'), 8, 10);
  return length === null ? null : `${address}/${length}`;
}

// ---- Values ----

function isError(value) {
  if (value instanceof Error) return true;
  return typeof value === 'object' && value !== null && require('util/types').isNativeError(value);
}

function lazyDOMExceptionClass() {
  return require('web/domexception').DOMException;
}

function lazyDOMException(message, name) {
  const error = new (lazyDOMExceptionClass())(message, name);
  Error.captureStackTrace(error, lazyDOMException);
  return error;
}

function getCWD() {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

// Blocks the thread: for tests and synchronous retries.
function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

module.exports = {
  assignFunctionName,
  convertProcessSignalToExitCode,
  convertToValidSignal,
  customInspectSymbol,
  customPromisifyArgs,
  defineLazy,
  deprecate,
  deprecateProperty,
  emitExperimentalWarning,
  getCIDR,
  getCWD,
  getDeprecationWarningEmitter,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  isError,
  isPendingDeprecation,
  isWindows: false,
  kEmptyObject,
  kEnumerableProperty,
  lazyDOMException,
  lazyDOMExceptionClass,
  lazyProperty,
  normalizeEncoding,
  once,
  pendingDeprecate,
  promisify,
  promisifySymbol,
  setOwnProperty,
  sleep,
  toUSVString,
};
