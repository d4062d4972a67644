// SPDX-License-Identifier: MIT
//
// cross-spawn: prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['cross_spawn.cjs'], { cwd: prepare('processes'), least: 200 });
