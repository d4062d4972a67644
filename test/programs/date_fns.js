// SPDX-License-Identifier: MIT
//
// date-fns: arithmetic, formats and parsing, in nine languages: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['date-fns.mjs'], { cwd: prepare('packages'), least: 400 });
