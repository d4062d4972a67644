// SPDX-License-Identifier: MIT
//
// The old name of http's Agent.
'use strict';

module.exports = require('http/agent');
