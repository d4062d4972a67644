// SPDX-License-Identifier: MIT
//
// assert.ifError: an AssertionError that shows both stacks, the assertion's and the error's.
'use strict';

const FRAME = '\n    at';

function describe(error) {
  if (typeof error === 'object' && typeof error.message === 'string') {
    return error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  }
  return require('util/inspect').inspect(error);
}

function raise(error, fn, options) {
  const { AssertionError } = require('assert/assertion_error');
  const raised = new AssertionError({
    actual: error,
    expected: null,
    operator: 'ifError',
    message: `ifError got unwanted exception: ${describe(error)}`,
    stackStartFn: fn,
    diff: options.diff,
  });
  raised.generatedMessage = true;
  const { stack } = error;
  const start = typeof stack === 'string' ? stack.indexOf(FRAME) : -1;
  if (start !== -1) raised.stack = merge(raised.stack, stack.slice(start + 1).split('\n'));
  throw raised;
}

// Our frames down to where the error's stack joins in, then the error's.
function merge(stack, frames) {
  const theirs = new Set(frames);
  const lines = stack.split('\n');
  let first = lines.findIndex((line) => line.startsWith('    at '));
  if (first === -1) first = lines.length;
  let end = first;
  while (end < lines.length && !theirs.has(lines[end])) end++;
  return [...lines.slice(0, end), ...frames].join('\n');
}

module.exports = { raise };
