// SPDX-License-Identifier: MIT
//
// node:module is the Module constructor itself.
'use strict';

module.exports = require('runtime/loader/cjs').Module;
