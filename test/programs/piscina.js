// SPDX-License-Identifier: MIT
//
// piscina: a pool of worker threads that hashes files; errors, aborted and endless tasks, moved buffers, workers that exit: as under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['piscina.mjs'], { cwd: prepare('pools'), least: 2000 });
