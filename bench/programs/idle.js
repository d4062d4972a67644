// SPDX-License-Identifier: MIT
//
// Does nothing and stays: for the memory a runtime needs before a program does anything.
'use strict';

setInterval(() => {}, 1e6);
console.log('listening 0');
