// SPDX-License-Identifier: MIT
//
// execa: processes, pipes, scripts, transforms, messages: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['execa.mjs'], { cwd: prepare('packages'), least: 400 });
