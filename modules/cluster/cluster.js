// SPDX-License-Identifier: MIT
//
// The module cluster: the primary's face, or the worker's in a process that a primary forked.

'use strict';

module.exports = process.env.NODE_UNIQUE_ID !== undefined ? require('cluster/worker') : require('cluster/primary');
