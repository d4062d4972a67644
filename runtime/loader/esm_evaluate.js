// SPDX-License-Identifier: MIT
//
// Evaluation (ECMA-262, 16.2.1.6.1.3). Modules run in the order of their imports, each once; an error is kept and thrown
// again to whoever imports the module later. Graphs without top-level await make no promise at all; modules that do wait,
// and those above them, continue in the order in which they were reached.
'use strict';

const { LINKED, EVALUATING, EVALUATING_ASYNC, EVALUATED, SOURCE, HAS_AWAIT, HAS_FOR_AWAIT, isSource } = require('runtime/loader/esm_record');
const { begin } = require('runtime/loader/esm_link');

const ASYNC = HAS_AWAIT | HAS_FOR_AWAIT;
const DONE = -1;

const NativePromise = Promise;
const resolved = (value) => NativePromise.resolve(value);
const { then } = NativePromise.prototype;

let lastOrder = 0;

function Capability() {
  this.promise = new NativePromise((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

function fail(record, error) {
  if (error instanceof ReferenceError) require('runtime/loader/esm_errors').explainReference(error, record);
  record.failed = true;
  record.error = error;
  record.status = EVALUATED;
}

// ---- Bodies ----

function execute(record) {
  if (record.run === null && begin(record)) return;
  const { run } = record;
  record.run = null;
  run.next();
}

// Top-level await: each value that the body yields is awaited. The end is told one tick later, as that of an async
// function is.
function step(record, method, value) {
  let result;
  try {
    result = record.run[method](value);
  } catch (error) {
    return later(() => asyncRejected(record, error));
  }
  if (result.done) return later(() => asyncFulfilled(record));
  let awaited;
  try {
    awaited = resolved(result.value);
  } catch (error) {
    return step(record, 'throw', error);
  }
  Reflect.apply(then, awaited, [(v) => step(record, 'next', v), (e) => step(record, 'throw', e)]);
}

function later(callback) {
  Reflect.apply(then, resolved(undefined), [callback]);
}

function executeAsync(record) {
  if (record.run === null) begin(record);
  if (record.start === null) return step(record, 'next', undefined);
  record.start();
  Reflect.apply(then, record.run, [() => asyncFulfilled(record), (error) => asyncRejected(record, error)]);
}

// ---- After waiting ----

function available(record, list) {
  for (const parent of record.parents ?? []) {
    if (list.includes(parent) || parent.root?.failed) continue;
    if (--parent.pending > 0) continue;
    list.push(parent);
    if ((parent.flags & ASYNC) === 0) available(parent, list);
  }
}

function finish(record) {
  record.order = DONE;
  record.status = EVALUATED;
  record.run = null;
  if (record.capability !== null) record.capability.resolve();
}

function asyncFulfilled(record) {
  if (record.status === EVALUATED) return;
  finish(record);
  const list = [];
  available(record, list);
  list.sort((a, b) => a.order - b.order);
  for (const parent of list) {
    if (parent.status === EVALUATED) continue;
    if ((parent.flags & ASYNC) !== 0) {
      executeAsync(parent);
      continue;
    }
    try {
      execute(parent);
    } catch (error) {
      asyncRejected(parent, error);
      continue;
    }
    finish(parent);
  }
}

function asyncRejected(record, error) {
  if (record.status === EVALUATED) return;
  fail(record, error);
  record.order = DONE;
  record.run = null;
  for (const parent of record.parents ?? []) asyncRejected(parent, error);
  if (record.capability !== null) record.capability.reject(error);
}

// ---- The walk ----

function evaluateSynthetic(record) {
  if (record.status === EVALUATED) {
    if (record.failed) throw record.error;
    return;
  }
  if (record.status === EVALUATING) return;
  record.status = EVALUATING;
  try {
    record.evaluate(record);
  } catch (error) {
    fail(record, error);
    throw error;
  }
  record.status = EVALUATED;
}

function afterChild(record, child) {
  if (child.status === EVALUATING) {
    if (child.low < record.low) record.low = child.low;
  } else {
    child = child.root ?? child;
    if (child.failed) throw child.error;
  }
  if (child.order > 0) {
    record.pending++;
    (child.parents ??= []).push(record);
  }
}

function walk(record, stack, index) {
  if (record.kind !== SOURCE) {
    evaluateSynthetic(record);
    return index;
  }
  if (record.status >= EVALUATING) {
    if (record.failed) throw record.error;
    return index;
  }
  record.status = EVALUATING;
  record.index = record.low = index++;
  stack.push(record);
  const { children } = record;
  for (let i = 0; i < children.length; i++) {
    if (isSource(record, i)) continue;
    const child = children[i];
    index = walk(child, stack, index);
    if (child.kind === SOURCE) afterChild(record, child);
  }
  if (record.pending > 0 || (record.flags & ASYNC) !== 0) {
    record.order = ++lastOrder;
    if (record.pending === 0) executeAsync(record);
  } else {
    execute(record);
  }
  if (record.low === record.index) leaveCycle(record, stack);
  return index;
}

function leaveCycle(record, stack) {
  for (;;) {
    const member = stack.pop();
    member.status = member.order > 0 ? EVALUATING_ASYNC : EVALUATED;
    member.root = record;
    if (member === record) return;
  }
}

// Evaluates a linked record and what is below it. => undefined when all is done, or a promise; throws where it threw.
function evaluate(record) {
  if (record.kind !== SOURCE) return evaluateSynthetic(record);
  if (record.status >= EVALUATING_ASYNC && record.root !== null) record = record.root;
  if (record.capability !== null) return record.capability.promise;
  if (record.status === EVALUATED) {
    if (record.failed) throw record.error;
    return undefined;
  }
  if (record.status === LINKED) {
    const stack = [];
    try {
      walk(record, stack, 0);
    } catch (error) {
      for (const member of stack) fail(member, error);
      throw error;
    }
    record = record.root;
    if (record.status === EVALUATED) {
      if (record.failed) throw record.error;
      return undefined;
    }
  }
  record.capability ??= new Capability();
  return record.capability.promise;
}

module.exports = { evaluate };
