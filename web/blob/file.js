// SPDX-License-Identifier: MIT
//
// File under its own id.
'use strict';

module.exports = { File: require('web/blob').File };
