// SPDX-License-Identifier: MIT
//
// assert.throws, rejects, doesNotThrow and doesNotReject: run something, compare what came out with what was wanted.
// `fn` is always the public function that was called: it names the operator and hides itself from the stack.
'use strict';

const { codes } = require('internal/errors');
const { isDeepStrictEqual } = require('internal/comparisons');

const NOTHING = Symbol('nothing thrown');

function show(value, options) {
  return require('util/inspect').inspect(value, options);
}

function isRegExp(value) {
  return value instanceof RegExp || require('util/types').isRegExp(value);
}

function isError(value) {
  return require('internal/util').isError(value);
}

// ---- Running ----

function thrownBy(callback) {
  if (typeof callback !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', 'Function', callback);
  try {
    callback();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

function isPromiseLike(value) {
  return value instanceof Promise || require('util/types').isPromise(value) ||
    (value !== null && typeof value === 'object' && typeof value.then === 'function' &&
     typeof value.catch === 'function');
}

async function rejectionOf(source) {
  let promise = source;
  if (typeof source === 'function') {
    promise = source();
    if (!isPromiseLike(promise)) throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (!isPromiseLike(source)) {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], source);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

// ---- Failing ----

function failure(self, fn, options) {
  const { AssertionError } = require('assert/assertion_error');
  // After an await, the function that was called is the first on the stack and worth showing.
  const isAsync = fn.name === 'rejects' || fn.name === 'doesNotReject';
  return new AssertionError({
    diff: self?.diff ?? 'simple',
    stackStartFn: isAsync ? (fn.name === 'rejects' ? checkThrown : checkNothing) : fn,
    operator: fn.name,
    ...options,
  });
}

// Throws the user's error, or an AssertionError with the user's message or ours.
function fail(self, fn, actual, expected, message, ours) {
  if (message !== undefined && message !== null && isError(message)) throw message;
  const error = failure(self, fn, { actual, expected, message: message || ours });
  error.generatedMessage = !message;
  throw error;
}

// ---- What was wanted ----

// An error reduced to the properties that are compared. Where a pattern matches, both sides show the text.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const value = object[key];
      const fits = actual !== undefined && typeof actual[key] === 'string' && isRegExp(value) &&
        matches(value, actual[key]);
      this[key] = fits ? actual[key] : value;
    }
  }
}

function matches(pattern, text) {
  return RegExp.prototype.exec.call(pattern, text) !== null;
}

function checkProperties(self, fn, actual, expected, message) {
  if (typeof actual !== 'object' || actual === null) {
    if (message && isError(message)) throw message;
    const error = failure(self, fn, { actual, expected, message, operator: 'deepStrictEqual' });
    error.operator = fn.name;
    throw error;
  }
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
  for (const key of keys) {
    const value = actual[key];
    if (typeof value === 'string' && isRegExp(expected[key]) && matches(expected[key], value)) continue;
    if (key in actual && isDeepStrictEqual(value, expected[key])) continue;
    if (message) fail(self, fn, actual, expected, message);
    const error = failure(self, fn, {
      actual: new Comparison(actual, keys),
      expected: new Comparison(expected, keys, actual),
      operator: 'deepStrictEqual',
    });
    error.actual = actual;
    error.expected = expected;
    error.operator = fn.name;
    throw error;
  }
}

function wrongClass(actual, expected) {
  const start = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(actual)) return `${start}"${show(actual, { depth: -1 })}"`;
  const name = actual.constructor?.name || actual.name;
  const received = name === expected.name ? 'an error with identical name but a different prototype.' : `"${name}"`;
  return `${start}${received}\n\nError message:\n\n${actual.message}`;
}

function checkFunction(self, fn, actual, expected, message) {
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    fail(self, fn, actual, expected, message, message ? undefined : wrongClass(actual, expected));
  }
  const verdict = Reflect.apply(expected, {}, [actual]);
  if (verdict === true) return;
  const name = expected.name ? `"${expected.name}" ` : '';
  let ours = `The ${name}validation function is expected to return "true". Received ${show(verdict)}`;
  if (isError(actual)) ours += `\n\nCaught error:\n\n${actual}`;
  fail(self, fn, actual, expected, message, ours);
}

function checkException(self, fn, actual, expected, message) {
  if (typeof expected === 'function') {
    checkFunction(self, fn, actual, expected, message);
  } else if (isRegExp(expected)) {
    const text = String(actual);
    if (matches(expected, text)) return;
    fail(self, fn, actual, expected, message,
         `The input did not match the regular expression ${show(expected)}. Input:\n\n${show(text)}\n`);
  } else {
    checkProperties(self, fn, actual, expected, message);
  }
}

const wantedKinds = ['Object', 'Error', 'Function', 'RegExp'];

// args: (), (message), (expected), (expected, message)
function checkThrown(self, fn, actual, args) {
  let [expected, message] = args;
  if (typeof expected === 'string') {
    if (args.length > 1) throw new codes.ERR_INVALID_ARG_TYPE('error', wantedKinds, expected);
    refuseAmbiguous(actual, expected);
    message = expected;
    expected = undefined;
  } else if (expected != null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', wantedKinds, expected);
  }
  if (actual === NOTHING) {
    if (message && isError(message)) throw message;
    const name = expected?.name ? ` (${expected.name})` : '';
    const kind = fn.name === 'rejects' ? 'rejection' : 'exception';
    const error = failure(self, fn, {
      actual: undefined, expected, message: `Missing expected ${kind}${name}${message ? `: ${message}` : '.'}`,
    });
    throw error;
  }
  if (expected) checkException(self, fn, actual, expected, message);
}

// throws(fn, 'text') where the error says just that: the caller took the message for an expectation.
function refuseAmbiguous(actual, text) {
  if (typeof actual === 'object' && actual !== null) {
    if (actual.message === text) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message',
                                             `The error message "${text}" is identical to the message.`);
    }
  } else if (actual === text) {
    throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${text}" is identical to the message.`);
  }
}

// ---- What was not wanted ----

function isUnwanted(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return matches(expected, String(actual));
    throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function checkNothing(self, fn, actual, args) {
  if (actual === NOTHING) return;
  let [expected, message] = args;
  if (typeof expected === 'string') {
    message = expected;
    expected = undefined;
  }
  if (expected && !isUnwanted(actual, expected)) throw actual;
  const kind = fn.name === 'doesNotReject' ? 'rejection' : 'exception';
  throw failure(self, fn, {
    actual,
    expected,
    message: `Got unwanted ${kind}${message ? `: ${message}` : '.'}\nActual message: "${actual?.message}"`,
  });
}

module.exports = { checkNothing, checkThrown, rejectionOf, thrownBy };
