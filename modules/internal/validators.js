// SPDX-License-Identifier: MIT
//
// Checks of arguments, throwing the coded errors that Node throws.
// Idea: the passing road of each check is a comparison or two that the JIT inlines; the failing road builds the
// error and takes the validator itself out of its stack.
'use strict';

const { codes, hideStackFrames } = require('internal/errors');

// Throws `error` as if the caller of `validator` had made it.
function fail(error, validator) {
  const { stamp } = require('internal/errors');
  throw stamp(error, `${error.name} [${error.code}]`, validator);
}

function badType(validator, name, expected, value) {
  fail(new codes.ERR_INVALID_ARG_TYPE(name, expected, value), validator);
}

function badRange(validator, name, range, value) {
  fail(new codes.ERR_OUT_OF_RANGE(name, range, value), validator);
}

function badValue(validator, name, value, reason) {
  fail(new codes.ERR_INVALID_ARG_VALUE(name, value, reason), validator);
}

function isInt32(value) { return value === (value | 0); }
function isUint32(value) { return value === (value >>> 0); }

function validateString(value, name) {
  if (typeof value !== 'string') badType(validateString, name, 'string', value);
}

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') badType(validateNumber, name, 'number', value);
  if ((min == null && max == null) || (!(min != null && !(value >= min)) && !(max != null && !(value <= max)))) return;
  const low = min != null ? `>= ${min}` : '';
  const high = max != null ? `<= ${max}` : '';
  badRange(validateNumber, name, low && high ? `${low} && ${high}` : low + high, value);
}

function checkInteger(validator, value, name, min, max) {
  if (typeof value !== 'number') badType(validator, name, 'number', value);
  if (!Number.isInteger(value)) badRange(validator, name, 'an integer', value);
  if (value < min || value > max) badRange(validator, name, `>= ${min} && <= ${max}`, value);
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  checkInteger(validateInteger, value, name, min, max);
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  checkInteger(validateInt32, value, name, min, max);
}

function validateUint32(value, name, positive = false) {
  checkInteger(validateUint32, value, name, positive ? 1 : 0, 4294967295);
}

function validateBoolean(value, name) {
  if (typeof value !== 'boolean') badType(validateBoolean, name, 'boolean', value);
}

const kValidateObjectNone = 0;
const kValidateObjectAllowNullable = 1;
const kValidateObjectAllowArray = 2;
const kValidateObjectAllowFunction = 4;
const kValidateObjectAllowObjects = 6;
const kValidateObjectAllowObjectsAndNull = 7;

// `allow` is a set of the bits above, or an object { nullable, allowArray, allowFunction }.
function validateObject(value, name, allow = kValidateObjectNone) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  let bits = allow;
  if (typeof allow === 'object') {
    bits = (allow?.nullable ? 1 : 0) | (allow?.allowArray ? 2 : 0) | (allow?.allowFunction ? 4 : 0);
  }
  if (value === null ? bits & 1 : Array.isArray(value) ? bits & 2 : typeof value === 'function' && bits & 4) return;
  badType(validateObject, name, 'Object', value);
}

function validateFunction(value, name) {
  if (typeof value !== 'function') badType(validateFunction, name, 'Function', value);
}

function validatePlainFunction(value, name) {
  if (typeof value !== 'function' || require('util/types').isAsyncFunction(value)) {
    badType(validatePlainFunction, name, 'Function', value);
  }
}

function validateUndefined(value, name) {
  if (value !== undefined) badType(validateUndefined, name, 'undefined', value);
}

function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) badType(validateArray, name, 'Array', value);
  if (value.length < minLength) badValue(validateArray, name, value, `must be longer than ${minLength}`);
}

function validateStringArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateString(value[i], `${name}[${i}]`);
}

function validateBooleanArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateBoolean(value[i], `${name}[${i}]`);
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    badType(validateAbortSignal, name, 'AbortSignal', signal);
  }
}

function validateAbortSignalArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) {
    if (value[i] === undefined) badType(validateAbortSignalArray, `${name}[${i}]`, 'AbortSignal', value[i]);
    validateAbortSignal(value[i], `${name}[${i}]`);
  }
}

function validateOneOf(value, name, oneOf) {
  if (oneOf.includes(value)) return;
  const allowed = oneOf.map((one) => typeof one === 'string' ? `'${one}'` : String(one)).join(', ');
  badValue(validateOneOf, name, value, `must be one of: ${allowed}`);
}

function validateUnion(value, name, union) {
  if (!union.includes(value)) badType(validateUnion, name, `('${union.join('|')}')`, value);
}

