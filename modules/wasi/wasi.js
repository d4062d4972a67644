// SPDX-License-Identifier: MIT
//
// wasi is not supported yet. The module can be loaded; making an instance fails by name.
'use strict';

module.exports = require('internal/unsupported').unsupported('wasi', ['WASI']);
