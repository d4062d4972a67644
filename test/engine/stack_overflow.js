// SPDX-License-Identifier: MIT
//
// Endless recursion is a RangeError that can be caught, also from deep inside callbacks.
'use strict';

const assert = require('assert');
function deep() { return deep() + 1; }
assert.throws(deep, RangeError);
const list = [3, 1, 2];
assert.throws(() => list.sort(function compare() { return list.slice().sort(compare)[0]; }), RangeError);
