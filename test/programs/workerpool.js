// SPDX-License-Identifier: MIT
//
// workerpool: pools of threads and of processes; proxies, timeouts, cancellation, events, functions that are sent: as under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['workerpool.mjs'], { cwd: prepare('pools'), least: 400 });
