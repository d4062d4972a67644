// SPDX-License-Identifier: MIT
//
// The old name of a stream class, which packages still ask for.
'use strict';

module.exports = require('stream/readable');
