// SPDX-License-Identifier: MIT
//
// rxjs: operators, subjects, schedulers, virtual time: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['rxjs.mjs'], { cwd: prepare('packages'), least: 400 });
