// SPDX-License-Identifier: MIT
//
// A task for a pool: the hash of a file.
'use strict';

const { createHash } = require('crypto');
const { readFileSync } = require('fs');

module.exports = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
