// SPDX-License-Identifier: MIT
//
// The old name of http's Server.
'use strict';

module.exports = require('http/server');
