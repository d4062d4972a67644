// SPDX-License-Identifier: MIT
//
// The old name of http's IncomingMessage.
'use strict';

const { IncomingMessage, readStart, readStop } = require('http/incoming');

module.exports = { IncomingMessage, readStart, readStop };
