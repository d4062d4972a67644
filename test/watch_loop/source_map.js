// SPDX-License-Identifier: MIT
//
// Where source maps are in use, places are those of the originals.
'use strict';

const assert = require('assert');
const path = require('path');
const { lode } = require('../helpers/run');

const file = path.join(__dirname, '../fixtures/watch_loop/enums.mts');
const { stderr } = lode(['--watch-loop=100', '--experimental-transform-types', '--no-warnings', file]);
assert.match(stderr, / spin +\S*enums\.mts:15:\d+\n/);
