// SPDX-License-Identifier: MIT
//
// chalk 5: every style at every level: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['chalk.mjs'], { cwd: prepare('packages'), least: 400 });
