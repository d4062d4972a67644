// SPDX-License-Identifier: MIT
//
// node:test: tests, suites, hooks and their report.
//
// A tree of Test objects under one root. The children of a test run one after the other (or `concurrency` at a time)
// in the order of their registration; the root starts in the turn after the first registration, so that a whole file
// is seen before its first test ends. The report is written when the process has nothing else to do.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { Test, root } = require('test/runner');

// test([name], [options], [fn])
function argumentsOf(name, options, fn) {
  if (typeof name === 'function') {
    fn = name;
    name = options = undefined;
  } else if (typeof name === 'object' && name !== null) {
    fn = options;
    options = name;
    name = undefined;
  } else if (typeof options === 'function') {
    fn = options;
    options = undefined;
  }
  options ??= {};
  validateObject(options, 'options');
  if (fn !== undefined) validateFunction(fn, 'fn');
  return { name: name || fn?.name || '<anonymous>', options, fn: fn ?? (() => {}) };
}

function definer(isSuite) {
  function define(name, options, fn, extra) {
    const given = argumentsOf(name, options, fn);
    const test = new Test({ ...given, options: extra ? { ...given.options, ...extra } : given.options, isSuite, parent: Test.current() });
    return test.schedule();
  }
  const main = (name, options, fn) => define(name, options, fn);
  for (const flag of ['skip', 'todo', 'only']) main[flag] = (name, options, fn) => define(name, options, fn, { [flag]: true });
  return main;
}

function hook(kind) {
  return {
    [kind](fn, options) {
      if (fn === undefined) fn = () => {};
      validateFunction(fn, 'fn');
      Test.current().addHook(kind, fn, options);
    },
  }[kind];
}

function run() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('test.run()');
}

const test = definer(false);
const suite = definer(true);

module.exports = test;
Object.assign(test, {
  test,
  it: definer(false),
  suite,
  describe: suite,
  before: hook('before'),
  after: hook('after'),
  beforeEach: hook('beforeEach'),
  afterEach: hook('afterEach'),
  run,
});
Object.defineProperty(test, 'mock', { __proto__: null, configurable: true, enumerable: true, get: () => require('test/mock').shared });
Object.defineProperty(test, 'assert', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return { register: root.registerAssertion }; },
});
Object.defineProperty(test, 'snapshot', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('test.snapshot'); },
});
