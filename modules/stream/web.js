// SPDX-License-Identifier: MIT
//
// stream/web.
'use strict';

module.exports = require('web/streams');
