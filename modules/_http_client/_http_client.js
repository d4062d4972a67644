// SPDX-License-Identifier: MIT
//
// The old name of http's ClientRequest.
'use strict';

module.exports = require('http/client');
