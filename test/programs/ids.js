// SPDX-License-Identifier: MIT
//
// nanoid and uuid: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['ids.mjs'], { cwd: prepare('packages'), least: 400 });