function validateDictionary(value, name) {
  if (value != null && typeof value !== 'object' && typeof value !== 'function') {
    badType(validateDictionary, name, 'a dictionary', value);
  }
}

function validateBuffer(value, name = 'buffer') {
  if (!ArrayBuffer.isView(value)) badType(validateBuffer, name, ['Buffer', 'TypedArray', 'DataView'], value);
}

function validateEncoding(data, encoding) {
  if (typeof encoding !== 'string' || data.length % 2 === 0 || encoding.toLowerCase() !== 'hex') return;
  badValue(validateEncoding, 'encoding', encoding, `is invalid for data of length ${data.length}`);
}

// A port number, or text that Number() takes: returns the number.
function validatePort(port, name = 'Port', allowZero = true) {
  const isText = typeof port === 'string';
  if ((!isText && typeof port !== 'number') || (isText && port.trim() === '') ||
      +port !== (+port >>> 0) || port > 65535 || (port == 0 && !allowZero)) { // eslint-disable-line eqeqeq
    fail(new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero), validatePort);
  }
  return port | 0;
}

function validateSignalName(signal, name = 'signal') {
  validateString(signal, name);
  const { signals } = require('os').constants;
  if (signals[signal] !== undefined) return;
  const upper = signal.toUpperCase();
  const hint = signals[upper] !== undefined ? ' (signals must use all capital letters)' : '';
  fail(new codes.ERR_UNKNOWN_SIGNAL(signal + hint), validateSignalName);
}

// File modes: a number, or octal digits in a string.
function parseFileMode(value, name, fallback = undefined) {
  value ??= fallback;
  if (typeof value === 'string') {
    if (!/^[0-7]+$/.test(value)) {
      badValue(parseFileMode, name, value, 'must be a 32-bit unsigned integer or an octal string');
    }
    value = parseInt(value, 8);
  }
  checkInteger(parseFileMode, value, name, 0, 4294967295);
  return value;
}

// False for undefined and NaN (not given), true for a finite number; throws for anything else.
function validateFiniteNumber(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  validateNumber(value, name);
  badRange(validateFiniteNumber, name, 'a finite number', value);
}

function checkRangesOrGetDefault(value, name, min, max, fallback) {
  if (!validateFiniteNumber(value, name)) return fallback;
  if (value < min || value > max) badRange(checkRangesOrGetDefault, name, `>= ${min} and <= ${max}`, value);
  return value;
}

// One link of a Link header: <uri>; name=value...
const linkForm = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;
const linkHint = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';

function validateLink(value) {
  if (value === undefined || !linkForm.test(value)) badValue(validateLinkHeaderValue, 'hints', value, linkHint);
}

// Returns the header's text for one hint or several.
function validateLinkHeaderValue(hints) {
  if (typeof hints === 'string') {
    validateLink(hints);
    return hints;
  }
  if (!Array.isArray(hints)) badValue(validateLinkHeaderValue, 'hints', hints, linkHint);
  for (const hint of hints) validateLink(hint);
  return hints.join(', ');
}

// The `ignore` of fs.watch: text, RegExp, function, or an array of those.
function validateIgnoreOption(value, name) {
  if (value == null) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) checkIgnore(value[i], `${name}[${i}]`);
  } else {
    checkIgnore(value, name);
  }
}

function checkIgnore(value, name) {
  if (typeof value === 'string') {
    if (value.length === 0) badValue(validateIgnoreOption, name, value, 'must be a non-empty string');
  } else if (typeof value !== 'function' && !require('util/types').isRegExp(value)) {
    badType(validateIgnoreOption, name, ['string', 'RegExp', 'Function'], value);
  }
}

function validateThisInternalField(object, field, className) {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, field)) {
    fail(new codes.ERR_INVALID_THIS(className), validateThisInternalField);
  }
}

module.exports = {
  checkRangesOrGetDefault,
  hideStackFrames,
  isInt32,
  isUint32,
  kValidateObjectAllowArray,
  kValidateObjectAllowFunction,
  kValidateObjectAllowNullable,
  kValidateObjectAllowObjects,
  kValidateObjectAllowObjectsAndNull,
  kValidateObjectNone,
  parseFileMode,
  validateAbortSignal,
  validateAbortSignalArray,
  validateArray,
  validateBoolean,
  validateBooleanArray,
  validateBuffer,
  validateDictionary,
  validateEncoding,
  validateFiniteNumber,
  validateFunction,
  validateIgnoreOption,
  validateInt32,
  validateInteger,
  validateLinkHeaderValue,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePlainFunction,
  validatePort,
  validateSignalName,
  validateString,
  validateStringArray,
  validateThisInternalField,
  validateUint32,
  validateUndefined,
  validateUnion,
};
