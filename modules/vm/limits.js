// SPDX-License-Identifier: MIT
//
// Running code with an end: `timeout` and `breakOnSigint`. The code cannot catch that it ends.
'use strict';

const { lodeLimited } = binding('limits');
const { codes } = require('internal/errors');

const TIMED_OUT = 1;
const BROKEN = 2;

const MOST_FLUSHES = 100;

// `drain`: runs the microtasks of code that was cut off (microtaskMode 'afterEvaluate'), or undefined. They are not to run
// later, without an end.
function limited(fn, timeout, breakOnSigint, drain) {
  let result;
  const outcome = lodeLimited(() => { result = fn(); }, timeout ?? 0, breakOnSigint);
  if (outcome !== 0 && drain !== undefined) {
    for (let i = 0; i < MOST_FLUSHES && lodeLimited(drain, timeout ?? 10, false) !== 0; i++);
  }
  if (outcome === TIMED_OUT) throw new codes.ERR_SCRIPT_EXECUTION_TIMEOUT(`Script execution timed out after ${timeout}ms`);
  if (outcome === BROKEN) throw new codes.ERR_SCRIPT_EXECUTION_INTERRUPTED();
  return result;
}

module.exports = { limited };
