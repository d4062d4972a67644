// SPDX-License-Identifier: MIT
//
// commander: commands, help, errors: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['commander.mjs'], { cwd: prepare('packages'), least: 400 });
