// SPDX-License-Identifier: MIT
//
// node:constants (deprecated): the constants of os, fs and crypto in one frozen table.
'use strict';

const { dlopen, errno, priority, signals } = require('os').constants;
const tables = [dlopen, errno, priority, signals, require('fs').constants, require('crypto').constants];
module.exports = Object.freeze(Object.assign({}, ...tables));
