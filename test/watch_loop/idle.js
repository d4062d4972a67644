// SPDX-License-Identifier: MIT
//
// Waiting is not blocking: a loop that sleeps for longer than the threshold is not reported.
'use strict';

const { strictEqual } = require('assert');
const { lode } = require('../helpers/run');

const { stderr, status } = lode(['--watch-loop=200', '-e', 'setTimeout(() => setTimeout(() => {}, 300), 300)']);
strictEqual(stderr, '');
strictEqual(status, 0);
