// SPDX-License-Identifier: MIT
//
// inspector/promises: see inspector.
'use strict';

module.exports = require('inspector');
