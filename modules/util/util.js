// SPDX-License-Identifier: MIT
//
// The public `util` module. Idea: a thin table. What programs commonly use is defined here or required at load;
// everything else is loaded by the function of the same name at its first call.

'use strict';

const { codes } = require('internal/errors');
const internalUtil = require('internal/util');
const { inspect, stripVTControlCharacters } = require('util/inspect');
const { format, formatWithOptions } = require('util/format');
const { debuglog } = require('util/debuglog');

const { deprecate, promisify, lazyProperty } = internalUtil;

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', { value: superCtor, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  return Object.assign(target, source);
}

// ---- callbackify ----

function rejected(reason, callback) {
  // A falsy reason could not be told from success.
  if (!reason) {
    const error = new codes.ERR_FALSY_VALUE_REJECTION.HideStackFramesError(reason);
    error.reason = reason;
    Error.captureStackTrace(error, rejected);
    reason = error;
  }
  return callback(reason);
}

function callbackify(original) {
  require('internal/validators').validateFunction(original, 'original');
  // Reports from the tick queue, so that what the callback throws is uncaught instead of a rejection.
  function callbackified(...args) {
    const callback = args.pop();
    require('internal/validators').validateFunction(callback, 'last argument');
    const done = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(done, null, value),
      (reason) => process.nextTick(rejected, reason, done));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length?.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name?.value === 'string') descriptors.name.value += 'Callbackified';
  for (const key of Reflect.ownKeys(descriptors)) {
    Object.defineProperty(callbackified, key, { __proto__: null, ...descriptors[key] });
  }
  return callbackified;
}

// ---- Errors of the system ----

function convertProcessSignalToExitCode(signalCode) {
  const { signals } = require('os').constants;
  require('internal/validators').validateOneOf(signalCode, 'signalCode', Object.keys(signals));
  return internalUtil.convertProcessSignalToExitCode(signalCode);
}

function _errnoException(err, syscall, original) {
  const { errnoException } = require('internal/errors');
  if (typeof err !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('err', 'number', err);
  if (err >= 0 || !Number.isSafeInteger(err)) {
    throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
  }
  return errnoException(err, syscall, original);
}

function _exceptionWithHostPort(...args) {
  return require('internal/errors').exceptionWithHostPort(...args);
}

// ---- Call sites ----

function getCallSites(frameCount = 10, options) {
  const { validateObject, validateInteger, validateBoolean } = require('internal/validators');
  if (options === undefined && typeof frameCount === 'object') {
    options = frameCount;
    validateObject(options, 'options');
    frameCount = 10;
  }
  if (options === undefined) options = {};
  validateObject(options, 'options');
  if (options.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateInteger(frameCount, 'frameCount', 1, 200);
  const sites = require('internal/stack').captureSites(getCallSites, frameCount);
  const list = sites.map((site) => {
    const column = site.getColumnNumber();
    return {
      __proto__: null,
      functionName: site.getFunctionName() ?? '',
      scriptId: '0',
      scriptName: site.getFileName() ?? '',
      lineNumber: site.getLineNumber(),
      columnNumber: column,
      column,
    };
  });
  if (options.sourceMap ?? process.sourceMapsEnabled) list.forEach(toOriginal);
  return list;
}

function toOriginal(site) {
  const entry = require('runtime/loader/source_maps').find(site.scriptName)?.findEntry(site.lineNumber - 1, site.column - 1);
  if (entry?.originalSource === undefined) return;
  const url = entry.originalSource;
  site.scriptName = url.startsWith('file:') ? require('url').fileURLToPath(url) : url;
  site.lineNumber = entry.originalLine + 1;
  site.column = site.columnNumber = entry.originalColumn + 1;
}

// ---- The rest, loaded at first use ----

function isDeepStrictEqual(a, b, skipPrototype) {
  return require('internal/comparisons').isDeepStrictEqual(a, b, skipPrototype);
}

function parseArgs(config) {
  return require('util/parse_args').parseArgs(config);
}

function parseEnv(content) {
  require('internal/validators').validateString(content, 'content');
  return Object.setPrototypeOf(require('internal/dotenv').parse(content), null);
}

function styleText(styles, text, options) {
  return require('util/style').styleText(styles, text, options);
}

function diff(actual, expected) {
  return require('util/diff').diff(actual, expected);
}

function setTraceSigInt(enable) {
  require('internal/validators').validateBoolean(enable, 'enable');
  if (enable) throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('util.setTraceSigInt');
}

module.exports = {
  _errnoException,
  _exceptionWithHostPort,
  _extend: deprecate(_extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate(fn, msg, code, options) {
    return deprecate(fn, msg, code, options);
  },
  format,
  styleText,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap: internalUtil.getSystemErrorMap,
  getSystemErrorName: internalUtil.getSystemErrorName,
  getSystemErrorMessage: internalUtil.getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(Array.isArray, 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
                     'DEP0044'),
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  toUSVString: internalUtil.toUSVString,
};

function transferableAbortSignal(signal) {
  return require('web/abort').transferableAbortSignal(signal);
}

function transferableAbortController() {
  return require('web/abort').transferableAbortController();
}

const lazy = (id, name) => lazyProperty(module.exports, name, () => require(id)[name]);
module.exports.transferableAbortSignal = transferableAbortSignal;
module.exports.transferableAbortController = transferableAbortController;
lazy('web/abort', 'aborted');
module.exports.types = require('util/types');
module.exports.parseEnv = parseEnv;
module.exports.parseArgs = parseArgs;
lazy('web/encoding', 'TextDecoder');
lazy('web/encoding', 'TextEncoder');
lazy('util/mime', 'MIMEType');
lazy('util/mime', 'MIMEParams');
module.exports.diff = diff;
module.exports.setTraceSigInt = setTraceSigInt;
