// SPDX-License-Identifier: MIT
//
// p-limit: concurrency and order: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['p-limit.mjs'], { cwd: prepare('packages'), least: 400 });
