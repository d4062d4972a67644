// SPDX-License-Identifier: MIT
//
// concurrently: prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['concurrently.cjs'], { cwd: prepare('processes'), least: 200 });
