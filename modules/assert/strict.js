// SPDX-License-Identifier: MIT
//
// assert/strict: assert with strict comparison throughout.
'use strict';

module.exports = require('assert').strict;
