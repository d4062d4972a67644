// SPDX-License-Identifier: MIT
//
// zod: schemas, their issues, JSON Schema, languages: an ES module prints what it prints under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

same(['zod.mjs'], { cwd: prepare('packages'), least: 400 });
