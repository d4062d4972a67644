// SPDX-License-Identifier: MIT
//
// tinypool: a pool of threads and one of child processes; recycled and isolated workers: as under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['tinypool.mjs'], { cwd: prepare('pools'), least: 500 });
