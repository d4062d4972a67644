// SPDX-License-Identifier: MIT
//
// yargs: commands, validation, help in several languages: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['yargs.mjs'], { cwd: prepare('packages'), least: 400 });
