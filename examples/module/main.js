// SPDX-License-Identifier: MIT
//
// Uses the module beside it.
'use strict';

const circle = require('./circle.js');

console.log(`A circle of radius 4 has the area ${circle.area(4).toFixed(3)}`);
console.log(`and the circumference ${circle.circumference(4).toFixed(3)}.`);
console.log('Its module exports', circle);
