// SPDX-License-Identifier: MIT
//
// Running code with an end: `timeout` and `breakOnSigint`.
'use strict';

const { codes } = require('internal/errors');

function limited(fn, timeout, breakOnSigint) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('vm timeout');
}

module.exports = { limited };
