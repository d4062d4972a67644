// SPDX-License-Identifier: MIT
//
// The tree of tests and how it runs.
'use strict';

const { codes, AbortError } = require('internal/errors');
const timers = require('timers');

let active = null; // the test or suite whose function is being called synchronously
const customAssertions = new Map();

class Test {
  constructor({ name, options, fn, isSuite, parent }) {
    this.name = name;
    this.options = options;
    this.fn = fn;
    this.isSuite = isSuite;
    this.parent = parent;
    this.depth = parent === null ? -1 : parent.depth + 1;
    this.children = [];
    this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    this.skip = options.skip ?? false;
    this.todo = options.todo ?? false;
    this.error = null;
    this.state = 'waiting'; // then 'running', 'passed', 'failed', 'skipped'
    this.duration = 0;
    this.diagnostics = [];
    this.planned = options.plan;
    this.asserted = 0;
    this.mock = null;
    this.controller = null;
    this.queue = Promise.resolve(); // the end of the last scheduled child
    this.started = Promise.withResolvers();
    this.beforeRun = null;
  }

  // What `test()` called now belongs to.
  static current() {
    return active ?? root;
  }

  get fullName() {
    return this.parent === null || this.parent === root ? this.name : `${this.parent.fullName} > ${this.name}`;
  }

  addHook(kind, fn, options = {}) {
    this.hooks[kind].push({ fn, options });
  }

  // Enters the parent's queue; resolves when this test has ended.
  schedule() {
    const { parent } = this;
    if (parent.state !== 'waiting' && parent.state !== 'running' && parent !== root) {
      throw new codes.ERR_TEST_FAILURE('test could not be started because its parent finished', 'parentAlreadyFinished');
    }
    parent.children.push(this);
    if (parent === root) begin();
    if (this.isSuite) this.collect();
    if (this.isSuite && parent.isSuite) return Promise.resolve();
    if (parent.isSuite) return Promise.resolve();
    const concurrency = parent.options.concurrency;
    const start = () => this.run();
    const done = concurrency === true || concurrency > 1 ? Promise.resolve().then(start) : parent.queue.then(start);
    parent.queue = Promise.allSettled([parent.queue, done]);
    return done;
  }

  // A suite's function registers its tests at once.
  collect() {
    if (this.skip) return;
    const outer = active;
    active = this;
    try {
      const result = this.fn.call(this.context(), this.context());
      if (typeof result?.then === 'function') this.collecting = result.then(undefined, (error) => { this.error = error; });
    } catch (error) {
      this.error = error;
    } finally {
      active = outer;
    }
  }

  context() {
    return (this.ownContext ??= new TestContext(this));
  }

  async run() {
    if (this.parent === root) await root.prepare();
    const begun = process.hrtime();
    this.state = 'running';
    if (this.skip) {
      this.state = 'skipped';
    } else {
      await this.execute();
      const failed = this.error !== null || this.children.some((child) => child.state === 'failed' && !child.todo);
      if (this.error === null && failed) {
        const count = this.children.filter((child) => child.state === 'failed' && !child.todo).length;
        this.error = new codes.ERR_TEST_FAILURE(`${count} subtest${count === 1 ? '' : 's'} failed`, 'subtestsFailed');
      }
      this.state = failed ? 'failed' : 'passed';
    }
    const [seconds, nanoseconds] = process.hrtime(begun);
    this.duration = seconds * 1e3 + nanoseconds / 1e6;
    if (this.parent === root) require('test/reporter').report(this);
  }

  async execute() {
    try {
      if (this.isSuite) {
        await this.collecting;
        if (this.error !== null) return;
        await this.runHooks('before');
        for (const child of this.children) await child.run();
      } else {
        await this.ancestorHooks('beforeEach');
        await this.call();
        await this.queue;
        this.checkPlan();
      }
    } catch (error) {
      this.error ??= error ?? new Error(String(error));
    }
    try {
      if (!this.isSuite) await this.ancestorHooks('afterEach');
      await this.runHooks('after');
    } catch (error) {
      this.error ??= error;
    }
    this.mock?.restoreAll();
    this.controller?.abort();
  }

  async runHooks(kind) {
    for (const { fn } of this.hooks[kind]) await invoke(fn, this.context());
  }

  // beforeEach from the outermost in, afterEach from here out.
  async ancestorHooks(kind) {
    const chain = [];
    for (let at = this.parent; at !== null; at = at.parent) chain.push(at);
    if (kind === 'beforeEach') chain.reverse();
    for (const test of chain) for (const { fn } of test.hooks[kind]) await invoke(fn, this.context());
  }

  async call() {
    const { timeout, signal } = this.options;
    const work = invoke(this.fn, this.context(), true);
    const racers = [work];
    let timer;
    if (timeout !== undefined && timeout !== Infinity) {
      racers.push(new Promise((_, reject) => {
        timer = timers.setTimeout(() => {
          reject(new codes.ERR_TEST_FAILURE(`test timed out after ${timeout}ms`, 'testTimeoutFailure'));
        }, timeout);
      }));
    }
    if (signal !== undefined) {
      racers.push(new Promise((_, reject) => {
        const fail = () => reject(new AbortError(undefined, { cause: signal.reason }));
        if (signal.aborted) fail();
        else signal.addEventListener('abort', fail, { once: true });
      }));
    }
    try {
      await (racers.length === 1 ? work : Promise.race(racers));
    } finally {
      timers.clearTimeout(timer);
    }
  }

