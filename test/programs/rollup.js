// SPDX-License-Identifier: MIT
//
// rollup (its WebAssembly build) bundles an example in every format, as under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

const cwd = prepare('bundle');
same(['rollup.mjs'], { cwd, least: 10000, clean: (text) => text.replaceAll(cwd, '') });
