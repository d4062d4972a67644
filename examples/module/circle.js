// SPDX-License-Identifier: MIT
//
// A CommonJS module: what it puts on `exports` is what others get from require().
'use strict';

const { PI } = Math;

exports.area = (radius) => PI * radius ** 2;
exports.circumference = (radius) => 2 * PI * radius;
