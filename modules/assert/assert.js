// SPDX-License-Identifier: MIT
//
// assert: the functions themselves. Idea: what a passing assertion needs is here and small; everything else (errors,
// differences, deep comparison, throws) is loaded when first wanted. The functions are methods of Assert that also
// work without a `this`; `assert.x` and `new Assert().x` are the same functions.
'use strict';

const { codes } = require('internal/errors');

class Options {
  constructor(diff, skipPrototype) {
    this.diff = diff;
    this.skipPrototype = skipPrototype;
  }
}

const kOptions = Symbol('options');
const plain = new Options('simple', false);

// The options of the Assert that a method was called on; taken out of their object, methods have the usual ones.
function optionsOf(self) {
  return self?.[kOptions] ?? plain;
}

// Throws the user's error, or an AssertionError.
function fail(self, fn, actual, expected, message, operator) {
  if (isError(message)) throw message;
  const { AssertionError } = require('assert/assertion_error');
  throw new AssertionError({ actual, expected, message, operator, stackStartFn: fn, diff: optionsOf(self).diff });
}

function isError(value) {
  return typeof value === 'object' && value !== null && require('internal/util').isError(value);
}

function needTwo(count) {
  if (count < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
}

// A failed assert.ok: without a message, the source of the call is the message.
function failOk(self, fn, count, value, message) {
  let generated = false;
  if (count === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message == null) {
    generated = true;
    const text = require('assert/expression').callText(fn);
    message = text === undefined ? undefined : `The expression evaluated to a falsy value:\n\n  ${text}\n`;
  } else if (isError(message)) {
    throw message;
  }
  const { AssertionError } = require('assert/assertion_error');
  const error = new AssertionError({
    actual: value, expected: true, message, operator: '==', stackStartFn: fn, diff: optionsOf(self).diff,
  });
  error.generatedMessage = generated;
  throw error;
}

function isLooseEqual(actual, expected) {
  // eslint-disable-next-line eqeqeq
  return actual == expected || (actual !== actual && expected !== expected);
}

function checkMatch(self, fn, string, regexp, message, wanted) {
  if (!(regexp instanceof RegExp) && !require('util/types').isRegExp(regexp)) {
    throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  }
  if (typeof string === 'string' && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;
  if (isError(message)) throw message;
  const generated = !message;
  if (generated) {
    const { inspect } = require('util/inspect');
    if (typeof string !== 'string') {
      message = `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`;
    } else {
      message = (wanted ? 'The input did not match the regular expression ' :
        'The input was expected to not match the regular expression ') +
        `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
    }
  }
  const { AssertionError } = require('assert/assertion_error');
  const error = new AssertionError({
    actual: string, expected: regexp, message, operator: fn.name, stackStartFn: fn, diff: optionsOf(self).diff,
  });
  error.generatedMessage = generated;
  throw error;
}

// ---- The methods ----

const methods = {
  fail(message) {
    if (isError(message)) throw message;
    const { AssertionError } = require('assert/assertion_error');
    const error = new AssertionError({
      message: message === undefined ? 'Failed' : message,
      operator: 'fail',
      stackStartFn: methods.fail,
      diff: optionsOf(this).diff,
    });
    error.generatedMessage = message === undefined;
    throw error;
  },

  ok(value, message) {
    if (!value) failOk(this, methods.ok, arguments.length, value, message);
  },

  equal(actual, expected, message) {
    needTwo(arguments.length);
    if (!isLooseEqual(actual, expected)) fail(this, methods.equal, actual, expected, message, '==');
  },

  notEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (isLooseEqual(actual, expected)) fail(this, methods.notEqual, actual, expected, message, '!=');
  },

  deepEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (!require('internal/comparisons').isDeepEqual(actual, expected)) {
      fail(this, methods.deepEqual, actual, expected, message, 'deepEqual');
    }
  },

  notDeepEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (require('internal/comparisons').isDeepEqual(actual, expected)) {
      fail(this, methods.notDeepEqual, actual, expected, message, 'notDeepEqual');
    }
  },

  deepStrictEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (!require('internal/comparisons').isDeepStrictEqual(actual, expected, optionsOf(this).skipPrototype)) {
      fail(this, methods.deepStrictEqual, actual, expected, message, 'deepStrictEqual');
    }
  },

  notDeepStrictEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (require('internal/comparisons').isDeepStrictEqual(actual, expected, optionsOf(this).skipPrototype)) {
      fail(this, methods.notDeepStrictEqual, actual, expected, message, 'notDeepStrictEqual');
    }
  },

  strictEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (!Object.is(actual, expected)) fail(this, methods.strictEqual, actual, expected, message, 'strictEqual');
  },

  notStrictEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (Object.is(actual, expected)) fail(this, methods.notStrictEqual, actual, expected, message, 'notStrictEqual');
  },

  partialDeepStrictEqual(actual, expected, message) {
    needTwo(arguments.length);
    if (!require('internal/comparisons').isPartialStrictEqual(actual, expected)) {
      fail(this, methods.partialDeepStrictEqual, actual, expected, message, 'partialDeepStrictEqual');
    }
  },

  match(string, regexp, message) {
    checkMatch(this, methods.match, string, regexp, message, true);
  },

  doesNotMatch(string, regexp, message) {
    checkMatch(this, methods.doesNotMatch, string, regexp, message, false);
  },

  throws(fn, ...args) {
    const { checkThrown, thrownBy } = require('assert/throws');
    checkThrown(optionsOf(this), methods.throws, thrownBy(fn), args);
  },

  async rejects(promiseFn, ...args) {
    const { checkThrown, rejectionOf } = require('assert/throws');
    checkThrown(optionsOf(this), methods.rejects, await rejectionOf(promiseFn), args);
  },

  doesNotThrow(fn, ...args) {
    const { checkNothing, thrownBy } = require('assert/throws');
    checkNothing(optionsOf(this), methods.doesNotThrow, thrownBy(fn), args);
  },

  async doesNotReject(fn, ...args) {
    const { checkNothing, rejectionOf } = require('assert/throws');
    checkNothing(optionsOf(this), methods.doesNotReject, await rejectionOf(fn), args);
  },

  ifError(error) {
    if (error !== null && error !== undefined) {
      require('assert/if_error').raise(error, methods.ifError, optionsOf(this));
    }
  },
};

const methodNames = [
  'fail', 'ok', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual', 'notDeepStrictEqual',
  'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'throws', 'rejects', 'doesNotThrow', 'doesNotReject',
  'ifError', 'match', 'doesNotMatch',
];

function Assert(options) {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  const given = { strict: true, skipPrototype: false, ...options };
  if (given.diff !== undefined) {
    require('internal/validators').validateOneOf(given.diff, 'options.diff', ['simple', 'full']);
  }
  const chosen = new Options(given.diff ?? 'simple', Boolean(given.skipPrototype));
  Object.defineProperty(this, kOptions, { __proto__: null, value: chosen });
  this.AssertionError = require('assert/assertion_error').AssertionError;
  if (given.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}
for (const name of methodNames) {
  Object.defineProperty(Assert.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true,
  });
}

function assert(value, message) {
  if (!value) failOk(undefined, assert, arguments.length, value, message);
}

// A property that is made when first asked for.
function lazily(target, name, make) {
  const define = (value) => Object.defineProperty(target, name, {
    __proto__: null,
    value, writable: true, enumerable: true, configurable: true,
  });
  Object.defineProperty(target, name, {
    __proto__: null,
    get() { return define(make())[name]; },
    set: define,
    enumerable: true,
    configurable: true,
  });
}

function makeStrict() {
  function strict(value, message) {
    if (!value) failOk(undefined, strict, arguments.length, value, message);
  }
  Object.assign(strict, assert, {
    equal: assert.strictEqual,
    notEqual: assert.notStrictEqual,
    deepEqual: assert.deepStrictEqual,
    notDeepEqual: assert.notDeepStrictEqual,
  });
  strict.strict = strict;
  return strict;
}

lazily(assert, 'AssertionError', () => require('assert/assertion_error').AssertionError);
for (const name of [
  'ok', 'fail', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual', 'notDeepStrictEqual',
  'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'match', 'doesNotMatch', 'throws', 'rejects',
  'doesNotThrow', 'doesNotReject', 'ifError',
]) assert[name] = methods[name];
let strict;
lazily(assert, 'strict', () => {
  if (strict === undefined) {
    // Object.assign reads assert.strict too: have an answer by then.
    Object.defineProperty(assert, 'strict', {
      __proto__: null, value: undefined, writable: true, enumerable: true, configurable: true,
    });
    strict = makeStrict();
  }
  return strict;
});
assert.Assert = Assert;

module.exports = assert;