  checkPlan() {
    if (this.planned === undefined) return;
    const got = this.asserted + this.children.length;
    if (got !== this.planned) {
      throw new codes.ERR_TEST_FAILURE(`plan expected ${this.planned} assertions but received ${got}`, 'testCodeFailure');
    }
  }
}

// Calls a test or hook function: with a second parameter it reports through a callback.
function invoke(fn, context, isTest = false) {
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    let result;
    try {
      result = fn.length >= 2 ? fn.call(context, context, done) : fn.call(context, context);
    } catch (error) {
      reject(error);
      return;
    }
    if (fn.length >= 2) {
      if (typeof result?.then === 'function') {
        reject(new codes.ERR_TEST_FAILURE('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
      }
      return;
    }
    resolve(result);
  });
}

class TestContext {
  #test;
  constructor(test) { this.#test = test; }
  get name() { return this.#test.name; }
  get fullName() { return this.#test.fullName; }
  get filePath() { return process.argv[1]; }
  get passed() { return this.#test.state === 'passed' || (this.#test.state === 'running' && this.#test.error === null); }
  get error() { return this.#test.error; }
  get attempt() { return 0; }
  get signal() {
    const { AbortController } = require('web/abort');
    return (this.#test.controller ??= new AbortController()).signal;
  }
  get mock() {
    const { MockTracker } = require('test/mock');
    return (this.#test.mock ??= new MockTracker());
  }
  get assert() { return (this.#test.assertions ??= assertionsFor(this.#test)); }
  diagnostic(message) { this.#test.diagnostics.push(`${message}`); }
  plan(count) { this.#test.planned = count; }
  skip(message) {
    this.#test.skip = message ?? true;
  }
  todo(message) { this.#test.todo = message ?? true; }
  runOnly() {}
  before(fn, options) { this.#test.addHook('before', fn, options); }
  after(fn, options) { this.#test.addHook('after', fn, options); }
  beforeEach(fn, options) { this.#test.addHook('beforeEach', fn, options); }
  afterEach(fn, options) { this.#test.addHook('afterEach', fn, options); }
  test(name, options, fn) {
    if (typeof name === 'function') [name, options, fn] = [name.name, {}, name];
    else if (typeof name === 'object' && name !== null) [name, options, fn] = ['<anonymous>', name, options];
    else if (typeof options === 'function') [options, fn] = [{}, options];
    const child = new Test({ name: name || '<anonymous>', options: options ?? {}, fn: fn ?? (() => {}), isSuite: false, parent: this.#test });
    return child.schedule();
  }
  async waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      try {
        return await condition();
      } catch (error) {
        if (Date.now() >= end) throw new Error('waitFor() timed out', { cause: error });
      }
      await new Promise((resolve) => timers.setTimeout(resolve, interval));
    }
  }
}

// The functions of node:assert, each counted towards the plan.
function assertionsFor(test) {
  const assert = require('assert');
  const result = {};
  const add = (name, fn) => {
    result[name] = (...args) => {
      test.asserted++;
      return fn.apply(test.context(), args);
    };
  };
  for (const name of Object.keys(assert)) {
    if (typeof assert[name] === 'function' && name !== 'AssertionError' && name !== 'Assert' && name !== 'strict') add(name, assert[name]);
  }
  for (const [name, fn] of customAssertions) add(name, fn);
  return result;
}

// ---- The root ----

const root = new Test({ name: '<root>', options: {}, fn: () => {}, isSuite: false, parent: null });
root.state = 'running';
root.registerAssertion = (name, fn) => { customAssertions.set(name, fn); };
let beforeHooks = null;
root.prepare = () => (beforeHooks ??= root.runHooks('before'));
const gate = Promise.withResolvers();
root.queue = gate.promise;

let begun = false;
let current = null; // the top-level test that runs, to blame for errors outside promises
function begin() {
  if (begun) return;
  begun = true;
  timers.setImmediate(() => gate.resolve());
  process.on('beforeExit', finish);
  process.on('uncaughtException', blame);
  process.on('unhandledRejection', blame);
}

function blame(error) {
  // The report's reader went away: nobody is left to tell.
  if (error?.code === 'EPIPE') process.reallyExit(1);
  current = root.children.find((test) => test.state === 'running') ?? null;
  if (current === null) {
    root.error ??= error;
    process.exitCode = 1;
    require('test/reporter').note(`Error: ${error?.stack ?? error}`);
    return;
  }
  current.error ??= error;
}

let finished = false;
async function finish() {
  if (finished) return;
  finished = true;
  const unfinished = root.children.filter((test) => test.state === 'waiting' || test.state === 'running');
  for (const test of unfinished) {
    test.state = 'failed';
    test.error = new codes.ERR_TEST_FAILURE('Promise resolution is still pending but the event loop has already resolved', 'cancelledByParent');
    require('test/reporter').report(test);
  }
  try {
    await root.runHooks('after');
  } catch (error) {
    root.error ??= error;
  }
  const failed = require('test/reporter').summary(root);
  if (failed || root.error !== null) process.exitCode = 1;
}

module.exports = { Test, root };
