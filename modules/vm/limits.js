// SPDX-License-Identifier: MIT
//
// Running code with an end: `timeout` and `breakOnSigint`. The code cannot catch that it ends.
'use strict';

const { lodeLimited } = binding('limits');
const { codes } = require('internal/errors');

const TIMED_OUT = 1;
const BROKEN = 2;

function limited(fn, timeout, breakOnSigint) {
  let result;
  const outcome = lodeLimited(() => { result = fn(); }, timeout ?? 0, breakOnSigint);
  if (outcome === TIMED_OUT) throw new codes.ERR_SCRIPT_EXECUTION_TIMEOUT(`Script execution timed out after ${timeout}ms`);
  if (outcome === BROKEN) throw new codes.ERR_SCRIPT_EXECUTION_INTERRUPTED();
  return result;
}

module.exports = { limited };
