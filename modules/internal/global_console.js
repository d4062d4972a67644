// SPDX-License-Identifier: MIT
//
// The global `console`: the module's exports, loaded at first use.
'use strict';

exports.console = require('console');
