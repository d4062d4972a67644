// SPDX-License-Identifier: MIT
//
// path: the flavour of the running platform. lode runs on POSIX systems only, so that is path.posix; the
// Windows flavour loads when asked for.
'use strict';

module.exports = require('path/posix');
